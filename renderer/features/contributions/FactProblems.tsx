import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { factProblems, type FactProblem } from '../../../shared/contribution/fact-problems.ts';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { toResident } from '../../../shared/register/resident.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useFamilies } from '../../stores/register-views.ts';
import { Alert } from '../../ui/Alert.tsx';
import { useOpenedResidents } from './use-opened-residents.ts';

/** What of the facts cannot be right, each with its field and the place where it is mended. */
export function FactProblems({ familyId }: { familyId: string }) {
  const { t } = useTranslation('contributions');
  const families = useFamilies();
  const family = families.find(({ id }) => id === familyId);
  const ids = [...new Set(family?.memberships.map(({ resident }) => resident))];
  const found = useOpenedResidents(ids, false);
  if (family === undefined || found === null) return null;
  const residents = found.opened.map(({ record, values }) => ({ ...toResident(record.id, values), values }));
  const problems = factProblems({ family, families, residents });
  if (problems.length === 0) return null;

  const date = (day: IsoDate) => formatDate(day, currentLanguage());
  const nameOf = (id: string) => {
    const name = residents.find((resident) => resident.id === id)?.name;
    return name === undefined ? '…' : `${name.given} ${name.family}`.trim();
  };
  const textOf = (problem: FactProblem): string => {
    const name = nameOf(problem.resident);
    if (problem.type === 'income-without-month')
      return t('problem.income-without-month', { name, field: problem.field });
    const days = {
      name,
      field: t(`factField.${problem.field}`),
      from: date(problem.from),
      to: problem.to === null ? t('problem.open') : date(problem.to),
    };
    if (problem.type !== 'two-families') return t(`problem.${problem.type}`, days);
    return t('problem.two-families', { ...days, other: families.find(({ id }) => id === problem.otherFamily)?.label });
  };
  return (
    <Alert tone="warning" title={t('problem.title')}>
      <ul className="plain-list">
        {problems.map((problem) => (
          <li key={JSON.stringify(problem)}>
            {textOf(problem)}{' '}
            {problem.field === 'member' ? (
              <Link to="/families/$id" params={{ id: familyId }} className="nl-link">
                {t('fix.family')}
              </Link>
            ) : (
              <Link to="/residents/$id" params={{ id: problem.resident }} className="nl-link">
                {t('fix.resident')}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
