import { create } from 'zustand';
import type { Workspace } from '../../shared/ports.ts';
import { refKey, type RecordKind, type RecordRef } from '../../shared/records/record.ts';
import type { ResidentSummary } from '../../shared/register/resident-summary.ts';
import { isHidden, type ReplicaRecord } from '../../shared/sync/replica-record.ts';

/** What is open in memory: the list columns of all residents, and whole records of the small kinds. Gone on lock. */
type WorkspaceState = {
  readonly residents: ReadonlyMap<string, ResidentSummary>;
  readonly records: ReadonlyMap<string, ReplicaRecord>;
};

const empty: WorkspaceState = { residents: new Map(), records: new Map() };

export const useWorkspace = create<WorkspaceState>(() => empty);

export const workspace: Workspace = {
  list: (residents, records) => {
    useWorkspace.setState({
      residents: new Map(residents.map((resident) => [resident.id, resident])),
      records: new Map(records.map((record) => [refKey(record), record])),
    });
  },
  apply: (residents, records) => {
    const state = useWorkspace.getState();
    const nextResidents = new Map(state.residents);
    for (const resident of residents) nextResidents.set(resident.id, resident);
    const nextRecords = new Map(state.records);
    for (const record of records) {
      nextRecords.set(refKey(record), record);
      if (record.kind === 'resident' && isHidden(record)) nextResidents.delete(record.id);
    }
    useWorkspace.setState({ residents: nextResidents, records: nextRecords });
  },
  clear: () => useWorkspace.setState(empty, true),
};

export const findRecord = (records: WorkspaceState['records'], ref: RecordRef): ReplicaRecord | undefined =>
  records.get(refKey(ref));

export function recordsOfKind(records: WorkspaceState['records'], kind: RecordKind): readonly ReplicaRecord[] {
  return [...records.values()].filter((record) => record.kind === kind);
}
