import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { parseTypedBirthDate } from '../../../shared/register/check-resident.ts';
import { findDuplicatesOf, type IdentityFacts } from '../../../shared/search/duplicates.ts';
import { formatList } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import type { ResidentFormValues } from './resident-form.ts';
import { nameOf } from './resident-list.ts';

/** While typing, offline: somebody with the same name and birth date may already be there. A person decides. */
export function LikelyDoubles({ id, form }: { id: string; form: ResidentFormValues }) {
  const { t } = useTranslation('register');
  const residents = useWorkspace((state) => state.residents);
  const { family, given, familyCyrillic, givenCyrillic, birthDate } = useDeferredValue(form);
  const doubles = useMemo(() => {
    const noNumbers = { bsn: null, vNumber: null, documentNumbers: [] };
    const born = parseTypedBirthDate(birthDate) ?? null;
    const person: IdentityFacts = { id, family, given, familyCyrillic, givenCyrillic, birthDate: born, ...noNumbers };
    const others = [...residents.values()].filter((other) => born === null || other.birthDate === born);
    return born === null
      ? []
      : findDuplicatesOf(
          person,
          others.map((other) => ({ ...other, ...noNumbers })),
        );
  }, [id, family, given, familyCyrillic, givenCyrillic, birthDate, residents]);
  if (doubles.length === 0) return null;
  const names = doubles.flatMap(({ ids }) => {
    const other = residents.get(ids[0] === id ? ids[1] : ids[0]);
    return other === undefined ? [] : [nameOf(other)];
  });
  return (
    <Alert tone="warning">
      {t('page.likelyDouble', { count: names.length, names: formatList(names, currentLanguage()) })}
    </Alert>
  );
}
