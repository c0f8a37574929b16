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

const empty: WorkspaceState = { residents: new LayeredMap(new Map()), records: new LayeredMap(new Map()) };

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
  clear: () => useWorkspace.setState(empty, true),
};

export const findRecord = (records: ReadonlyMap<string, ReplicaRecord>, ref: RecordRef): ReplicaRecord | undefined =>
  records.get(refKey(ref));

export function recordsOfKind(records: ReadonlyMap<string, ReplicaRecord>, kind: RecordKind): readonly ReplicaRecord[] {
  return [...records.values()].filter((record) => record.kind === kind);
}
