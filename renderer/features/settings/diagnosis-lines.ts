import type { TFunction } from 'i18next';
import type { Diagnosis } from '../../services.tsx';

type DiagnosisLine = { readonly label: string; readonly value: string };

/** 2026-11-24 13:05 UTC: the same for whoever reads it, wherever. */
const moment = (ms: number | null): string =>
  ms === null ? '–' : `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** What is shown and what is copied are the same lines: numbers, codes, versions and moments, and nothing else. */
export function diagnosisLines(of: Diagnosis, t: TFunction<'settings'>): readonly DiagnosisLine[] {
  const { journal, exchange, counts, casebox } = of;
  const line = (label: string, value: string | number): DiagnosisLine => ({ label, value: String(value) });
  return [
    line(t('help.made'), moment(of.nowMs)),
    line(t('help.version'), `${of.version} · ${of.runtime} · ${of.system}`),
    line(t('help.device'), of.device === '' ? '–' : of.device),
    line(t('help.users'), of.users),
    line(t('help.protection'), t(`about.${of.protection}`)),
    line(t('help.store'), t(`help.stores.${of.store}`)),
    line(t('help.counts'), counts === null ? t('help.closed') : t('help.countsValue', counts)),
    line(t('help.journal'), t('help.journalValue', journal)),
    line(t('help.repaired'), of.repaired),
    line(t('help.unreadable'), of.unreadable),
    line(t('help.free'), of.freeBytes === null ? '–' : t('help.freeValue', { mb: Math.floor(of.freeBytes / 1e6) })),
    line(t('help.address'), of.endpoint ?? t('help.noAddress')),
    line(t('help.epoch'), of.epoch ?? '–'),
    ...(exchange === null
      ? [line(t('help.exchange'), t('help.locked'))]
      : [
          line(t('help.unsent'), exchange.unsent),
          line(t('help.oldestUnsent'), moment(exchange.oldestUnsentMs)),
          line(t('help.pulled'), moment(exchange.oldestPulledMs)),
          line(t('help.failure'), exchange.failure ?? t('help.noFailure')),
          line(t('help.clock'), t(`help.clocks.${exchange.clockQuality}`)),
        ]),
    line(t('help.stick'), `${moment(casebox.exportedMs)} / ${moment(casebox.importedMs)} / ${casebox.waiting}`),
    ...of.events.map(({ code, count, lastMs }) => line(code, `${count} · ${moment(lastMs)}`)),
  ];
}

export const diagnosisText = (lines: readonly DiagnosisLine[]): string =>
  ['Onderdak', ...lines.map(({ label, value }) => `${label}: ${value}`)].join('\n');
