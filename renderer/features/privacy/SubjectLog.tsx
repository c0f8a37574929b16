import i18next from 'i18next';
import { formatFullMoment } from '../../i18n/format.ts';
import type { Language } from '../../i18n/i18n.ts';
import type { SubjectPart } from '../../../shared/sync/subject-access.ts';
import type { AuditLines } from '../../services.tsx';
import { subjectLines, type SubjectLine } from './subject-lines.ts';

type Props = {
  readonly parts: readonly SubjectPart[];
  readonly log: AuditLines | null;
  readonly language: Language;
};

/** Who looked at or changed what is held about the person, newest first; staff by their number, as with the values. */
export function SubjectLog({ parts, log, language }: Props) {
  const t = i18next.getFixedT(language, 'privacy');
  return (
    <section className="paper__section">
      <h3 className="nl-heading nl-heading--level-3">{t('log.title')}</h3>
      {log === null ? (
        <p>{t('log.unreadable')}</p>
      ) : (
        <>
          <p>{t('log.about')}</p>
          {!log.isWhole && <p>{t('log.broken')}</p>}
          <table className="utrecht-table subject-log">
            <thead className="utrecht-table__header">
              <tr className="utrecht-table__row">
                {(['when', 'who', 'what', 'why'] as const).map((name) => (
                  <th key={name} scope="col" className="utrecht-table__header-cell">
                    {t(`log.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="utrecht-table__body">
              {subjectLines(parts, log).map((line, at) => (
                <tr key={at} className="utrecht-table__row">
                  <td className="utrecht-table__cell">
                    {formatFullMoment(line.atMs, language)}
                    {line.clockSuspect && ` (${t('log.clock')})`}
                  </td>
                  <td className="utrecht-table__cell">
                    {line.user === 'endpoint'
                      ? t('document.municipality')
                      : t('document.staff', { user: line.user.slice(-4) })}
                  </td>
                  <td className="utrecht-table__cell">{whatOf(line, language)}</td>
                  <td className="utrecht-table__cell">{whyOf(line, language)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      <p>{t('log.elsewhere')}</p>
    </section>
  );
}

const actions = [
  'view',
  'create',
  'edit',
  'delete',
  'undo',
  'decide',
  'finalise',
  'import',
  'resolve',
  'write',
] as const;

function whatOf({ action, kind }: SubjectLine, language: Language): string {
  const t = i18next.getFixedT(language, 'privacy');
  const known = actions.find((one) => one === action);
  const record = i18next.exists(`privacy:kind.${kind}`, { lng: language }) ? t(`kind.${kind as 'resident'}`) : kind;
  return t('log.act', { record, act: known === undefined ? action : t(`log.action.${known}`) });
}

/** What the app itself writes, in words; a reason that somebody typed stands as it was typed. */
function whyOf({ purpose, breakGlass }: SubjectLine, language: Language): string {
  const t = i18next.getFixedT(language, 'privacy');
  const text =
    purpose === null || purpose === ''
      ? t('log.noReason')
      : purpose.startsWith('subject access')
        ? t('log.access')
        : purpose.startsWith('month-run')
          ? t('log.monthRun')
          : purpose === 'payments'
            ? t('log.payments')
            : purpose;
  return breakGlass ? t('log.breakGlass', { reason: text }) : text;
}
