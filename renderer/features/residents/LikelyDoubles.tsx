import { Link } from '@tanstack/react-router';
import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { parseTypedBirthDate } from '../../../shared/register/check-resident.ts';
import { findDuplicatesOf, type IdentityFacts } from '../../../shared/search/duplicates.ts';
import { formatPartialDate, formatPercent } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import type { ResidentFormValues } from './resident-form.ts';
import { cyrillicNameOf, nameOf } from './resident-list.ts';

/** More than these are no help; the strongest come first. */
const shown = 5;
const noNumbers = { bsn: null, vNumber: null, documentNumbers: [] };

/** While typing, offline: who may already be there, and why. A person decides; what was typed stays as a draft. */
export function LikelyDoubles({ id, form }: { id: string; form: ResidentFormValues }) {
  const { t } = useTranslation('register');
  const residents = useWorkspace((state) => state.residents);
  const { family, given, familyCyrillic, givenCyrillic, birthDate } = useDeferredValue(form);
  const doubles = useMemo(() => {
    const born = parseTypedBirthDate(birthDate) ?? null;
    if (born === null) return [];
    const person: IdentityFacts = { id, family, given, familyCyrillic, givenCyrillic, birthDate: born, ...noNumbers };
    const year = born.slice(0, 4);
    const others = [...residents.values()].filter((other) => other.birthDate?.startsWith(year) === true);
    return findDuplicatesOf(
      person,
      others.map((other) => ({ ...other, ...noNumbers })),
    ).flatMap(({ ids, reasons, score }) => {
      const other = residents.get(ids[0] === id ? ids[1] : ids[0]);
      return other === undefined ? [] : [{ other, reasons, score }];
    });
  }, [id, family, given, familyCyrillic, givenCyrillic, birthDate, residents]);
  if (doubles.length === 0) return null;
  return (
    <Alert tone="warning" title={t('doubles.title', { count: doubles.length })}>
      <ul>
        {doubles.slice(0, shown).map(({ other, reasons, score }) => (
          <li key={other.id}>
            <Link to="/residents/$id" params={{ id: other.id }} className="nl-link">
              {nameOf(other) || cyrillicNameOf(other)}
            </Link>{' '}
            {t('doubles.line', {
              born: other.birthDate === null ? '–' : formatPartialDate(other.birthDate, currentLanguage()),
              reason: reasons.map((reason) => t(`doubles.reason.${reason}`)).join(' · '),
              score: formatPercent(String(Math.round(score * 100)), currentLanguage()),
            })}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
