import { useTranslation } from 'react-i18next';
import { safetyRegionsOn } from '../shared/reception/safety-regions.ts';
import { shelterKinds, type ShelterKind } from '../shared/reception/site-belonging.ts';
import { useServices } from './services.tsx';
import { ChoiceField } from './ui/ChoiceField.tsx';
import { SelectField } from './ui/SelectField.tsx';

/** `safetyRegion` null while nobody said which. */
export type RegionValues = { readonly safetyRegion: string | null; readonly shelter: ShelterKind };

type RegionProps = {
  readonly value: string | null;
  readonly onChange: (code: string) => void;
};

export function RegionField({ value, onChange }: RegionProps) {
  const { t } = useTranslation('reports');
  const services = useServices();
  return (
    <SelectField
      id="siteRegion"
      label={t('regions.region')}
      choices={safetyRegionsOn(services.today()).map(({ code, name }) => ({ code, label: name }))}
      value={value}
      onChange={onChange}
    />
  );
}

type ShelterProps = {
  readonly value: ShelterKind;
  readonly onChange: (shelter: ShelterKind) => void;
};

export function ShelterField({ value, onChange }: ShelterProps) {
  const { t } = useTranslation('reports');
  return (
    <ChoiceField
      id="siteShelter"
      label={t('regions.shelterKind')}
      hint={t('regions.shelterHint')}
      inline
      choices={shelterKinds.map((code) => ({ code, label: t(`regions.shelter.${code}`) }))}
      value={value}
      onChange={onChange}
    />
  );
}
