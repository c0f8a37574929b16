import { assessCase, listed } from '../../shared/contribution/assess-case.ts';
import { toMunicipalSettings, type MunicipalSettings } from '../../shared/contribution/municipal-policy.ts';
import {
  isTouched,
  shownAmounts,
  touchedMonths,
  type PolicyEffect,
  type ShownAmounts,
} from '../../shared/contribution/policy-effect.ts';
import type { IsoDate, IsoMonth } from '../../shared/kernel/dates.ts';
import type { Result } from '../../shared/kernel/result.ts';
import { refKey, type Value } from '../../shared/records/record.ts';
import { definitionOf } from '../../shared/sync/field-classes.ts';
import { recordsOf } from '../../shared/sync/record-image.ts';
import { isHidden, valuesOf } from '../../shared/sync/replica-record.ts';
import {
  readFamilyMonth,
  settingsIn,
  type FamilyReading,
  type ReadError,
  type RegisterReader,
} from './assess-family.ts';
import type { LongWork } from './month-run.ts';
import { remembering } from './remembering-reader.ts';

/** Fields of the policy of a municipality as they would be saved; `policyId` may be that of a record to come. */
export type PolicyChange = {
  readonly policyId: string;
  readonly municipality: { readonly code: string; readonly name: string };
  readonly edits: readonly { readonly field: string; readonly value: Value }[];
  readonly from: IsoDate;
  readonly to: IsoDate | null;
};
export type PolicyPreview = {
  readonly months: readonly IsoMonth[];
  readonly families: number;
  /** By family, then month; only what would change. */
  readonly effects: readonly PolicyEffect[];
};
type PreviewTools = LongWork & { readonly today: IsoDate };

/**
 * Whom a change of policy would touch, before it is saved: every family of this device in every month concerned, worked
 * out without and with it. Null when `signal` stopped it.
 */
export async function previewPolicy(tools: PreviewTools, change: PolicyChange): Promise<PolicyPreview | null> {
  const { today, pause, onProgress, signal } = tools;
  const reader = remembering(tools.reader);
  const months = touchedMonths(change.from, change.to, today);
  const now = settingsIn(reader);
  const then = withChange(reader, now, change);
  const families = recordsOf(reader.records(), 'family').filter((record) => !isHidden(record));
  const effects: PolicyEffect[] = [];
  for (const [at, { id }] of families.entries()) {
    for (const month of months) {
      const before = amountsIn(await readFamilyMonth(reader, id, month, now));
      const after = amountsIn(await readFamilyMonth(reader, id, month, then));
      effects.push(...effectsOf(id, month, before, after).filter(isTouched));
    }
    onProgress(at + 1, families.length);
    await pause();
    if (signal.aborted) return null;
  }
  return { months, families: families.length, effects };
}

function withChange(
  reader: RegisterReader,
  settings: readonly MunicipalSettings[],
  { policyId, municipality, edits }: PolicyChange,
): readonly MunicipalSettings[] {
  const record = reader.records().get(refKey({ kind: 'municipalPolicy', id: policyId }));
  const values = record === undefined ? { municipality } : valuesOf(record, definitionOf('municipalPolicy')).values;
  const changed = toMunicipalSettings(policyId, {
    ...values,
    ...Object.fromEntries(edits.map(({ field, value }) => [field, value])),
  });
  return [...settings.filter(({ id }) => id !== policyId), changed];
}

/** By the child that is a family of its own, null for the family itself; nothing where no amount is known. */
type Amounts = ReadonlyMap<string | null, ShownAmounts | null>;

function amountsIn(read: Result<FamilyReading, ReadError>): Amounts {
  if (!read.ok) return new Map();
  const { month, parameters } = read.value;
  return new Map(
    month.units.map(({ grownChild, facts }) => {
      const assessed = assessCase(facts, parameters);
      return [grownChild, assessed.ok ? shownAmounts(listed(assessed.value)) : null];
    }),
  );
}

function effectsOf(familyId: string, month: IsoMonth, before: Amounts, after: Amounts): readonly PolicyEffect[] {
  return [...new Set([...before.keys(), ...after.keys()])].map((grownChild) => ({
    familyId,
    grownChild,
    month,
    before: before.get(grownChild) ?? null,
    after: after.get(grownChild) ?? null,
  }));
}
