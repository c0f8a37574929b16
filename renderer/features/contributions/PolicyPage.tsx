import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePolicies, useSites } from '../../stores/register-views.ts';
import { Alert } from '../../ui/Alert.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { municipalitiesOf } from './policy-edits.ts';
import { PolicyForm } from './PolicyForm.tsx';

/** What the municipality has settled, without which no amount can be worked out. */
export function PolicyPage() {
  const { t } = useTranslation('contributions');
  const municipalities = municipalitiesOf(useSites(), usePolicies());
  const [chosen, setChosen] = useState<string>();
  const municipality = municipalities.find(({ code }) => code === chosen) ?? municipalities[0];
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
        <PolicyForm key={municipality.code} municipality={municipality} />
      )}
    </>
  );
}
