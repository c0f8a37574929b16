import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { findCodeLabel } from '../../../shared/questionnaire/code-lists.ts';
import { findBedPlace } from '../../../shared/reception/site.ts';
import { ageOfPartial } from '../../../shared/register/partial-date.ts';
import {
  asylumFacts,
  bsnVerifiedFact,
  brpFacts,
  documentFacts,
  extensionFacts,
  lastResidenceFacts,
  protectionFact,
} from '../../../shared/register/facts.ts';
import type { Resident } from '../../../shared/register/resident.ts';
import { formatDate, formatList, formatPartialDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices, type OpenedRecord } from '../../services.tsx';
import { useKeepsLastResidence } from '../../stores/protection-views.ts';
import { useFamiliesOf, useSites } from '../../stores/register-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { DataList } from '../../ui/DataList.tsx';
import { BsnValue } from './BsnValue.tsx';
import { FactList } from './FactList.tsx';

function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{title}</h2>
      {children}
    </section>
  );
}

const dayOrNull = (day: IsoDate | null) => (day === null ? null : formatDate(day, currentLanguage()));
const countryOf = (code: string) => findCodeLabel('iso3166-1', code)?.[currentLanguage()] ?? code;

export function PersonPanel({ resident }: { resident: Resident }) {
  const { t } = useTranslation('register');
  const services = useServices();
  const language = currentLanguage();
  const { name, birthDate } = resident;
  const age = birthDate === null ? undefined : ageOfPartial(birthDate, services.today());
  const born = birthDate === null ? null : formatPartialDate(birthDate, language);
  const cyrillic = (part: 'familyCyrillic' | 'givenCyrillic') =>
    resident.proposed.includes(part)
      ? {
          label: t(`control.${part}`),
          value: (
            <>
              <span lang="uk">{name[part]}</span> <span className="muted">({t('spelling.marked')})</span>
            </>
          ),
        }
      : { label: t(`control.${part}`), value: name[part], lang: 'uk' };
  return (
    <Panel title={t('section.identity')}>
      <DataList
        items={[
          { label: t('control.family'), value: name.family },
          { label: t('control.given'), value: name.given },
          { label: t('control.patronymic'), value: name.patronymic },
          cyrillic('familyCyrillic'),
          cyrillic('givenCyrillic'),
          {
            label: t('control.birthDate'),
            value: born === null ? null : age === undefined ? born : `${born} (${t('page.age', { count: age })})`,
          },
          { label: t('control.sex'), value: t(`sex.${resident.sex}`) },
          { label: t('control.nationality'), value: formatList(resident.nationality.map(countryOf), language) },
          { label: t('control.nationalityGroup'), value: t(`nationalityGroup.${resident.nationalityGroup}`) },
        ]}
      />
    </Panel>
  );
}

export function StayPanel({ resident }: { resident: Resident }) {
  const { t } = useTranslation('register');
  const sites = useSites();
  const families = useFamiliesOf(resident.id);
  const summary = useWorkspace((state) => state.residents.get(resident.id));
  const site = sites.find(({ id }) => id === (summary?.site ?? resident.site));
  const place = site === undefined || summary?.bed == null ? undefined : findBedPlace(site, summary.bed);
  const family = families.find(({ id }) => id === summary?.familyId);
  const { arrival, departure } = resident;
  return (
    <Panel title={t('section.stay')}>
      <DataList
        items={[
          { label: t('control.site'), value: site?.name },
          {
            label: t('control.bed'),
            value: place === undefined ? null : [place.building, place.room, place.bed].filter(Boolean).join(' · '),
          },
          {
            label: t('control.household'),
            value:
              family === undefined ? null : (
                <Link to="/families/$id" params={{ id: family.id }} className="nl-link">
                  {family.label === '' ? t('control.household') : family.label}
                </Link>
              ),
          },
          { label: t('control.arrivalDate'), value: dayOrNull(arrival?.date ?? null) },
          { label: t('control.arrivalFrom'), value: arrival?.from },
          { label: t('control.departureDate'), value: dayOrNull(departure?.date ?? null) },
          {
            label: t('control.departureReason'),
            value: departure === null ? null : t(`departureReason.${departure.reason}`),
          },
        ]}
      />
    </Panel>
  );
}

export function NumbersPanel({ resident, opened }: { resident: Resident; opened: OpenedRecord }) {
  const { t } = useTranslation('register');
  return (
    <Panel title={t('section.numbers')}>
      <DataList
        items={[
          { label: t('control.bsn'), value: <BsnValue id={resident.id} bsn={resident.bsn} /> },
          { label: t('control.vNumber'), value: resident.vNumber },
        ]}
      />
      {resident.bsn !== null && <FactList kind={bsnVerifiedFact} opened={opened} />}
      <FactList kind={documentFacts} opened={opened} />
    </Panel>
  );
}

export function ProtectionPanel({ resident, opened }: { resident: Resident; opened: OpenedRecord }) {
  const { t } = useTranslation(['register', 'facts']);
  const services = useServices();
  const keepsResidence = useKeepsLastResidence(services.today());
  const { livedInUkraine } = resident;
  return (
    <Panel title={t('section.protection')}>
      <DataList
        items={[
          { label: t('control.leftUkraineOn'), value: dayOrNull(resident.leftUkraineOn) },
          {
            label: t('control.livedInUkraineOnReferenceDate'),
            value: livedInUkraine === null ? null : t(`facts:code.yesNoUnknown.${livedInUkraine}`),
          },
        ]}
      />
      <FactList kind={protectionFact} opened={opened} />
      <FactList kind={extensionFacts} opened={opened} readOnly />
      <FactList kind={brpFacts} opened={opened} />
      <FactList kind={asylumFacts} opened={opened} />
      {keepsResidence && <FactList kind={lastResidenceFacts} opened={opened} />}
    </Panel>
  );
}

export function ContactPanel({ resident }: { resident: Resident }) {
  const { t } = useTranslation(['register', 'common']);
  return (
    <Panel title={t('section.contact')}>
      <DataList
        items={[
          { label: t('control.phones'), value: resident.phones.join(', ') },
          { label: t('control.emails'), value: resident.emails.join(', ') },
          {
            label: t('control.interpreterNeeded'),
            value: resident.interpreterNeeded ? t('common:yes') : t('common:no'),
          },
        ]}
      />
    </Panel>
  );
}
