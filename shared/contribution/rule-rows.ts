import { cents, type Cents } from '../kernel/money.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { AssessmentRule, AssessmentStep, MissingParameterError } from './month-assessment.ts';
import type { MunicipalPolicy } from './month-facts.ts';
import {
  isParameterValue,
  type Confidence,
  type MunicipalSettingName,
  type ParameterName,
  type ParameterRow,
} from './parameter-row.ts';
import type { ContributionParameters } from './parameters.ts';

/** Where a step rests: a national row, one of the municipality, or a setting. */
export type Ground = { readonly article: string; readonly source: string; readonly confidence: Confidence };
export type RuleRow = Ground & { readonly value: number | string; readonly municipal: boolean };

/** Rows for one assessment: municipal values go before national ones; remembers which national rows were asked for. */
export type RuleRows = {
  readonly read: <Param extends ParameterName>(
    params: readonly Param[],
  ) => Result<Readonly<Record<Param, RuleRow>>, MissingParameterError>;
  readonly has: (param: ParameterName) => boolean;
  /** What the municipality settled for it, where it did and there need not be a national row. */
  readonly own: (param: MunicipalSettingName) => RuleRow | undefined;
  /** The national rows behind everything read so far, also where the municipality put its own value before them. */
  readonly used: () => readonly ParameterRow[];
};

/** A value that the calculation cannot use counts as missing, so that nothing is worked out with it. */
export function ruleRows(parameters: ContributionParameters, policy: MunicipalPolicy): RuleRows {
  const asked = new Set<ParameterName>();
  const find = (param: ParameterName): RuleRow | undefined => {
    const national = parameters.rows[param];
    const own = policy.overrides.findLast((override) => override.param === param);
    const row: RuleRow | undefined =
      own === undefined
        ? national && { ...national, municipal: false }
        : {
            value: own.value,
            article: national?.article ?? 'RooO',
            source: own.source,
            confidence: 'M',
            municipal: true,
          };
    return row !== undefined && isParameterValue(param, row.value) ? row : undefined;
  };
  return {
    read: <Param extends ParameterName>(params: readonly Param[]) => {
      const rows: Partial<Record<Param, RuleRow>> = {};
      for (const param of params) {
        asked.add(param);
        const row = find(param);
        if (row === undefined) return err({ type: 'missing-parameter', param });
        rows[param] = row;
      }
      return ok(rows as Record<Param, RuleRow>);
    },
    own: find,
    has: (param) => parameters.rows[param] !== undefined,
    used: () => [...asked].sort().flatMap((param) => parameters.rows[param] ?? []),
  };
}

export const centsOf = (row: RuleRow): Cents => cents(Number(row.value));
export const timesCents = (count: number, rate: Cents): Cents => cents(count * rate);

const weakestFirst: readonly Confidence[] = ['L', 'M', 'H'];

/** Texts of several grounds, each once, in the order given. */
function distinct(texts: readonly string[]): string {
  const [first = ''] = texts;
  if (texts.every((text) => text === first)) return first;
  return [...new Set(texts.flatMap((text) => text.split('; ')))].join('; ');
}

/** A step as sure as the weakest of its grounds; articles and sources stand once each, in the order given. */
export function makeStep(
  rule: AssessmentRule,
  grounds: readonly Ground[],
  inputs: AssessmentStep['inputs'],
  amount: Cents,
): AssessmentStep {
  const weakest = weakestFirst.find((one) => grounds.some((ground) => ground.confidence === one));
  return {
    rule,
    article: distinct(grounds.map((ground) => ground.article)),
    inputs,
    amount,
    source: distinct(grounds.map((ground) => ground.source)),
    confidence: weakest ?? 'L',
  };
}
