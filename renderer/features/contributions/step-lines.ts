import type { TFunction } from 'i18next';
import type {
  AssessmentStep,
  KnownAmounts,
  MonthAssessment,
  Zone,
} from '../../../shared/contribution/month-assessment.ts';
import { incomeKinds, type IncomeKind } from '../../../shared/contribution/month-facts.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';
import { cents } from '../../../shared/kernel/money.ts';
import { formatBasisPoints, formatDate, formatMoney } from '../../i18n/format.ts';
import type { Language } from '../../i18n/i18n.ts';

type Telling = {
  readonly t: TFunction<'contributions'>;
  readonly language: Language;
  /** The name of a member of the family by record id. */
  readonly nameOf: (memberId: string) => string;
};

/** What a step was made of, one whole sentence per line, in the language of the reader. */
export function linesOf(step: AssessmentStep, telling: Telling): readonly string[] {
  const { t, language } = telling;
  const money = (value: number | string | undefined) => formatMoney(cents(Number(value ?? 0)), language);
  const { inputs } = step;
  const has = (key: string) => inputs[key] !== undefined;
  const counted = (key: 'adults' | 'minors' | 'unaccompaniedMinors') =>
    has(key) && inputs[key] !== 0
      ? [t(`line.${key}`, { count: Number(inputs[key]), rate: money(inputs[`${key}Rate`]) })]
      : [];
  const persons = has('persons')
    ? [t('line.persons', { count: Number(inputs['persons']), rate: money(inputs['rate']) })]
    : [];

  switch (step.rule) {
    case 'food':
      if (has('catered')) return [t('line.catered')];
      return [
        ...counted('adults'),
        ...counted('minors'),
        ...counted('unaccompaniedMinors'),
        t('line.familySize', { count: Number(inputs['familySize']) }),
      ];
    case 'clothing':
      return [
        ...persons,
        ...(has('inCareInstitution') ? [t('line.inCare', { count: Number(inputs['inCareInstitution']) })] : []),
      ];
    case 'host-component':
      return [...persons, ...counted('adults'), ...counted('minors')];
    case 'allowance':
    case 'contribution-due':
      return Object.entries(inputs).map(([rule, amount]) =>
        t('line.sum', { what: t(`step.${rule as AssessmentStep['rule']}`), amount: money(amount) }),
      );
    case 'countable-income':
      return incomeLines(step, telling);
    case 'accommodation':
    case 'catering':
      return [
        t('line.payers', {
          count: Number(inputs['payers']),
          rate: money(inputs['rate']),
          most: Number(inputs['most']),
        }),
      ];
    case 'withdraw-threshold':
      return [
        t('line.withdraw', {
          factor: formatBasisPoints(Number(inputs['factorBasisPoints']), language),
          allowance: money(inputs['allowance']),
        }),
      ];
    case 'full-contribution-threshold': {
      const formula = inputs['formula'] === 'scaled_leefgeld_plus_eb' ? 'scaled_leefgeld_plus_eb' : 'scaled_sum';
      return [
        t(`line.full-${formula}`, {
          factor: formatBasisPoints(Number(inputs['factorBasisPoints']), language),
          allowance: money(inputs['allowance']),
          contribution: money(inputs['contributionCounted']),
        }),
      ];
    }
    case 'zone': {
      const zone = String(inputs['zone'] ?? 'none') as Zone;
      return [
        has('imposed') ? t('line.imposedZone') : t(inputs['compare'] === '>' ? `zoneAbove.${zone}` : `zone.${zone}`),
        ...(has('floor') ? [t('line.floor', { amount: money(inputs['floor']) })] : []),
      ];
    }
    case 'default-imposition':
      return [
        t('line.imposed', { count: Number(inputs['adults']) }),
        t('line.termEnded', { date: formatDate(isoDate(String(inputs['termEnded'])), language) }),
      ];
    case 'part-month':
      return [
        t(inputs['which'] === 'first' ? 'line.firstMonth' : 'line.lastMonth', {
          days: Number(inputs['days']),
          of: Number(inputs['of']),
        }),
        t(`line.part-${partMode(inputs['mode'])}`, { amount: money(inputs['whole']) }),
      ];
    case 'hardship':
      return [
        t('line.hardship', {
          until: formatDate(isoDate(String(inputs['until'])), language),
          amount: money(inputs['before']),
        }),
        t('line.reason', { reason: String(inputs['reason']) }),
      ];
    case 'judgement':
      return [
        t('line.reason', { reason: String(inputs['reason']) }),
        t('line.withoutJudgement', { amount: money(inputs['proposed']) }),
      ];
    case 'allowance-outcome':
    case 'contribution-outcome':
      return [];
  }
}

/** Which amounts a month beyond the checked ones goes on with. */
export const amountsText = (t: TFunction<'contributions'>, amounts: KnownAmounts, language: Language): string =>
  t('line.amounts', {
    since: formatDate(amounts.since, language),
    until: formatDate(amounts.confirmedUntil, language),
  });

/** Whether the thresholds of this assessment are reached by the same amount already, or only by more. */
export const isReachedAbove = ({ steps }: Pick<MonthAssessment, 'steps'>): boolean =>
  steps.some(({ rule, inputs }) => rule === 'zone' && inputs['compare'] === '>');

/** Inputs are `<why>.<memberId>.<kind>`: who earned what, and whether it counts. */
function incomeLines(step: AssessmentStep, { t, language, nameOf }: Telling): readonly string[] {
  const items = Object.entries(step.inputs).flatMap(([key, amount]) => {
    const [why = '', memberId = '', kind = ''] = key.split('.');
    if (!isReason(why) || !isKind(kind)) return [];
    const facts = { name: nameOf(memberId), kind: t(`kind.${kind}`), amount: formatMoney(Number(amount), language) };
    return [t(`line.${why}`, facts)];
  });
  const basis = step.inputs['basis'] === 'gross' ? t('line.basisGross') : t('line.basisNet');
  return items.length === 0 ? [t('line.noIncome')] : [...items, basis];
}

const partMode = (mode: number | string | undefined) =>
  mode === 'full' || mode === 'pro_rata' ? mode : ('manual' as const);

const reasons = ['counted', 'minor', 'no-ground', 'excluded', 'not-yet', 'ended'] as const;
const isReason = (text: string): text is (typeof reasons)[number] => reasons.some((known) => known === text);
const isKind = (text: string): text is IncomeKind => incomeKinds.some((kind) => kind === text);
