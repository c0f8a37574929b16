import { useTranslation } from 'react-i18next';
import { findCodeList } from '../../../shared/questionnaire/code-lists.ts';
import {
  documentTypes,
  nationalityGroups,
  proofTypes,
  protectionStatuses,
  sexes,
} from '../../../shared/register/codes.ts';
import { yesNoUnknown } from '../../../shared/register/codes.ts';
import { referenceDaysOn } from '../../../shared/register/territories.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { useSites } from '../../stores/register-views.ts';
import { CheckboxField } from '../../ui/CheckboxField.tsx';
import { ChoiceField } from '../../ui/ChoiceField.tsx';
import { ComboField } from '../../ui/ComboField.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import type { Resident } from '../../../shared/register/resident.ts';
import { LatinSuggestion } from './LatinSuggestion.tsx';
import type { ResidentFormValues } from './resident-form.ts';
import { SpellingSuggestion } from './SpellingSuggestion.tsx';

type Props = {
  readonly form: ResidentFormValues;
  readonly set: (change: Partial<ResidentFormValues>) => void;
  readonly errorOf: (control: keyof ResidentFormValues) => string | undefined;
  /** The record as the form opened: the first document and registration are asked for only while there is none. */
  readonly before: Resident;
};
type TextControl = {
  [K in keyof ResidentFormValues]: ResidentFormValues[K] extends string ? K : never;
}[keyof ResidentFormValues];

function useText({ form, set, errorOf }: Props) {
  const { t } = useTranslation(['register', 'common']);
  return (control: TextControl, more: { optional?: boolean; hint?: string; lang?: string; short?: boolean } = {}) => (
    <TextField
      id={control}
      label={
        more.optional === true ? t('common:form.optional', { label: t(`control.${control}`) }) : t(`control.${control}`)
      }
      hint={more.hint}
      lang={more.lang}
      width={more.short === true ? 'short' : 'medium'}
      error={errorOf(control)}
      value={form[control]}
      onChange={(typed) => set({ [control]: typed })}
    />
  );
}

export function IdentityFields(props: Props) {
  const { form, set, errorOf } = props;
  const { t } = useTranslation(['register', 'common']);
  const text = useText(props);
  return (
    <fieldset className="form__section">
      <legend className="nl-heading nl-heading--level-2">{t('section.identity')}</legend>
      <div className="form__pair">
        {text('family', { hint: t('hint.name') })}
        {text('given', { hint: t('hint.name') })}
        {text('familyCyrillic', { optional: true, lang: 'uk' })}
        {text('givenCyrillic', { optional: true, lang: 'uk' })}
        {text('patronymic', { optional: true })}
        {text('patronymicCyrillic', { optional: true, lang: 'uk' })}
      </div>
      <LatinSuggestion form={form} set={set} />
      <SpellingSuggestion form={form} set={set} />
      <div className="form__pair">
        {text('birthDate', { hint: t('hint.birthDate'), short: true })}
        <ChoiceField
          id="sex"
          label={t('control.sex')}
          inline
          choices={sexes.map((code) => ({ code, label: t(`sex.${code}`) }))}
          value={form.sex}
          onChange={(sex) => set({ sex })}
          error={errorOf('sex')}
        />
        <CountryField control="nationality" form={form} set={set} errorOf={errorOf} />
        <SelectField
          id="nationalityGroup"
          label={t('control.nationalityGroup')}
          choices={nationalityGroups.map((code) => ({ code, label: t(`nationalityGroup.${code}`) }))}
          value={form.nationalityGroup}
          onChange={(nationalityGroup) => set({ nationalityGroup })}
          error={errorOf('nationalityGroup')}
        />
      </div>
    </fieldset>
  );
}

function CountryField({
  control,
  form,
  set,
  errorOf,
}: Omit<Props, 'before'> & { control: 'nationality' | 'issuingCountry' }) {
  const { t } = useTranslation(['register', 'common']);
  const language = currentLanguage();
  const countries = findCodeList('iso3166-1')?.entries ?? [];
  return (
    <ComboField
      id={control}
      label={t('common:form.optional', { label: t(`control.${control}`) })}
      choices={countries.map(({ code, label }) => ({ code, label: label[language] }))}
      value={form[control]}
      onChange={(code) => set({ [control]: code })}
      error={errorOf(control)}
    />
  );
}

export function NumberFields(props: Props) {
  const { form, set, errorOf, before } = props;
  const { t } = useTranslation(['register', 'common']);
  const text = useText(props);
  return (
    <fieldset className="form__section">
      <legend className="nl-heading nl-heading--level-2">{t('section.numbers')}</legend>
      <div className="form__pair">
        {text('bsn', { optional: true, hint: t('hint.bsn'), short: true })}
        {text('vNumber', { optional: true, short: true })}
        {before.documents.length === 0 && (
          <SelectField
            id="documentType"
            label={t('common:form.optional', { label: t('control.documentType') })}
            choices={documentTypes.map((code) => ({ code, label: t(`documentType.${code}`) }))}
            value={form.documentType}
            onChange={(documentType) => set({ documentType })}
            error={errorOf('documentType')}
          />
        )}
        {form.documentType !== null && (
          <>
            {text('documentNumber', { short: true })}
            <CountryField control="issuingCountry" form={form} set={set} errorOf={errorOf} />
            <DateField
              id="documentUntil"
              label={t('common:form.optional', { label: t('control.documentUntil') })}
              value={form.documentUntil}
              onChange={(documentUntil) => set({ documentUntil })}
              error={errorOf('documentUntil')}
            />
          </>
        )}
      </div>
    </fieldset>
  );
}

export function StayFields(props: Props) {
  const { form, set, errorOf } = props;
  const { t } = useTranslation(['register', 'common']);
  const sites = useSites();
  const text = useText(props);
  return (
    <fieldset className="form__section">
      <legend className="nl-heading nl-heading--level-2">{t('section.stay')}</legend>
      <div className="form__pair">
        <SelectField
          id="site"
          label={t('common:form.optional', { label: t('control.site') })}
          choices={sites.map(({ id, name }) => ({ code: id, label: name }))}
          value={form.site}
          onChange={(site) => set({ site })}
          error={errorOf('site')}
        />
        <DateField
          id="arrivalDate"
          label={t('common:form.optional', { label: t('control.arrivalDate') })}
          value={form.arrivalDate}
          onChange={(arrivalDate) => set({ arrivalDate })}
          error={errorOf('arrivalDate')}
        />
        {text('arrivalFrom', { optional: true })}
      </div>
      <CheckboxField
        id="unaccompanied"
        label={t('control.unaccompanied')}
        value={form.unaccompanied}
        onChange={(unaccompanied) => set({ unaccompanied })}
      />
      <CheckboxField
        id="inCareInstitution"
        label={t('control.inCareInstitution')}
        value={form.inCareInstitution}
        onChange={(inCareInstitution) => set({ inCareInstitution })}
      />
    </fieldset>
  );
}

export function ProtectionFields(props: Props) {
  const { form, set, errorOf, before } = props;
  const { t } = useTranslation(['register', 'facts', 'common']);
  const services = useServices();
  const text = useText(props);
  const { residenceOn } = referenceDaysOn(services.today());
  const optional = (label: string) => t('common:form.optional', { label });
  return (
    <fieldset className="form__section">
      <legend className="nl-heading nl-heading--level-2">{t('section.protection')}</legend>
      <div className="form__pair">
        <DateField
          id="leftUkraineOn"
          label={optional(t('control.leftUkraineOn'))}
          value={form.leftUkraineOn}
          onChange={(leftUkraineOn) => set({ leftUkraineOn })}
          error={errorOf('leftUkraineOn')}
        />
        <SelectField
          id="livedInUkraineOnReferenceDate"
          label={optional(t('control.livedInUkraineOnReferenceDate'))}
          hint={t('hint.referenceDay', { day: formatDate(residenceOn, currentLanguage()) })}
          choices={yesNoUnknown.map((code) => ({ code, label: t(`facts:code.yesNoUnknown.${code}`) }))}
          value={form.livedInUkraineOnReferenceDate}
          onChange={(livedInUkraineOnReferenceDate) => set({ livedInUkraineOnReferenceDate })}
          error={errorOf('livedInUkraineOnReferenceDate')}
        />
        <SelectField
          id="protectionStatus"
          label={optional(t('control.protectionStatus'))}
          choices={protectionStatuses.map((code) => ({ code, label: t(`protectionStatus.${code}`) }))}
          value={form.protectionStatus}
          onChange={(protectionStatus) => set({ protectionStatus })}
          error={errorOf('protectionStatus')}
        />
        <SelectField
          id="proofType"
          label={optional(t('control.proofType'))}
          choices={proofTypes.map((code) => ({ code, label: t(`proofType.${code}`) }))}
          value={form.proofType}
          onChange={(proofType) => set({ proofType })}
          error={errorOf('proofType')}
        />
        <DateField
          id="proofUntil"
          label={optional(t('control.proofUntil'))}
          value={form.proofUntil}
          onChange={(proofUntil) => set({ proofUntil })}
          error={errorOf('proofUntil')}
        />
        {before.brp.length === 0 && (
          <DateField
            id="brpFrom"
            label={optional(t('control.brpFrom'))}
            value={form.brpFrom}
            onChange={(brpFrom) => set({ brpFrom })}
            error={errorOf('brpFrom')}
          />
        )}
        {form.brpFrom !== null && text('brpMunicipality', { short: true })}
      </div>
    </fieldset>
  );
}

export function ContactFields(props: Props) {
  const { form, set } = props;
  const { t } = useTranslation('register');
  const text = useText(props);
  return (
    <fieldset className="form__section">
      <legend className="nl-heading nl-heading--level-2">{t('section.contact')}</legend>
      <div className="form__pair">
        {text('phones', { optional: true, hint: t('hint.phones') })}
        {text('emails', { optional: true, hint: t('hint.phones') })}
      </div>
      <CheckboxField
        id="interpreterNeeded"
        label={t('control.interpreterNeeded')}
        value={form.interpreterNeeded}
        onChange={(interpreterNeeded) => set({ interpreterNeeded })}
      />
    </fieldset>
  );
}
