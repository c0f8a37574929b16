import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import {
  effectsByFamily,
  type DecisionEffect,
  type FamilyEffects,
} from '../../../shared/contribution/decision-effects.ts';
import type { MonthAssessment } from '../../../shared/contribution/month-assessment.ts';
import { formatMoney, formatMonth, nameOrder } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useFamilies } from '../../stores/register-views.ts';
import { signedMoney } from './signed-money.ts';

const heads = ['household', 'month', 'decided', 'now', 'difference', 'state'] as const;

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
          {heads.map((head) => (
            <th key={head} scope="col" className="utrecht-table__header-cell">
              {t(`effects.${head}`)}
            </th>
          ))}
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
              <td className="utrecht-table__cell" colSpan={2}>
                <Difference {...group} />
              </td>
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
  const amounts = ({ allowanceCents, contributionCents }: Amounts) =>
    t('effects.amounts', {
      allowance: formatMoney(allowanceCents, language),
      contribution: formatMoney(contributionCents, language),
    });
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
      <td className="utrecht-table__cell">{amounts(receipt.assessment)}</td>
      <td className="utrecht-table__cell">
        {effect.now === null ? t('effects.unknown') : amounts(effect.now.assessment)}
      </td>
      <td className="utrecht-table__cell">{effect.now === null ? t('none') : <Difference {...effect} />}</td>
      <td className="utrecht-table__cell">{t(`effects.is.${effect.state}`)}</td>
    </tr>
  );
}

type Amounts = Pick<MonthAssessment, 'allowanceCents' | 'contributionCents'>;

type DifferenceProps = {
  readonly allowanceDifference: number | null;
  readonly contributionDifference: number | null;
};

/** Both differences with their sign. */
function Difference({ allowanceDifference, contributionDifference }: DifferenceProps) {
  const { t } = useTranslation('run');
  return (
    <>
      {t('effects.amounts', {
        allowance: signedMoney(allowanceDifference ?? 0),
        contribution: signedMoney(contributionDifference ?? 0),
      })}
    </>
  );
}
