import { useTranslation } from 'react-i18next';
import type { Belonging } from '../../../shared/reception/site-belonging.ts';
import { siteKinds, type Site, type SiteKind } from '../../../shared/reception/site.ts';
import { RegionField, ShelterField, type RegionValues } from '../../RegionFields.tsx';
import { CheckboxField } from '../../ui/CheckboxField.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { TextField } from '../../ui/TextField.tsx';

/** What is asked of a site, as it is typed. */
export type SiteForm = RegionValues & {
  readonly name: string;
  readonly address: string;
  readonly municipality: string;
  readonly code: string;
  readonly kind: SiteKind;
  readonly catered: boolean;
};

export const newSiteForm: SiteForm = {
  ...{ name: '', address: '', municipality: '', code: '', kind: 'building', catered: false },
  ...{ safetyRegion: null, shelter: 'municipal' },
};

export const formOf = (site: Site): SiteForm => ({
  name: site.name,
  address: site.address,
  municipality: site.municipality?.name ?? '',
  code: site.municipality?.code ?? '',
  kind: site.kind,
  catered: site.cateredByDefault,
  safetyRegion: site.safetyRegion,
  shelter: site.shelter,
});

export const belongingIn = ({ municipality, code, safetyRegion, shelter }: SiteForm): Belonging => ({
  municipality: { code: code.trim(), name: municipality.trim() },
  safetyRegion,
  shelter,
});

type Problems = Readonly<Partial<Record<'name' | 'municipality', string>>>;

export function useSiteProblems(): (form: SiteForm) => Problems {
  const { t } = useTranslation('reception');
  return ({ name, municipality, code }) => ({
    ...(name.trim() === '' ? { name: t('siteForm.nameError') } : {}),
    ...(municipality.trim() === '' || code.trim() === '' ? { municipality: t('siteForm.municipalityError') } : {}),
  });
}

type Props = {
  readonly form: SiteForm;
  readonly onChange: (change: Partial<SiteForm>) => void;
  readonly problems: Problems;
};

export function SiteFields({ form, onChange, problems }: Props) {
  const { t } = useTranslation('reception');
  return (
    <>
      <div className="form__pair">
        <TextField
          id="siteName"
          label={t('siteForm.name')}
          maxLength={100}
          value={form.name}
          onChange={(name) => onChange({ name })}
          error={problems.name}
        />
        <TextField
          id="siteAddress"
          label={t('siteForm.address')}
          maxLength={200}
          value={form.address}
          onChange={(address) => onChange({ address })}
        />
      </div>
      <div className="form__three">
        <TextField
          id="siteMunicipality"
          label={t('siteForm.municipalityName')}
          maxLength={80}
          value={form.municipality}
          onChange={(municipality) => onChange({ municipality })}
          error={problems.municipality}
        />
        <TextField
          id="siteCode"
          label={t('siteForm.municipalityCode')}
          maxLength={10}
          value={form.code}
          onChange={(code) => onChange({ code })}
          error={problems.municipality}
        />
        <RegionField value={form.safetyRegion} onChange={(safetyRegion) => onChange({ safetyRegion })} />
      </div>
      <ShelterField value={form.shelter} onChange={(shelter) => onChange({ shelter })} />
      <div className="form__pair">
        <SelectField
          id="siteKind"
          label={t('siteForm.kind')}
          choices={siteKinds.map((code) => ({ code, label: t(`siteKind.${code}`) }))}
          value={form.kind}
          onChange={(kind) => onChange({ kind })}
        />
        <CheckboxField
          id="siteCatered"
          label={t('siteForm.catered')}
          value={form.catered}
          onChange={(catered) => onChange({ catered })}
        />
      </div>
    </>
  );
}
