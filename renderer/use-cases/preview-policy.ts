import { toMunicipalSettings, type MunicipalSettings } from '../../shared/contribution/municipal-policy.ts';
import { isTouched, shownAmounts, touchedMonths, type PolicyEffect } from '../../shared/contribution/policy-effect.ts';
import type { IsoDate, IsoMonth } from '../../shared/kernel/dates.ts';
import { refKey, type Value } from '../../shared/records/record.ts';
import { definitionOf } from '../../shared/sync/field-classes.ts';
import { recordsOf } from '../../shared/sync/record-image.ts';
import { isHidden, valuesOf } from '../../shared/sync/replica-record.ts';
import { assessFamily, settingsIn, type AssessedFamily, type RegisterReader } from './assess-family.ts';
import { remembering } from './remembering-reader.ts';

/** One field of the policy of a municipality as it would be saved; `policyId` may be that of a record to come. */
export type PolicyChange = {
  readonly policyId: string;
  readonly municipality: { readonly code: string; readonly name: string };
  readonly field: string;
  readonly value: Value;
  readonly from: IsoDate;
  readonly to: IsoDate | null;
};
export type PolicyPreview = {
  readonly months: readonly IsoMonth[];
  readonly families: number;
  /** By family, then month; only what would change. */
  readonly effects: readonly PolicyEffect[];
};
export type PreviewTools = {
  readonly reader: RegisterReader;
  readonly today: IsoDate;
  /** Gives the screen its turn; asked after every family. */
  readonly pause: () => Promise<void>;
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
};

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
      const before = await assessFamily(reader, id, month, now);
      const after = await assessFamily(reader, id, month, then);
      effects.push(
        ...effectsOf(id, month, before.ok ? before.value : [], after.ok ? after.value : []).filter(isTouched),
      );
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
  { policyId, municipality, field, value }: PolicyChange,
): readonly MunicipalSettings[] {
  const record = reader.records().get(refKey({ kind: 'municipalPolicy', id: policyId }));
  const values = record === undefined ? { municipality } : valuesOf(record, definitionOf('municipalPolicy')).values;
  const changed = toMunicipalSettings(policyId, { ...values, [field]: value });
  return [...settings.filter(({ id }) => id !== policyId), changed];
}

function effectsOf(
  familyId: string,
  month: IsoMonth,
  before: readonly AssessedFamily[],
  after: readonly AssessedFamily[],
): readonly PolicyEffect[] {
  const shown = (units: readonly AssessedFamily[], grownChild: string | null) => {
    const result = units.find((unit) => unit.grownChild === grownChild)?.result;
    return result?.ok === true ? shownAmounts(result.value) : null;
  };
  const children = new Set([...before, ...after].map(({ grownChild }) => grownChild));
  return [...children].map((grownChild) => ({
    familyId,
    grownChild,
    month,
    before: shown(before, grownChild),
    after: shown(after, grownChild),
  }));
}
