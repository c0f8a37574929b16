import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import {
  effectsByFamily,
  type DecisionEffect,
  type FamilyEffects,
} from '../../../shared/contribution/decision-effects.ts';
import { formatMoney, formatMonth, nameOrder } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useFamilies } from '../../stores/register-views.ts';
import { signedMoney } from './signed-money.ts';

const sides = ['allowance', 'contribution'] as const;

/** Per household each month with what was decided, what it would be, and the difference; then the household together. */
export function EffectsTable({ label, effects }: { label: string; effects: readonly DecisionEffect[] }) {
  const { t } = useTranslation('run');
  const families = useFamilies();
  const labels = new Map(families.map((family) => [family.id, family.label]));
  const order = nameOrder(currentLanguage());
  const nameOf = ({ familyId }: FamilyEffects) => labels.get(familyId) ?? '';
  const groups = [...effectsByFamily(effects)].sort((a, b) => order.compare(nameOf(a), nameOf(b)));
  return (
    <table className="utrecht-table run-table" aria-label={label}>
      <thead className="utrecht-table__header">
        <tr className="utrecht-table__row">
          {(['household', 'month'] as const).map((head) => (
            <th key={head} rowSpan={2} scope="col" className="utrecht-table__header-cell">
              {t(`effects.${head}`)}
            </th>
          ))}
          {sides.map((side) => (
            <th key={side} colSpan={3} scope="colgroup" className="utrecht-table__header-cell run-table__group">
              {t(`head.${side}`)}
            </th>
          ))}
          <th rowSpan={2} scope="col" className="utrecht-table__header-cell">
            {t('effects.state')}
          </th>
        </tr>
        <tr className="utrecht-table__row">
          {sides.flatMap((side) =>
            (['decided', 'now', 'difference'] as const).map((head) => (
              <th key={`${side} ${head}`} scope="col" className="utrecht-table__header-cell amount">
                {t(`effects.${head}`)}
              </th>
            )),
          )}
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group.familyId} className="utrecht-table__body">
          {group.effects.map((effect) => (
            <Row key={effect.decision.id} effect={effect} household={nameOf(group)} />
          ))}
          {group.effects.length > 1 && (
            <tr className="utrecht-table__row run-totals__sum">
              <th scope="row" colSpan={4} className="utrecht-table__cell">
                {t('group', { reason: nameOf(group), number: t('effects.sum') })}
              </th>
              <td className="utrecht-table__cell amount">{signedMoney(group.allowanceDifference)}</td>
              <td colSpan={2} className="utrecht-table__cell" />
              <td className="utrecht-table__cell amount">{signedMoney(group.contributionDifference)}</td>
              <td className="utrecht-table__cell" />
            </tr>
          )}
        </tbody>
      ))}
    </table>
  );
}

function Row({ effect, household }: { effect: DecisionEffect; household: string }) {
  const { t } = useTranslation('run');
  const language = currentLanguage();
  const { receipt } = effect.decision;
  const amounts = {
    allowance: [receipt.assessment.allowanceCents, effect.now?.assessment.allowanceCents, effect.allowanceDifference],
    contribution: [
      receipt.assessment.contributionCents,
      effect.now?.assessment.contributionCents,
      effect.contributionDifference,
    ],
  } as const;
  return (
    <tr className="utrecht-table__row">
      <th scope="row" className="utrecht-table__cell">
        <Link
          className="nl-link"
          to="/contributions/$familyId"
          params={{ familyId: receipt.familyId }}
          search={{ month: receipt.facts.month, unit: receipt.grownChild ?? undefined }}
        >
          {household}
        </Link>
      </th>
      <td className="utrecht-table__cell">{formatMonth(receipt.facts.month, language)}</td>
      {sides.flatMap((side) => {
        const [decided, now, difference] = amounts[side];
        return [
          <td key={`${side} decided`} className="utrecht-table__cell amount">
            {formatMoney(decided, language)}
          </td>,
          <td key={`${side} now`} className="utrecht-table__cell amount">
            {now === undefined ? t('effects.unknown') : formatMoney(now, language)}
          </td>,
          <td key={`${side} difference`} className="utrecht-table__cell amount">
            {difference === null ? t('none') : signedMoney(difference)}
          </td>,
        ];
      })}
      <td className="utrecht-table__cell">{t(`effects.is.${effect.state}`)}</td>
    </tr>
  );
}
