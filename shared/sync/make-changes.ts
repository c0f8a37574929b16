import { invariant } from '../kernel/assert.ts';
import { nextStamp, stampBytes, type Stamp } from '../kernel/hybrid-clock.ts';
import { recordIdBytes } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { FieldRule, KindDefinition } from '../records/field-rule.ts';
import { compartments, type Compartment } from '../records/record.ts';
import { encodeCanonical, isList, isValue, sameValue } from './canonical.ts';
import type { Sha256 } from './chain.ts';
import type { Change, Dot, Value } from './change.ts';
import { dotKey } from './dots.ts';
import { deletionValue, shownIn, withOps, type ReplicaRecord } from './replica-record.ts';
import { compartmentOf, deletedField, ruleOfField, type RuleOf } from './rule-of-field.ts';
import { deriveSaveId } from './save-id.ts';
import { shareEdit } from './sharing.ts';

/**
 * What a form changed. `value` null empties a field; for a `set` it is the whole new list, for an `append` one new
 * entry, for `_deleted` true or false. `base` was taken with `baseOf` when the form opened, never at saving.
 */
export type Edit = { readonly field: string; readonly value: Value; readonly base: readonly Dot[] };

export type RecordEdits = {
  readonly record: ReplicaRecord;
  readonly edits: readonly Edit[];
  readonly definition: KindDefinition;
  readonly ruleOf?: RuleOf;
};

/** A writer belongs to one compartment; `next` is the number its next operation gets. */
export type WriterPosition = { readonly w: Uint8Array; readonly next: number };

export type SaveContext = {
  readonly author: { readonly user: string; readonly schema: number; readonly clockQuality: 0 | 1 | 2 };
  readonly writers: Readonly<Partial<Record<Compartment, WriterPosition>>>;
  readonly lastStamp: Stamp;
  readonly wallMs: number;
  readonly random: (count: number) => Uint8Array;
  readonly sha256: Sha256;
};

/** One record of a save: `record` is the next version, the same object when nothing changed. */
export type ChangedRecord = {
  readonly record: ReplicaRecord;
  readonly changes: readonly Change[];
  readonly localValues: Readonly<Record<string, Value>>;
};

/** `byCompartment` holds the operations of all records in order of number: one frame queue per compartment. */
export type Save = {
  readonly records: readonly ChangedRecord[];
  readonly byCompartment: Readonly<Partial<Record<Compartment, readonly Change[]>>>;
  readonly lastStamp: Stamp;
};

export type ChangeError = {
  readonly type: 'unknown-field' | 'immutable-record' | 'bad-value';
  readonly id: string;
  readonly field: string;
};

/**
 * The operations of one save over any number of records. Unchanged values make none. A writer must be given for each
 * compartment that `compartmentsOf` names; a missing one is a bug.
 */
export function makeSave(parts: readonly RecordEdits[], context: SaveContext): Result<Save, ChangeError> {
  const planned: { readonly part: RecordEdits; readonly plan: Plan }[] = [];
  for (const part of parts) {
    const plan = planEdits(part);
    if (!plan.ok) return plan;
    planned.push({ part, plan: plan.value });
  }
  const total = planned.reduce((count, { plan }) => count + plan.drafts.length, 0);
  const stamper = new Stamper(context, total);
  const records = planned.map(({ part, plan }): ChangedRecord => {
    const id = recordIdBytes(part.record.id);
    const changes = plan.drafts.map((draft) => stamper.change(part.record.kind, id, draft));
    return { record: withOps(part.record, changes, plan.localValues), changes, localValues: plan.localValues };
  });
  return ok({ records, byCompartment: stamper.byCompartment(), lastStamp: stamper.last });
}

/** The compartments in which these edits make operations: a writer is needed for each. */
export function compartmentsOf(parts: readonly RecordEdits[]): readonly Compartment[] {
  const used = parts.flatMap(({ edits, definition, ruleOf }) =>
    edits.map(({ field }) => compartmentOf(definition, field, ruleOf)),
  );
  return compartments.filter((compartment) => used.includes(compartment));
}

type Draft = Pick<Change, 'f' | 'k' | 'b'> & { readonly v?: Value; readonly compartment: Compartment };
type Plan = { readonly drafts: readonly Draft[]; readonly localValues: Readonly<Record<string, Value>> };

function planEdits({ record, edits, definition, ruleOf }: RecordEdits): Result<Plan, ChangeError> {
  const drafts: Draft[] = [];
  const localValues: [string, Value][] = [];
  for (const edit of lastPerField(edits, definition, ruleOf)) {
    const fail = (type: ChangeError['type']) => err({ type, id: record.id, field: edit.field });
    const rule = ruleOfField(definition, edit.field, ruleOf);
    if (rule === undefined) return fail('unknown-field');
    if (isSettledForEver(record, definition, edit.field)) return fail('immutable-record');
    const value = checkedValue(edit.value, rule, definition.immutable);
    if (value === undefined) return fail('bad-value');
    const { shared, local } = shareEdit(edit.field, value, rule);
    if (local !== null && !sameValue(record.local[local.field] ?? null, local.value)) {
      localValues.push([local.field, local.value]);
    }
    if (shared !== null) {
      const sharedRule = ruleOfField(definition, shared.field, ruleOf) ?? rule;
      const draft = { ...edit, field: shared.field, value: shared.value };
      drafts.push(...draftsOf(record, draft, sharedRule, definition.immutable));
    }
  }
  return ok({ drafts, localValues: Object.fromEntries(localValues) });
}

/** Two edits of one field in one save would contradict each other; the last one is meant. New entries all count. */
function lastPerField(edits: readonly Edit[], definition: KindDefinition, ruleOf?: RuleOf): readonly Edit[] {
  const last = new Map(edits.map((edit) => [edit.field, edit]));
  return edits.filter(
    (edit) => last.get(edit.field) === edit || ruleOfField(definition, edit.field, ruleOf)?.class === 'append',
  );
}

/** Written once: only where such a record is kept may still change, because its family can move. */
function isSettledForEver(record: ReplicaRecord, definition: KindDefinition, field: string): boolean {
  if (!definition.immutable || field === 'placement') return false;
  return record.ops.some(({ f }) => ruleOfField(definition, f)?.class === 'append');
}

/** So much goes into one frame with its place and its bases; what could never be sent is not saved either. */
const maxValueBytes = 512 * 1024;

/** The value as the schema of its field normalises it; undefined when it refuses it, or when it is too long to be sent. */
function checkedValue(value: Value, rule: FieldRule, immutable: boolean): Value | undefined {
  if (value === null) return value;
  const inList = rule.class === 'append' && !immutable;
  const parsed = rule.schema.safeParse(inList ? [value] : value);
  if (!parsed.success || !isValue(parsed.data) || encodeCanonical(parsed.data).length > maxValueBytes) return undefined;
  if (!inList) return parsed.data;
  return isList(parsed.data) ? parsed.data[0] : undefined;
}

function draftsOf(record: ReplicaRecord, edit: Edit, rule: FieldRule, immutable: boolean): readonly Draft[] {
  const { field: f, value, base } = edit;
  const { compartment } = rule;
  const named = new Set(base.map(dotKey));
  const seen = record.ops.filter((change) => change.f === f && named.has(dotKey(change)));
  if (f === deletedField) {
    const deleted = seen.some((change) => isList(change.v));
    if ((value === true) === deleted && (value !== true || coversAll(record, seen))) return [];
    return [{ f, k: 'set', v: value === true ? deletionValue(record) : false, b: base, compartment }];
  }
  if (rule.class === 'append') return value === null ? [] : [{ f, k: 'app', v: value, b: [], compartment }];
  if (rule.class === 'set') return setDrafts(f, value, seen, compartment);
  const shown = shownIn(seen, rule, immutable);
  const known = seen.length === base.length && !shown.unsettled;
  return known && sameValue(shown.value, value) ? [] : [{ f, k: 'set', v: value, b: base, compartment }];
}

const coversAll = (record: ReplicaRecord, seen: readonly Change[]): boolean => {
  const covered = new Set(seen.flatMap((change) => (isList(change.v) ? change.v : [])));
  const needed = deletionValue(record);
  return isList(needed) && needed.every((dot) => covered.has(dot));
};

/** New members become `add`; for each that is gone one `rem` names the additions the author saw, so that others stay. */
function setDrafts(f: string, value: Value, seen: readonly Change[], compartment: Compartment): readonly Draft[] {
  const wanted: readonly Value[] = isList(value) ? value : [];
  const isIn = (list: readonly Value[], item: Value) => list.some((other) => sameValue(other, item));
  const before = seen.flatMap((change) => (change.k === 'add' && change.v !== undefined ? [change.v] : []));
  const added = wanted.filter((item, at) => !isIn(before, item) && !isIn(wanted.slice(0, at), item));
  const gone = before.filter((item, at) => !isIn(wanted, item) && !isIn(before.slice(0, at), item));
  return [
    ...gone.map((item): Draft => {
      const b = seen.filter((change) => change.v !== undefined && sameValue(change.v, item));
      return { f, k: 'rem', b: b.map(({ w, n }) => ({ w, n })), compartment };
    }),
    ...added.map((item): Draft => ({ f, k: 'add', v: item, b: [], compartment })),
  ];
}

/** Gives drafts their number, stamp, salt and save. */
class Stamper {
  last: Stamp;
  private readonly context: SaveContext;
  private readonly total: number;
  private save: Change['x'] | undefined;
  private readonly queues = new Map<Compartment, Change[]>();

  constructor(context: SaveContext, total: number) {
    this.context = context;
    this.last = context.lastStamp;
    this.total = total;
  }

  change(t: string, id: Uint8Array, { compartment, ...draft }: Draft): Change {
    const writer = this.context.writers[compartment];
    invariant(writer !== undefined, 'a writer for every compartment of a save');
    const { user: u, schema: s, clockQuality: cq } = this.context.author;
    const queue = this.queues.get(compartment) ?? [];
    this.queues.set(compartment, queue);
    this.last = nextStamp(this.last, this.context.wallMs);
    const n = writer.next + queue.length;
    const salt = this.context.random(8);
    const shell = { ...draft, w: writer.w, n, h: stampBytes(this.last), cq, t, id, u, s, salt };
    this.save ??= [deriveSaveId(shell, this.context.sha256), this.total];
    const change = { ...shell, x: this.save };
    queue.push(change);
    return change;
  }

  byCompartment(): Save['byCompartment'] {
    return Object.fromEntries(this.queues);
  }
}
