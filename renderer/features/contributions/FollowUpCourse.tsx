import { useTranslation } from 'react-i18next';
import { decisionReference } from '../../../shared/contribution/decisions-of.ts';
import type { FollowUp } from '../../../shared/follow-up/follow-up.ts';
import { formatDate, formatMoney, formatMonth } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useDecisions } from '../../stores/register-views.ts';

/** Everything that happened to a follow-up, oldest first; nothing in it can be changed. */
export function FollowUpCourse({ item }: { item: FollowUp }) {
  const { t } = useTranslation('followUp');
  const language = currentLanguage();
  const decisions = useDecisions();
  const date = (day: Parameters<typeof formatDate>[0]) => formatDate(day, language);
  const { outcome, closed } = item;
  const lines: { readonly day: string; readonly text: string }[] = [
    ...item.statuses.map(({ day, status, note }) => ({
      day,
      text: t('page.line.status', { date: date(day), status: t(`status.${status}`), text: note }).trim(),
    })),
    ...item.payments.map(({ day, amountCents }) => ({
      day,
      text: t('page.line.paid', { date: date(day), amount: formatMoney(amountCents, language) }),
    })),
    ...item.waivers.map(({ day, amountCents, reason }) => ({
      day,
      text: t('page.line.waiver', { date: date(day), amount: formatMoney(amountCents, language), text: reason }),
    })),
    ...item.pauses.map(({ from, to, reason }) => ({
      day: `${from}-00`,
      text: t('page.line.pause', { from: formatMonth(from, language), to: formatMonth(to, language), text: reason }),
    })),
    ...(outcome === null
      ? []
      : [
          {
            day: outcome.day,
            text: t('page.line.outcome', {
              date: date(outcome.day),
              outcome: t(`outcome.${outcome.outcome}`),
              text: outcome.reason,
            }),
          },
        ]),
    ...(closed === null
      ? []
      : [{ day: closed.day, text: t('page.line.closed', { date: date(closed.day), text: closed.reason }) }]),
  ].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const renewed = decisions.find(({ id }) => id === outcome?.decision);
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('page.history')}</h2>
      {lines.length === 0 ? (
        <p>{t('page.none')}</p>
      ) : (
        <ul className="plain-list">
          {lines.map(({ text }, at) => (
            // Two payments of one day can read the same: the order is fixed, so the place names the line.
            <li key={`${at} ${text}`}>{text}</li>
          ))}
          {renewed?.receipt && (
            <li>
              {t('field.decision')}: {decisionReference(renewed.id, renewed.receipt.facts.month)}
            </li>
          )}
        </ul>
      )}
    </section>
  );
}
