import { create } from 'zustand';
import type { Workspace } from '../../shared/ports.ts';
import { refKey, type RecordKind, type RecordRef } from '../../shared/records/record.ts';
import { ResidentImage } from '../../shared/register/resident-image.ts';
import type { ResidentSummary } from '../../shared/register/resident-summary.ts';
import { circlesAmong, endOfMerges, isGone, type IntoOf } from '../../shared/register/merged.ts';
import { RecordImage, recordsOf } from '../../shared/sync/record-image.ts';
import { isHidden, type ReplicaRecord } from '../../shared/sync/replica-record.ts';
import { LayeredMap } from './layered-map.ts';

/** What is open in memory: the list columns of all residents, and whole records of the small kinds. Gone on lock. */
type WorkspaceState = {
  readonly residents: LayeredMap<ResidentSummary>;
  /** Records that went into another one of the same person; those that stand in a circle are among `residents` too. */
  readonly merged: ReadonlyMap<string, ResidentSummary>;
  readonly records: LayeredMap<ReplicaRecord>;
};

const empty: WorkspaceState = {
  residents: new LayeredMap<ResidentSummary>(new ResidentImage([])),
  merged: new Map(),
  records: new LayeredMap(new Map<string, ReplicaRecord>()),
};

export const useWorkspace = create<WorkspaceState>(() => empty);

export const workspace: Workspace = {
  list: (residents, records) => {
    const merged = new Map([...residents.merged()].map((one) => [one.id, one]));
    const gone = [...merged.keys()].filter((id) => isGone(id, intoIn(merged)));
    useWorkspace.setState({
      residents: new LayeredMap(residents).with(gone.map((id) => [id, undefined])),
      merged,
      records: new LayeredMap(records),
    });
  },
  fill: (records) => {
    useWorkspace.setState({ records: new LayeredMap(records) });
  },
  apply: (residents, records) => {
    if (residents.length + records.length === 0) return;
    const state = useWorkspace.getState();
    const hidden = records.filter((record) => record.kind === 'resident' && isHidden(record));
    const merged = withMerges(state.merged, residents);
    const intoOf = intoIn(merged);
    // One merge more can close a circle, or open one: then others come back to the list, or go.
    const others = merged === state.merged ? [] : merged.values();
    useWorkspace.setState({
      residents: state.residents.with([
        ...[...residents, ...others].map((one) => [one.id, isGone(one.id, intoOf) ? undefined : one] as const),
        ...hidden.map(({ id }) => [id, undefined] as const),
      ]),
      merged,
      records: state.records.with(records.map((record) => [refKey(record), record])),
    });
  },
  remove: (refs) => {
    const state = useWorkspace.getState();
    const gone = refs.flatMap((ref) => (ref.kind === 'resident' ? [[ref.id, undefined] as const] : []));
    useWorkspace.setState({
      residents: state.residents.with(gone),
      records: state.records.with(refs.map((ref) => [refKey(ref), undefined] as const)),
    });
  },
  clear: () => {
    for (const forget of forgetters) forget();
    useWorkspace.setState(empty, true);
  },
};

const intoIn =
  (merged: WorkspaceState['merged']): IntoOf =>
  (id) =>
    merged.get(id)?.mergedInto;

/** The same map while no merge is made or taken back. */
function withMerges(
  merged: WorkspaceState['merged'],
  changed: readonly ResidentSummary[],
): ReadonlyMap<string, ResidentSummary> {
  const concerned = changed.filter(({ id, mergedInto }) => mergedInto !== undefined || merged.has(id));
  if (concerned.length === 0) return merged;
  const next = new Map(merged);
  for (const one of concerned) {
    if (one.mergedInto === undefined) next.delete(one.id);
    else next.set(one.id, one);
  }
  return next;
}

/** Where a resident's record went, along the chain; the id itself for one that stands for itself. */
export const currentIdOf = (merged: WorkspaceState['merged'], id: string): string => endOfMerges(id, intoIn(merged));

/** Residents that were merged into each other on different laptops. */
export const mergeCircles = (merged: WorkspaceState['merged']): readonly (readonly string[])[] =>
  circlesAmong(merged.keys(), intoIn(merged));

export const findRecord = (records: ReadonlyMap<string, ReplicaRecord>, ref: RecordRef): ReplicaRecord | undefined =>
  records.get(refKey(ref));

type Root = ReadonlyMap<string, ReplicaRecord>;
type Listed<T> = {
  readonly records: LayeredMap<ReplicaRecord>;
  readonly root: Root;
  /** Of the root alone: by far the most of a large register. */
  readonly ofRoot: ReadonlyMap<string, T>;
  readonly list: readonly T[];
};

/** What a screen reads of all records of one kind; the same list as long as no record of the kind changes. */
type KindList<T> = (records: ReadonlyMap<string, ReplicaRecord>) => readonly T[];
/** Reads a large list in steps; null where it is there at once. */
type Begin = (records: ReadonlyMap<string, ReplicaRecord>) => Generator<void> | null;

const begins: { readonly kind: RecordKind; readonly begin: Begin }[] = [];

/** Lists of these kinds that a screen would have to read before it can be shown, as steps to do between two frames. */
export const readingsOf = (
  records: ReadonlyMap<string, ReplicaRecord>,
  kinds: readonly RecordKind[],
): readonly Generator<void>[] =>
  begins.flatMap(({ kind, begin }) => (kinds.includes(kind) ? (begin(records) ?? []) : []));

/**
 * The list of one kind. Of a large register the records themselves are not kept: what `read` makes of them is smaller. A
 * save of a stay leaves the families of a country alone.
 */
export function makeKindList<T>(
  kind: RecordKind,
  read: (record: ReplicaRecord) => T | undefined,
  /** The same for a record that nobody sees again. */
  readOnce: (record: ReplicaRecord) => T | undefined = read,
): KindList<T> {
  let last: Listed<T> | null = null;
  let reading: { readonly root: Root; readonly views: Map<string, T>; readonly steps: Generator<void> } | null = null;
  forgetters.push(() => {
    last = null;
    reading = null;
  });
  const readerOf = (root: Root) => {
    if (reading?.root !== root) {
      const views = new Map<string, T>();
      reading = { root, views, steps: readAll(root, kind, root instanceof RecordImage ? readOnce : read, views) };
    }
    return reading;
  };
  begins.push({
    kind,
    begin: (records) => {
      const root = records instanceof LayeredMap ? (records as LayeredMap<ReplicaRecord>).root : undefined;
      if (!(root instanceof RecordImage) || last?.root === root) return null;
      const { views, steps } = readerOf(root);
      return (function* () {
        while (last?.root !== root && steps.next().done !== true) yield;
        if (last?.root === root || reading?.root !== root) return;
        const map = records as LayeredMap<ReplicaRecord>;
        last = { records: map, root, ofRoot: views, list: listOver(views, map.over, kind, read) };
        reading = null;
      })();
    },
  });
  return (records) => {
    if (!(records instanceof LayeredMap)) return recordsOf(records, kind).flatMap((record) => read(record) ?? []);
    const map = records as LayeredMap<ReplicaRecord>;
    if (last?.records === map) return last.list;
    const root = map.root;
    const changed = last === null ? undefined : map.changedSince(last.records);
    if (last !== null && changed?.some((key) => key.startsWith(`${kind}/`)) === false) {
      last = { ...last, records: map };
      return last.list;
    }
    const ofRoot = last?.root === root ? last.ofRoot : wholeOf(readerOf(root));
    reading = null;
    const list = listOver(ofRoot, map.over, kind, read);
    last = { records: map, root, ofRoot, list };
    return list;
  };
}

function wholeOf<T>({ views, steps }: { readonly views: Map<string, T>; readonly steps: Generator<void> }) {
  while (steps.next().done !== true);
  return views;
}

const forgetters: (() => void)[] = [];

function* readAll<T>(
  root: Root,
  kind: RecordKind,
  read: (record: ReplicaRecord) => T | undefined,
  views: Map<string, T>,
): Generator<void> {
  const records = root instanceof RecordImage ? root.ofKind(kind) : root.values();
  for (const record of records) {
    const view = record.kind === kind ? read(record) : undefined;
    if (view !== undefined) views.set(refKey(record), view);
    yield;
  }
}

function listOver<T>(
  ofRoot: ReadonlyMap<string, T>,
  over: ReadonlyMap<string, ReplicaRecord | undefined>,
  kind: RecordKind,
  read: (record: ReplicaRecord) => T | undefined,
): readonly T[] {
  const changed = [...over].filter(([key]) => key.startsWith(`${kind}/`));
  if (changed.length === 0) return [...ofRoot.values()];
  const list: T[] = [];
  const keys = new Map(changed);
  for (const [key, view] of ofRoot) {
    if (!keys.has(key)) list.push(view);
    else {
      const record = keys.get(key);
      const next = record && read(record);
      if (next !== undefined) list.push(next);
    }
  }
  for (const [key, record] of changed) {
    const next = record === undefined || ofRoot.has(key) ? undefined : read(record);
    if (next !== undefined) list.push(next);
  }
  return list;
}

/** Records of a kind among which are all that say something about a resident: whoever reads them looks which. */
export function recordsNear(
  records: ReadonlyMap<string, ReplicaRecord>,
  kind: RecordKind,
  resident: string,
): readonly ReplicaRecord[] {
  if (!(records instanceof LayeredMap)) return recordsOf(records, kind);
  const { root, over } = records as LayeredMap<ReplicaRecord>;
  const ofRoot = root instanceof RecordImage ? [...root.ofKindNear(kind, resident)] : recordsOf(root, kind);
  const changed = [...over.values()].flatMap((record) => (record?.kind === kind ? record : []));
  return [...ofRoot.filter((record) => !over.has(refKey(record))), ...changed];
}

const kindLists = new Map<RecordKind, (records: ReadonlyMap<string, ReplicaRecord>) => readonly ReplicaRecord[]>();

/** The records themselves, for kinds of which there are few. */
export function recordsOfKind(records: ReadonlyMap<string, ReplicaRecord>, kind: RecordKind): readonly ReplicaRecord[] {
  const list = kindLists.get(kind) ?? makeKindList(kind, (record) => record);
  kindLists.set(kind, list);
  return list(records);
}
