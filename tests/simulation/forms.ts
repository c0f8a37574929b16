import { openRecord, toOpened } from '../../renderer/use-cases/open-record.ts';
import { openRow } from '../../renderer/use-cases/record-rows.ts';
import type { SaveRequest } from '../../renderer/use-cases/save-record.ts';
import type { Vault } from '../../renderer/use-cases/vault.ts';
import type { RecordKind, RecordRef, Value } from '../../shared/records/record.ts';
import { isList } from '../../shared/sync/canonical.ts';
import type { Change, Dot } from '../../shared/sync/change.ts';
import { dotOf } from '../../shared/sync/dots.ts';
import { definitionOf, ruleOfRecord } from '../../shared/sync/field-classes.ts';
import { liveOf, type ReplicaRecord } from '../../shared/sync/replica-record.ts';
import { ruleOfField } from '../../shared/sync/rule-of-field.ts';
import type { FieldClass } from '../../shared/records/field-rule.ts';
import type { Prng } from './prng.ts';
import { intentOf, standingOps, textOfValue } from './reference.ts';
import { valueNo } from './values.ts';
import type { Variant } from './variant.ts';

export type FormField = {
  readonly field: string;
  readonly class: FieldClass;
  readonly isLocal: boolean;
  readonly base: readonly Dot[];
  /** By the record alone: intents of the operations whose value was on screen. A review value may only be replaced by these. */
  readonly seen: ReadonlySet<string>;
  readonly shown: Value;
};
/** A page that is open with its fields as they were then. */
export type Form = { readonly ref: RecordRef; readonly fields: readonly FormField[] };

const editable: Readonly<Partial<Record<RecordKind, readonly string[]>>> = {
  resident: [
    'name',
    'name',
    'birthDate',
    'callName',
    'vNumber',
    'phones',
    'phones',
    'bsn',
    'income.employment.2026-01',
    'income.employment.2026-02',
  ],
  bedStay: ['until'],
  returnIntake: ['answer.explore_goal', 'answer.consent_health', 'answer.property_docs'],
};
export const isEditable = (kind: RecordKind): boolean => editable[kind] !== undefined;

/** Opens a record through the app and notes up to three of its fields; undefined when the app does not open it. */
export async function openForm(
  { vault, variant, prng }: { readonly vault: Vault; readonly variant: Variant; readonly prng: Prng },
  ref: RecordRef,
): Promise<Form | undefined> {
  const opened = await openRecord(vault, ref, null);
  if (!opened.ok) return undefined;
  const { record, values, unsettled } = opened.value;
  const ruleOf = ruleOfRecord(record);
  const standing = standingOps(record.ops);
  const readable = (editable[ref.kind] ?? []).filter((field) => {
    const rule = ruleOfField(definitionOf(ref.kind), field, ruleOf);
    return rule !== undefined && vault.cipher.compartments.includes(rule.compartment);
  });
  // Where a record is kept is not typed into a form: that is a move.
  const offered = [...readable, ...unsettled.filter((field) => field !== 'placement')];
  const chosen = new Set(Array.from({ length: 1 + prng.int(3) }, () => prng.pick(offered)));
  const isDeletion = prng.chance(0.08);
  const fields = (isDeletion ? ['_deleted'] : [...chosen]).flatMap((field): FormField[] => {
    const rule = ruleOfField(definitionOf(ref.kind), field, ruleOf);
    if (rule === undefined) return [];
    const known = standing.filter(({ f }) => f === field);
    const shown = values[field] ?? null;
    const isChoice = unsettled.includes(field) && prng.chance(0.5);
    const onScreen = isChoice || field === '_deleted' ? known : onScreenOf(known, rule.class, shown);
    const base = isChoice
      ? liveOf(record, field).map(dotOf)
      : (variant.baseAtOpening?.(opened.value, field) ?? opened.value.baseOf(field));
    const seen = new Set(onScreen.map(intentOf));
    return [{ field, class: rule.class, isLocal: rule.sharing === 'local', base, seen, shown }];
  });
  return fields.length === 0 ? undefined : { ref, fields };
}

function onScreenOf(known: readonly Change[], fieldClass: FieldClass, shown: Value): readonly Change[] {
  if (fieldClass === 'lww') return known;
  if (fieldClass === 'set') return known.filter(({ v }) => v !== undefined);
  return known.filter(({ v }) => v !== undefined && textOfValue(v) === textOfValue(shown));
}

/** The save of a form: new values of their own for all its fields. */
export async function requestOf(
  { vault, variant, prng }: { readonly vault: Vault; readonly variant: Variant; readonly prng: Prng },
  { ref, fields }: Form,
  nextNo: () => number,
): Promise<SaveRequest> {
  const present = variant.baseAtSaving === undefined ? undefined : await recordIn(vault, ref);
  const edits = fields.map(({ field, class: fieldClass, base, shown }) => ({
    field,
    value: field === '_deleted' ? prng.chance(0.7) : newValue(fieldClass, field, shown, prng, nextNo),
    base: present === undefined ? base : (variant.baseAtSaving?.(toOpened(present), field) ?? base),
  }));
  return { records: [{ ref, edits }], action: 'edit', purpose: null };
}

function newValue(fieldClass: FieldClass, field: string, shown: Value, prng: Prng, nextNo: () => number): Value {
  if (fieldClass !== 'set') return valueNo(field, nextNo());
  const present = isList(shown) ? shown : [];
  const kept = present.filter(() => !prng.chance(0.35));
  return kept.length < present.length && prng.chance(0.5) ? kept : [...kept, valueNo(field, nextNo())];
}

export async function recordIn(vault: Vault, ref: RecordRef): Promise<ReplicaRecord | undefined> {
  const row = await vault.store.read(ref);
  const opened = row && (await openRow(vault.cipher, row));
  return opened?.ok === true ? opened.value.record : undefined;
}
