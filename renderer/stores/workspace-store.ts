import { create } from 'zustand';
import type { Workspace } from '../../shared/ports.ts';
import { refKey, type RecordKind, type RecordRef } from '../../shared/records/record.ts';
import { ResidentImage } from '../../shared/register/resident-image.ts';
import type { ResidentSummary } from '../../shared/register/resident-summary.ts';
import { circlesAmong, endOfMerges, isGone, type IntoOf } from '../../shared/register/merged.ts';
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
      records: new LayeredMap(new Map(records.map((record) => [refKey(record), record]))),
    });
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
    lastSorted = null;
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

type ByKind = ReadonlyMap<string, readonly ReplicaRecord[]>;
let lastSorted: { readonly records: LayeredMap<ReplicaRecord>; readonly byKind: ByKind } | null = null;

/** The same list as long as no record of the kind changes: a save of a stay leaves the families of a country alone. */
export function recordsOfKind(records: ReadonlyMap<string, ReplicaRecord>, kind: RecordKind): readonly ReplicaRecord[] {
  if (!(records instanceof LayeredMap)) return [...records.values()].filter((record) => record.kind === kind);
  const all = records as LayeredMap<ReplicaRecord>;
  if (lastSorted?.records !== all) lastSorted = { records: all, byKind: sortedByKind(all) };
  return lastSorted.byKind.get(kind) ?? none;
}

const none: readonly ReplicaRecord[] = [];

function sortedByKind(records: LayeredMap<ReplicaRecord>): ByKind {
  const changed = lastSorted === null ? undefined : records.changedSince(lastSorted.records);
  const before = changed === undefined ? undefined : lastSorted?.byKind;
  const kinds = changed && new Set(changed.map((key) => key.slice(0, key.indexOf('/'))));
  const byKind = new Map<string, ReplicaRecord[]>();
  for (const record of records.values()) {
    if (kinds !== undefined && !kinds.has(record.kind)) continue;
    const list = byKind.get(record.kind);
    if (list === undefined) byKind.set(record.kind, [record]);
    else list.push(record);
  }
  if (before === undefined || kinds === undefined) return byKind;
  return new Map([...[...before].filter(([kind]) => !kinds.has(kind)), ...byKind]);
}
