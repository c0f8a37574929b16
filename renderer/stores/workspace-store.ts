import { create } from 'zustand';
import type { Workspace } from '../../shared/ports.ts';
import { refKey, type RecordKind, type RecordRef } from '../../shared/records/record.ts';
import type { ResidentSummary } from '../../shared/register/resident-summary.ts';
import { isHidden, type ReplicaRecord } from '../../shared/sync/replica-record.ts';
import { LayeredMap } from './layered-map.ts';

/** What is open in memory: the list columns of all residents, and whole records of the small kinds. Gone on lock. */
type WorkspaceState = {
  readonly residents: LayeredMap<ResidentSummary>;
  readonly records: LayeredMap<ReplicaRecord>;
};

const empty: WorkspaceState = {
  residents: new LayeredMap(new Map<string, ResidentSummary>()),
  records: new LayeredMap(new Map<string, ReplicaRecord>()),
};

export const useWorkspace = create<WorkspaceState>(() => empty);

export const workspace: Workspace = {
  list: (residents, records) => {
    useWorkspace.setState({
      residents: new LayeredMap(new Map(residents.map((resident) => [resident.id, resident]))),
      records: new LayeredMap(new Map(records.map((record) => [refKey(record), record]))),
    });
  },
  apply: (residents, records) => {
    if (residents.length + records.length === 0) return;
    const state = useWorkspace.getState();
    const hidden = records.filter((record) => record.kind === 'resident' && isHidden(record));
    useWorkspace.setState({
      residents: state.residents.with([
        ...residents.map((resident) => [resident.id, resident] as const),
        ...hidden.map(({ id }) => [id, undefined] as const),
      ]),
      records: state.records.with(records.map((record) => [refKey(record), record])),
    });
  },
  clear: () => {
    lastSorted = null;
    useWorkspace.setState(empty, true);
  },
};

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
