import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePolicies, useSites } from '../../stores/register-views.ts';
import { Alert } from '../../ui/Alert.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { municipalitiesOf } from './policy-edits.ts';
import { PolicyForm } from './PolicyForm.tsx';

/** Settled by a newer version, or wrong in a way no form lets through: it counts for nothing here. */
function useUnreadable(code: string | undefined): readonly string[] {
  return usePolicies().flatMap((policy) => (policy.municipality?.code === code ? policy.unreadable : []));
}

/** What the municipality has settled, without which no amount can be worked out. */
export function PolicyPage() {
  const { t } = useTranslation('contributions');
  const municipalities = municipalitiesOf(useSites(), usePolicies());
  const [chosen, setChosen] = useState<string>();
  const municipality = municipalities.find(({ code }) => code === chosen) ?? municipalities[0];
  const unreadable = useUnreadable(municipality?.code);
  return (
    <>
      <PageHeading title={t('policy.title')} aside={municipality?.name} />
      {municipalities.length > 1 && municipality !== undefined && (
        <SelectField
          id="municipality"
          label={t('policy.municipality')}
          choices={municipalities.map(({ code, name }) => ({ code, label: name }))}
          value={municipality.code}
          onChange={setChosen}
        />
      )}
      {municipality === undefined ? (
        <Alert tone="info">{t('policy.noMunicipality')}</Alert>
      ) : (
        <>
          {unreadable.length > 0 && (
            <Alert tone="warning">
              <p>{t('policy.unreadable', { count: unreadable.length, fields: unreadable.join(', ') })}</p>
            </Alert>
          )}
          <PolicyForm key={municipality.code} municipality={municipality} />
        </>
      )}
    </>
  );
}
