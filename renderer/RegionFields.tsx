import { useTranslation } from 'react-i18next';
import { safetyRegionsOn } from '../shared/reception/safety-regions.ts';
import { shelterKinds, type ShelterKind } from '../shared/reception/site-belonging.ts';
import { useServices } from './services.tsx';
import { ChoiceField } from './ui/ChoiceField.tsx';
import { SelectField } from './ui/SelectField.tsx';

/** `safetyRegion` null while nobody said which. */
export type RegionValues = { readonly safetyRegion: string | null; readonly shelter: ShelterKind };

type Props = RegionValues & { readonly onChange: (change: Partial<RegionValues>) => void };

/** What the totals by safety region are made by: the region of a site and the kind of its shelter. */
export function RegionFields({ safetyRegion, shelter, onChange }: Props) {
  const { t } = useTranslation('reports');
  const services = useServices();
  return (
    <>
      <SelectField
        id="siteRegion"
        label={t('regions.region')}
        choices={safetyRegionsOn(services.today()).map(({ code, name }) => ({ code, label: name }))}
        value={safetyRegion}
        onChange={(code) => onChange({ safetyRegion: code })}
      />
      <ChoiceField
        id="siteShelter"
        label={t('regions.shelterKind')}
        hint={t('regions.shelterHint')}
        choices={shelterKinds.map((code) => ({ code, label: t(`regions.shelter.${code}`) }))}
        value={shelter}
        onChange={(code) => onChange({ shelter: code })}
      />
    </>
  );
}
