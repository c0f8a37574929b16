import { sha256 } from '@noble/hashes/sha2.js';
import { toHex, toUtf8 } from '../../shared/kernel/bytes.ts';
import type { AuditAction } from '../../shared/ports.ts';
import { nextStamp, type Stamp } from '../../shared/kernel/hybrid-clock.ts';
import { isoDate, type IsoDate } from '../../shared/kernel/dates.ts';
import { makeRecordId } from '../../shared/kernel/ids.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import { refKey, type Compartment, type RecordRef, type Value } from '../../shared/records/record.ts';
import type { ResidentSummary } from '../../shared/register/resident-summary.ts';
import { summaryOf } from '../../shared/register/resident-summary.ts';
import { toFamily } from '../../shared/register/family.ts';
import { toResident } from '../../shared/register/resident.ts';
import { definitionOf, ruleOfRecord } from '../../shared/sync/field-classes.ts';
import { compartmentsOf, makeSave, type Edit, type RecordEdits } from '../../shared/sync/make-changes.ts';
import { baseOf, emptyRecord, isHidden, valuesOf, type ReplicaRecord } from '../../shared/sync/replica-record.ts';
import { mentions, subjectAccess } from '../../shared/sync/subject-access.ts';
import { aDiagnosis } from './diagnosis.ts';
import type { SaveRequest, Services } from '../../renderer/services.tsx';
import { workspace } from '../../renderer/stores/workspace-store.ts';
import { assessFamily } from '../../renderer/use-cases/assess-family.ts';
import { previewPolicy } from '../../renderer/use-cases/preview-policy.ts';
import { decideContribution } from '../../renderer/use-cases/decide-contribution.ts';
import { decideMany } from '../../renderer/use-cases/decide-many.ts';
import { findDecisionEffects } from '../../renderer/use-cases/decision-effects.ts';
import { assessRun } from '../../renderer/use-cases/month-run.ts';
import { writeTable } from '../../renderer/use-cases/write-table.ts';
import type { RegisterReader } from '../../renderer/use-cases/assess-family.ts';

export const testUser = 'u_0123456789abcdef';
const nowMs = 1_764_000_000_000;

export type MemoryServices = Services & {
  /** Writes a record as a colleague would, without the screen. */
  readonly put: (ref: RecordRef, values: Readonly<Record<string, Value>>) => void;
  readonly recordOf: (ref: RecordRef) => ReplicaRecord;
  readonly valuesIn: (ref: RecordRef) => Readonly<Record<string, Value>>;
  /** What was asked of the world outside, in order: `print`, `pdf name`, `view kind/id`, `save action`. */
  readonly log: string[];
  readonly drafts: Map<string, string>;
  /** Files that were saved, by name. */
  readonly files: Map<string, Uint8Array>;
};

type Over = Partial<Services> & { readonly day?: IsoDate };

/**
 * Services over records in memory, with the real operations, field rules and use cases; no cipher, no store. The
 * workspace store of the screens is kept along. `over` replaces single services.
 */
export function memoryServices({ day = isoDate('2025-11-24'), ...over }: Over = {}): MemoryServices {
  const records = new Map<string, ReplicaRecord>();
  const drafts = new Map<string, string>();
  const log: string[] = [];
  const files = new Map<string, Uint8Array>();
  const counter = { id: 0, random: 0 };
  const next = new Map<Compartment, number>();
  let lastStamp: Stamp = { ms: 0, counter: 0 };
  workspace.clear();

  const random = (count: number) => {
    counter.random += 1;
    const bytes = new Uint8Array(count);
    new DataView(bytes.buffer).setUint32(0, counter.random);
    return bytes;
  };
  const newId = () => {
    counter.id += 1;
    const bytes = new Uint8Array(16);
    new DataView(bytes.buffer).setUint32(0, (counter.id * 0x9e3779b1) >>> 0);
    return makeRecordId(bytes);
  };
  const recordOf = (ref: RecordRef) => records.get(refKey(ref)) ?? emptyRecord(ref);
  const rulesOf = (record: ReplicaRecord) => {
    const ruleOf = ruleOfRecord(record);
    return { definition: definitionOf(record.kind), ...(ruleOf === undefined ? {} : { ruleOf }) };
  };
  const valuesIn = (ref: RecordRef) => {
    const record = recordOf(ref);
    const { definition, ruleOf } = { ruleOf: undefined, ...rulesOf(record) };
    return valuesOf(record, definition, ruleOf).values;
  };

  function write(
    requested: SaveRequest['records'],
  ): Result<SaveRequest | null, { type: 'bad-value'; id: string; field: string }> {
    const parts: RecordEdits[] = requested.map(({ ref, edits }) => {
      const record = recordOf(ref);
      return { record, edits, ...rulesOf(record) };
    });
    const used = compartmentsOf(parts);
    const writers = Object.fromEntries(
      used.map((c) => [c, { w: Uint8Array.of(c.length, 1, 1, 1, 1, 1, 1, c.charCodeAt(0)), next: next.get(c) ?? 1 }]),
    );
    lastStamp = nextStamp(lastStamp, nowMs);
    const saved = makeSave(parts, {
      author: { user: testUser, schema: 1, clockQuality: 0 },
      writers,
      lastStamp,
      wallMs: nowMs,
      random,
      sha256,
    });
    if (!saved.ok) return err({ ...saved.error, type: 'bad-value' });
    for (const [c, ops] of Object.entries(saved.value.byCompartment))
      next.set(c as Compartment, (next.get(c as Compartment) ?? 1) + ops.length);
    lastStamp = saved.value.lastStamp;
    const before = requested.map(({ ref }) => valuesIn(ref));
    for (const { record } of saved.value.records) records.set(refKey(record), record);
    publish(saved.value.records.map(({ record }) => record));
    const undo = requested.map(({ ref, edits }, at) => ({
      ref,
      edits: edits.map(({ field }): Edit => ({
        field,
        value: before[at]?.[field] ?? null,
        base: baseOfRecord(recordOf(ref), field),
      })),
    }));
    const changed = saved.value.records.some(({ changes }) => changes.length > 0);
    return ok(changed ? { records: undo, action: 'undo' as AuditAction, purpose: null } : null);
  }

  const baseOfRecord = (record: ReplicaRecord, field: string) => {
    const { definition, ruleOf } = { ruleOf: undefined, ...rulesOf(record) };
    return baseOf(record, field, definition, ruleOf);
  };

  function publish(changed: readonly ReplicaRecord[]): void {
    const families = [...records.values()].filter(({ kind }) => kind === 'family');
    const context = {
      stays: [],
      absences: [],
      families: families.map((family) => toFamily(family.id, valuesIn(family))),
      roomOf: () => null,
    };
    const summaries: ResidentSummary[] = [...records.values()]
      .filter(({ kind }) => kind === 'resident')
      .map((record) => {
        const { values, unsettled } = valuesOf(record, definitionOf('resident'));
        const isMergeDisputed = unsettled.includes('mergedInto');
        const row = { rev: record.rev, unsettled: unsettled.length > 0, isMergeDisputed };
        return summaryOf(toResident(record.id, values), row, context, day);
      });
    workspace.apply(
      summaries,
      changed.filter(({ kind }) => kind !== 'resident'),
    );
  }

  const reader: RegisterReader = {
    records: () => records,
    resident: (id) => {
      const record = records.get(refKey({ kind: 'resident', id }));
      return Promise.resolve(record === undefined ? err({ type: 'not-found' }) : ok(record));
    },
  };

  const save: Services['save'] = (request) => {
    const written = write(request.records);
    if (!written.ok) return Promise.resolve(written);
    log.push(`save ${request.action}`);
    return Promise.resolve(ok({ refs: request.records.map(({ ref }) => ref), undo: written.value }));
  };

  const pause = () => Promise.resolve();
  const decideTools = { reader, save, newId, nowMs: () => nowMs, user: testUser, appVersion: '0.0.0-test' };

  return {
    users: () => Promise.resolve([{ user: testUser, label: 'M. de Vries' }]),
    enrol: () => Promise.resolve(ok(undefined)),
    unlock: () => Promise.resolve(ok(undefined)),
    verify: () => Promise.resolve(ok(undefined)),
    lock: () => Promise.resolve(),
    setLanguage: () => Promise.resolve(),
    today: () => day,
    clockTime: () => '14:05',
    newId,
    open: (ref) => {
      const record = records.get(refKey(ref));
      if (record === undefined || isHidden(record)) return Promise.resolve(err({ type: 'not-found' }));
      log.push(`view ${refKey(ref)}`);
      const { definition, ruleOf } = { ruleOf: undefined, ...rulesOf(record) };
      return Promise.resolve(
        ok({
          record,
          ...valuesOf(record, definition, ruleOf),
          baseOf: (field: string) => baseOfRecord(record, field),
        }),
      );
    },
    save,
    saveAll: async (requests, onProgress, signal) => {
      const undo: SaveRequest[] = [];
      let saved = 0;
      for (const request of requests) {
        if (signal.aborted) break;
        const outcome = await save(request);
        if (!outcome.ok) return { saved, undo, error: outcome.error };
        if (outcome.value.undo !== null) undo.push(outcome.value.undo);
        saved += 1;
        onProgress(saved);
      }
      return { saved, undo, error: null };
    },
    scanResidents: (purpose, visit, onProgress) => {
      log.push(`scan ${purpose}`);
      const alive = [...records.values()].filter((record) => record.kind === 'resident' && !isHidden(record));
      for (const record of alive) visit(toResident(record.id, valuesIn(record)), record);
      onProgress(alive.length, alive.length);
      return Promise.resolve(ok({ read: alive.length, unreadable: 0 }));
    },
    assess: (familyId, month) => assessFamily(reader, familyId, month),
    previewPolicy: (change, onProgress, signal) =>
      previewPolicy({ reader, today: day, pause: () => Promise.resolve(), onProgress, signal }, change),
    runMonth: (scope, onProgress, signal) => assessRun({ reader, pause, onProgress, signal }, scope),
    decideMany: (approvals, onProgress, signal) => decideMany({ ...decideTools, pause, onProgress, signal }, approvals),
    decisionEffects: (onProgress, signal) => findDecisionEffects({ reader, pause, onProgress, signal }),
    decide: (familyId, month, grownChild, judgement, confirmation) =>
      decideContribution(decideTools, { familyId, month, grownChild, judgement, confirmation }),
    finaliseIntake: () => Promise.resolve(err({ type: 'not-found' })),
    openFile: () => Promise.resolve({ refused: 'cancelled', detail: '' }),
    hashOf: (text) => toHex(sha256(toUtf8(text))),
    openCompartments: () => Promise.resolve(['core', 'bsn', 'health', 'finance']),
    noteExport: (what, purpose) => {
      log.push(`export ${what}: ${purpose}`);
      return Promise.resolve(ok(undefined));
    },
    gatherSubject: (resident, purpose) => {
      const alive = [...records.values()];
      log.push(`gather ${purpose}`);
      const isPerson = (id: string) => alive.some((record) => record.kind === 'resident' && record.id === id);
      const about = alive.filter((record) => record.kind !== 'site' && mentions(record, resident));
      return Promise.resolve(
        ok(
          subjectAccess(
            resident,
            about.filter(({ kind, id }) => kind !== 'resident' || id === resident),
            isPerson,
          ),
        ),
      );
    },
    subjectLog: ([id = '']) => {
      const seen = { atMs: nowMs, clockSuspect: false, user: testUser, role: 'lead', action: 'view', kind: 'resident' };
      const entries = [{ ...seen, id, purpose: 'subject access, resident', breakGlass: false }];
      return Promise.resolve({ isWhole: true, entries });
    },
    writeTable: (options, rows) => writeTable({ ...options, pause }, rows),
    exportFile: (name, bytes, _reason, passphrase) => {
      log.push(`file ${name}${passphrase === null || passphrase === undefined ? '' : `.age under "${passphrase}"`}`);
      files.set(name, bytes);
      return Promise.resolve('saved');
    },
    savePdf: (name, passphrase) => {
      log.push(`pdf ${name}${passphrase === null || passphrase === undefined ? '' : `.age under "${passphrase}"`}`);
      return Promise.resolve('saved');
    },
    openSealed: () => Promise.resolve({ refused: 'cancelled' }),
    readSealed: () => Promise.resolve({ failed: 'no-file' }),
    saveSealed: () => Promise.resolve('no-file'),
    closeSealed: () => Promise.resolve(),
    letterFolder: () => Promise.resolve({ files: [...files.keys()].filter((name) => name.endsWith('.pdf')) }),
    saveLetter: (name) => {
      log.push(`letter ${name}`);
      files.set(name, new Uint8Array());
      return Promise.resolve('saved');
    },
    print: () => {
      log.push('print');
      return Promise.resolve();
    },
    readDraft: (key) => Promise.resolve(drafts.get(key)),
    writeDraft: (key, text) => {
      drafts.set(key, text);
      return Promise.resolve();
    },
    removeDraft: (key) => {
      drafts.delete(key);
      return Promise.resolve();
    },
    syncNow: () => Promise.resolve({ type: 'not-enrolled' }),
    syncStatus: () =>
      Promise.resolve({
        endpoint: null,
        device: 'd_0123456789abcdef',
        sites: [],
        standing: null,
        lease: null,
        waiting: [],
        rejected: [],
      }),
    heldChanges: () => Promise.resolve([]),
    connect: () => Promise.resolve({ refused: 'address' }),
    caseboxStatus: () =>
      Promise.resolve({ ready: 'not-connected', exportedMs: null, exportedOps: 0, importedMs: null, waiting: 0 }),
    exportCasebox: () => Promise.resolve(err({ type: 'not-connected' })),
    importCasebox: () => Promise.resolve(err({ type: 'not-connected' })),
    diagnose: () => Promise.resolve(aDiagnosis),
    ...over,
    put: (ref, values) => {
      const edits = Object.entries(values).map(([field, value]) => ({
        field,
        value,
        base: baseOfRecord(recordOf(ref), field),
      }));
      const written = write([{ ref, edits }]);
      if (!written.ok) throw new Error(`cannot put ${refKey(ref)}: ${written.error.field}`);
    },
    recordOf,
    valuesIn,
    log,
    drafts,
    files,
  };
}
