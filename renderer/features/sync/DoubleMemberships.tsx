import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { findDoubleMemberships, type DoubleMembership } from '../../../shared/register/family.ts';
import { planOneFamily } from '../../../shared/register/household.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { familyEdits } from '../../stores/family-edits.ts';
import { useFamilies } from '../../stores/register-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Button } from '../../ui/Button.tsx';
import { useNameOf } from '../../use-name-of.ts';
import { useSave } from '../../use-save.ts';

/** Everybody who belongs to two households on one day (rule C3), in a fixed order. */
export function useDoubleMemberships(): readonly DoubleMembership[] {
  const families = useFamilies();
  return useMemo(() => {
    const keyOf = ({ resident, families: both, from }: DoubleMembership) => [resident, ...both, from].join(' ');
    return [...findDoubleMemberships(families)].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }, [families]);
}

/** One question each: to which household somebody belongs on those days. The other one keeps all other days. */
export function DoubleMemberships() {
  const doubles = useDoubleMemberships();
  return doubles.map((double) => (
    <DoubleTask key={[double.resident, ...double.families, double.from].join(' ')} double={double} />
  ));
}

function DoubleTask({ double }: { double: DoubleMembership }) {
  const { t } = useTranslation('reception');
  const save = useSave();
  const nameOf = useNameOf();
  const families = useFamilies();
  const records = useWorkspace((state) => state.records);
  const language = currentLanguage();
  const from = formatDate(double.from, language);
  const keep = (kept: string) => {
    const plan = planOneFamily(double, families, kept);
    const request = { records: familyEdits(records, plan), action: 'resolve', purpose: null } as const;
    void save(request, t('families.doubleDone'));
  };
  return (
    <fieldset className="form__section versions">
      <legend className="nl-heading nl-heading--level-3">
        {t('families.doubleTitle', { name: nameOf(double.resident) })}{' '}
        {double.to === null
          ? t('families.doubleSince', { from })
          : t('families.doubleDays', { from, to: formatDate(double.to, language) })}
      </legend>
      <ul className="versions__list">
        {double.families.map((id) => {
          const label = families.find((family) => family.id === id)?.label ?? '…';
          return (
            <li key={id} className="versions__version">
              <Link to="/families/$id" params={{ id }} className="nl-link">
                {label}
              </Link>
              <Button onPress={() => keep(id)}>{t('families.doubleKeep', { label })}</Button>
            </li>
          );
        })}
      </ul>
      <p className="muted">{t('families.doubleHint')}</p>
    </fieldset>
  );
}
