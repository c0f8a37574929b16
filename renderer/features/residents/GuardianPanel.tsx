import { useTranslation } from 'react-i18next';
import { guardianStateOn } from '../../../shared/register/guardianship.ts';
import { guardianFacts } from '../../../shared/register/facts.ts';
import { ageOfPartial } from '../../../shared/register/partial-date.ts';
import type { Resident } from '../../../shared/register/resident.ts';
import { useServices, type OpenedRecord } from '../../services.tsx';
import { Alert } from '../../ui/Alert.tsx';
import { FactList } from './FactList.tsx';

/** Who answers for a child, now and before. Of a grown-up it is there only where something was ever recorded. */
export function GuardianPanel({ resident, opened }: { resident: Resident; opened: OpenedRecord }) {
  const { t } = useTranslation('register');
  const today = useServices().today();
  const age = resident.birthDate === null ? undefined : ageOfPartial(resident.birthDate, today);
  const isMinor = age !== undefined && age < 18;
  const state = guardianStateOn(resident, today);
  if (!isMinor && state === null && resident.guardians.length === 0) return null;
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('guardian.title')}</h2>
      {state !== null && <p>{t('control.unaccompanied')}</p>}
      {state !== null && state !== 'guardian' && resident.departure === null && (
        <Alert tone="warning">{t(`guardian.state.${state}`)}</Alert>
      )}
      <FactList kind={guardianFacts} opened={opened} />
    </section>
  );
}
