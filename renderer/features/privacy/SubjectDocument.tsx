import i18next from 'i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { parseIsoDate } from '../../../shared/kernel/dates.ts';
import type { Value } from '../../../shared/records/record.ts';
import { otherPerson, type SubjectPart, type SubjectValue } from '../../../shared/sync/subject-access.ts';
import { formatDate, formatFullMoment, formatMoney } from '../../i18n/format.ts';
import type { Language } from '../../i18n/i18n.ts';
import type { AuditLines } from '../../services.tsx';
import { SubjectLog } from './SubjectLog.tsx';
import { nameInWords, valueInWords } from './words.ts';

type Reader = { readonly language: Language };

type Props = Reader & {
  readonly parts: readonly SubjectPart[];
  /** Null where it could not be read. */
  readonly log: AuditLines | null;
  readonly day: IsoDate;
};
/** The document that is handed over, in the language of the person: what holds now, and under it what held before. */
export function SubjectDocument({ parts, log, language, day }: Props) {
  const t = i18next.getFixedT(language, 'privacy');
  return (
    <article className="paper paper--one subject-document" lang={language}>
      <header className="paper__head">
        <h2 className="nl-heading nl-heading--level-2">{t('document.title')}</h2>
        <p>{t('document.madeOn', { day: formatDate(day, language) })}</p>
        <p>{t('document.intro')}</p>
      </header>
      {parts.map((part) => (
        <section key={`${part.kind}/${part.id}`} className="paper__section">
          <h3 className="nl-heading nl-heading--level-3">
            {t(`kind.${part.kind as 'resident'}`)}
            {part.deleted && ` (${t('document.deleted')})`}
          </h3>
          <dl className="subject-document__fields">
            {part.fields
              .filter(({ field }) => field !== '_deleted')
              .map(({ field, values }) => (
                <div key={field}>
                  <dt>{nameInWords(field, language)}</dt>
                  <dd>
                    {values.map((one, at) => (
                      <Entry key={`${one.atMs} ${at}`} one={one} field={field} language={language} />
                    ))}
                  </dd>
                </div>
              ))}
          </dl>
          {part.leftOut > 0 && <p className="muted">{t('document.leftOut', { count: part.leftOut })}</p>}
        </section>
      ))}
      <SubjectLog parts={parts} log={log} language={language} />
      <section className="paper__section">
        <h3 className="nl-heading nl-heading--level-3">{t('document.rightsTitle')}</h3>
        <p>{t('document.rights')}</p>
      </section>
    </article>
  );
}

function Entry({ one, field, language }: Reader & { one: SubjectValue; field: string }) {
  const t = i18next.getFixedT(language, 'privacy');
  const who = one.by === 'endpoint' ? t('document.municipality') : t('document.staff', { user: one.by.slice(-4) });
  const source = one.onlyHere
    ? t('document.onlyHere')
    : t('document.source', { when: formatFullMoment(one.atMs, language), who });
  return (
    <div className={one.holds ? 'subject-document__now' : 'subject-document__before muted'}>
      {one.erased ? <em>{t('document.erased')}</em> : <ValueView value={one.value} name={field} language={language} />}
      <small>{one.holds ? source : t('document.before', { source })}</small>
    </div>
  );
}

function ValueView({ value, name, language }: Reader & { value: Value; name: string }) {
  const t = i18next.getFixedT(language, 'privacy');
  if (value === null || value === '') return <span>{t('document.empty')}</span>;
  if (typeof value === 'boolean') return <span>{value ? t('document.yes') : t('document.no')}</span>;
  if (typeof value === 'number')
    return <span>{name.endsWith('Cents') ? formatMoney(value, language) : String(value)}</span>;
  if (typeof value === 'string') {
    const day = parseIsoDate(value);
    if (value === otherPerson) return <em>{t('document.other')}</em>;
    return <span>{day === undefined ? valueInWords(name, value, language) : formatDate(day, language)}</span>;
  }
  if (Array.isArray(value)) {
    return (
      <ul>
        {(value as readonly Value[]).map((item, at) => (
          <li key={at}>
            <ValueView value={item} name={name} language={language} />
          </li>
        ))}
      </ul>
    );
  }
  return (
    <ul className="plain-list">
      {Object.entries(value)
        .filter(([, part]) => part !== null && part !== '')
        .map(([key, part]) => (
          <li key={key}>
            {nameInWords(key, language)}: <ValueView value={part} name={key} language={language} />
          </li>
        ))}
    </ul>
  );
}
