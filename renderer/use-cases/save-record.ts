import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { SaveError } from '../../shared/errors.ts';
import type { AuditAction } from '../../shared/ports.ts';
import { compartments, refKey, type RecordRef } from '../../shared/records/record.ts';
import { chainStart } from '../../shared/sync/chain.ts';
import { dotOf } from '../../shared/sync/dots.ts';
import { definitionOf, ruleOfRecord } from '../../shared/sync/field-classes.ts';
import {
  compartmentsOf,
  makeSave,
  type ChangedRecord,
  type Edit,
  type RecordEdits,
  type Save,
} from '../../shared/sync/make-changes.ts';
import { baseOf, valuesOf, type ReplicaRecord } from '../../shared/sync/replica-record.ts';
import { compartmentOf, deletedField, ruleOfField } from '../../shared/sync/rule-of-field.ts';
import { commitChanges, copyPending, missingCompartment, writersFor, type Plan } from './commit-changes.ts';
import { endTakenWriters, withPresentBases } from './reissues.ts';
import { reloadKnown } from './known-store.ts';
import { forgetOpened, lastOpened } from './last-opened.ts';
import { newRow, type OpenedRow } from './record-rows.ts';
import { openOrRepair } from './repair-rows.ts';
import { schemaVersion, type OwnWriter, type Vault } from './vault.ts';

/** `base` was taken when the form opened (`OpenedRecord.baseOf`), never at saving. */
export type SaveRequest = {
  readonly records: readonly { readonly ref: RecordRef; readonly edits: readonly Edit[] }[];
  readonly action: AuditAction;
  readonly purpose: string | null;
};
/** `undo` is the save that brings the former values back; null when nothing was changed or it cannot be undone. */
export type SaveReceipt = { readonly refs: readonly RecordRef[]; readonly undo: SaveRequest | null };

const maxAttempts = 5;

/**
 * The only local writer: all records of the request, or none. What another window committed first makes it start again
 * from the records as they are now, with the bases of the form as they were; after five times it is an error.
 */
export function saveRecord(vault: Vault, request: SaveRequest): Promise<Result<SaveReceipt, SaveError>> {
  return vault.queue.run(() => saveInTurn(vault, request));
}

/** For use cases that hold the queue already. */
export async function saveInTurn(vault: Vault, request: SaveRequest): Promise<Result<SaveReceipt, SaveError>> {
  if (vault.mayWrite?.() === false) return err({ type: 'no-contact' });
  const joined = joinRecords(request);
  for (let attempt = 1; ; attempt++) {
    const saved = await tryOnce(vault, joined);
    if (saved.ok || saved.error.type !== 'moved' || attempt === maxAttempts) return saved;
    forgetOpened(vault);
    const reloaded = await reloadKnown(vault);
    if (!reloaded.ok) return reloaded;
  }
}

/** Edits of one record that stand in several places of a request belong to one row. */
function joinRecords(request: SaveRequest): SaveRequest {
  const byRef = new Map<string, SaveRequest['records'][number]>();
  for (const part of request.records) {
    const present = byRef.get(refKey(part.ref));
    byRef.set(refKey(part.ref), present ? { ...present, edits: [...present.edits, ...part.edits] } : part);
  }
  return { ...request, records: [...byRef.values()] };
}

async function tryOnce(vault: Vault, request: SaveRequest): Promise<Result<SaveReceipt, SaveError>> {
  const rows: OpenedRow[] = [];
  const kept = request.records.map(({ ref }) => lastOpened(vault, ref));
  const stored = await Promise.all(
    request.records.map(async ({ ref }, at) => (kept[at] === undefined ? vault.store.read(ref) : undefined)),
  );
  for (const [at, { ref }] of request.records.entries()) {
    const row = stored[at];
    const opened = row === undefined ? ok(kept[at] ?? newRow(ref)) : await openOrRepair(vault, row);
    if (!opened.ok) return opened;
    rows.push(opened.value);
  }
  const parts: RecordEdits[] = [];
  for (const [at, { ref, edits: asked }] of request.records.entries()) {
    const record = rows[at]?.record ?? newRow(ref).record;
    const ruleOf = ruleOfRecord(record);
    const edits = await withPresentBases(vault, record, asked);
    parts.push({ record, edits, definition: definitionOf(ref.kind), ...(ruleOf === undefined ? {} : { ruleOf }) });
  }
  const refused = findForbidden(vault, parts);
  if (refused !== undefined) return err(refused);

  endTakenWriters(
    vault,
    parts.map(({ record }) => record),
  );
  const startOf = (w: Uint8Array) => chainStart(w, vault.sha256);
  const writers = writersFor(vault, compartmentsOf(parts), startOf);
  const save = makeSave(parts, {
    author: { user: vault.user.id, schema: schemaVersion, clockQuality: vault.clock.quality() },
    writers,
    lastStamp: vault.memory.known.lastStamp,
    wallMs: vault.clock.nowMs(),
    random: vault.random.bytes,
    sha256: vault.sha256,
  });
  if (!save.ok) return save;
  const changed = save.value.records.filter(({ changes, localValues }) => changes.length + size(localValues) > 0);
  const first = changed[0];
  if (first === undefined) return ok({ refs: [], undo: null });

  // The audit chain goes on only from an entry that the main process has got back.
  await copyPending(vault);
  const { action, purpose } = request;
  const audit = vault.audit.prepare({ action, kind: first.record.kind, id: first.record.id, purpose });
  const committed = await commitChanges(vault, { ...planOf(save.value, writers, rows), audit });
  if (!committed.ok) return committed;
  await copyPending(vault);
  return ok({
    refs: changed.map(({ record }) => ({ kind: record.kind, id: record.id })),
    undo: makeUndo(parts, save.value.records),
  });
}

const size = (values: object): number => Object.keys(values).length;

/** A field whose key this user does not have: what would be written nobody here could read back. */
function findForbidden(vault: Vault, parts: readonly RecordEdits[]): SaveError | undefined {
  const missing = missingCompartment(vault, compartmentsOf(parts));
  if (missing === undefined) return undefined;
  for (const { record, edits, definition, ruleOf } of parts) {
    const edit = edits.find(({ field }) => compartmentOf(definition, field, ruleOf) === missing);
    if (edit !== undefined) return { type: 'unknown-field', id: record.id, field: edit.field };
  }
  return undefined;
}

function planOf(
  save: Save,
  writers: Readonly<Partial<Record<string, OwnWriter>>>,
  rows: readonly OpenedRow[],
): Omit<Plan, 'audit'> {
  return {
    records: save.records.flatMap(({ record }, at) => {
      const before = rows[at];
      return before === undefined || before.record === record ? [] : [{ before, next: record }];
    }),
    own: compartments.flatMap((c) => {
      const changes = save.byCompartment[c];
      const writer = writers[c];
      return changes === undefined || writer === undefined ? [] : [{ c, writer, changes }];
    }),
    lastStamp: save.lastStamp,
    page: null,
  };
}

/**
 * The opposite edits, as a save of their own: values as they were, with the operations of this save as their base, so
 * that what somebody else writes in between becomes a choice and is not lost. What did not exist is deleted again.
 */
function makeUndo(parts: readonly RecordEdits[], changed: readonly ChangedRecord[]): SaveRequest | null {
  const records = changed.flatMap(({ record, changes, localValues }, at) => {
    const part = parts[at];
    if (part === undefined || part.definition.immutable || changes.length + size(localValues) === 0) return [];
    const ref = { kind: record.kind, id: record.id };
    const edits = part.record.rev === 0 ? [deletion] : inverseEdits(part, record, changes);
    return edits.length === 0 ? [] : [{ ref, edits }];
  });
  return records.length === 0 ? null : { records, action: 'undo', purpose: null };
}

const deletion: Edit = { field: deletedField, value: true, base: [] };

function inverseEdits(part: RecordEdits, after: ReplicaRecord, changes: ChangedRecord['changes']): readonly Edit[] {
  const { definition, ruleOf } = part;
  const before = valuesOf(part.record, definition, ruleOf).values;
  return [...new Set(part.edits.map(({ field }) => field))].flatMap((field): Edit[] => {
    const rule = ruleOfField(definition, field, ruleOf);
    if (rule === undefined || (rule.class === 'append' && !definition.immutable)) return [];
    const made = changes.filter((change) => change.f === field).map(dotOf);
    const base = rule.class === 'review' && made.length > 0 ? made : baseOf(after, field, definition, ruleOf);
    if (field === deletedField) return [{ field, value: before[field] === true, base: made }];
    return [{ field, value: before[field] ?? null, base }];
  });
}
