import type { TFunction } from 'i18next';
import type { SettledEntry } from '../../../shared/contribution/settled-entries.ts';
import { parameterNames, type ParameterName } from '../../../shared/contribution/parameter-row.ts';
import type { IncomeKind } from '../../../shared/contribution/month-facts.ts';
import { formatDate, formatList } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { parameterText } from './parameter-value.ts';

type T = TFunction<['contributions', 'common']>;

/** What an entry is about: the heading of its part of the page, and which amount or site. */
export function entrySubject(t: T, { field }: SettledEntry, siteName: (id: string) => string): string {
  const [section = '', key = ''] = field.split('.');
  if (section === 'basis') return t('policy.basis');
  if (section === 'grounds') return t('policy.grounds');
  if (section === 'collectsFrom') return t('policy.collection');
  if (section === 'catering') return t('settledFile.mealsOf', { site: siteName(key) });
  if (section === 'amountsChecked') return t('policy.checks');
  const param = paramOf(key);
  return param === undefined ? key : t(`param.${param}`);
}

/** What an entry says, with its reason: a change of the reason alone is a change. */
export function entryText(t: T, { field, from, to, value }: SettledEntry): string {
  const language = currentLanguage();
  const [section = '', key = ''] = field.split('.');
  const kinds = (list: unknown) =>
    formatList(
      (list as readonly IncomeKind[]).map((kind) => t(`kind.${kind}`)),
      language,
    );
  const words = (key: string) => (typeof value[key] === 'string' ? value[key] : '');
  const reason = words('reason');
  const until =
    to === null
      ? t('policy.since', { date: formatDate(from, language) })
      : t('policy.period', { from: formatDate(from, language), to: formatDate(to, language) });
  const said = (text: string) => t('settledFile.said', { period: until, text, reason });
  if (section === 'basis') return said(t(value['incomeBasis'] === 'net' ? 'basisKind.net' : 'basisKind.gross'));
  if (section === 'grounds') {
    const [own, out] = [value['kinds'] as readonly string[], value['excluded'] as readonly string[]];
    const counted = own.length === 0 ? t('common:none') : kinds(own);
    return said(out.length === 0 ? counted : `${counted}; ${t('policy.leftOutKinds', { kinds: kinds(out) })}`);
  }
  if (section === 'collectsFrom') return said(t('policy.collects'));
  if (section === 'catering') return said(t(value['catered'] === true ? 'facts.catered' : 'facts.selfCatering'));
  if (section === 'amountsChecked') return said(words('source'));
  const param = paramOf(key);
  const own = value['value'];
  if (param === undefined || (typeof own !== 'number' && typeof own !== 'string')) return said('');
  return said(parameterText(param, own, language, (word) => t(`choice.${word}`)));
}

const paramOf = (key: string): ParameterName | undefined =>
  parameterNames.find((param) => param.replaceAll('.', '-') === key);
