import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { liveOf, type ReplicaRecord } from '../shared/sync/replica-record.ts';
import { saveIdOf } from '../shared/sync/undo-save.ts';
import { errorMessage } from './i18n/error-message.ts';
import { useServices } from './services.tsx';
import { mergeEdits, settleMergeEdits, undoMergeEdits } from './stores/merge-edits.ts';
import { addNotice } from './stores/session-store.ts';
import { useWorkspace } from './stores/workspace-store.ts';
import { useSave } from './use-save.ts';

/** Opens the records of these people; undefined, and said so, when one of them cannot be opened. */
function useOpenPeople(): (ids: readonly string[]) => Promise<readonly ReplicaRecord[] | undefined> {
  const services = useServices();
  return useCallback(
    async (ids) => {
      const people: ReplicaRecord[] = [];
      for (const id of ids) {
        const opened = await services.open({ kind: 'resident', id });
        if (!opened.ok) {
          addNotice({ tone: 'error', text: errorMessage(opened.error) });
          return undefined;
        }
        people.push(opened.value.record);
      }
      return people;
    },
    [services],
  );
}

/** The saves that made `mergedInto` what stands there now, but for those that say `except`. */
const mergeSavesOf = (record: ReplicaRecord, except: string | null): readonly string[] =>
  liveOf(record, 'mergedInto').flatMap((change) =>
    (change.v ?? null) === null || change.v === except ? [] : [saveIdOf(change)],
  );

/** Gives back, as one save, everything that the merge of this record changed. */
export function useUndoMerge(): (gone: ReplicaRecord) => Promise<boolean> {
  const { t } = useTranslation('register');
  const save = useSave();
  const open = useOpenPeople();
  return useCallback(
    async (gone) => {
      const [merge] = liveOf(gone, 'mergedInto');
      if (merge === undefined || typeof merge.v !== 'string') return false;
      const people = await open([merge.v]);
      if (people === undefined) return false;
      const edits = undoMergeEdits(saveIdOf(merge), [gone, ...people], useWorkspace.getState().records);
      return (await save({ records: edits, action: 'undo', purpose: null }, t('merge.undone'))) !== undefined;
    },
    [open, save, t],
  );
}

/** One choice between merges that contradict each other: `gone` goes into `kept`, or stays on its own. */
export function useSettleMerge() {
  const { t } = useTranslation('register');
  const save = useSave();
  const open = useOpenPeople();
  return useCallback(
    async (gone: string, kept: string | null, ids: readonly string[]) => {
      const people = await open(ids);
      if (people === undefined) return;
      // In a circle the one who stays was merged too; that is given back, as is what says anything but `kept`.
      const dropped = people
        .filter(({ id }) => id === gone || id === kept)
        .flatMap((record) => mergeSavesOf(record, record.id === gone ? kept : null));
      const edits = settleMergeEdits(gone, kept, dropped, people, useWorkspace.getState().records);
      await save({ records: edits, action: 'resolve', purpose: null }, t('merge.settled'));
    },
    [open, save, t],
  );
}

/** What came in later for a record that went, goes after it. */
export function useMoveAlong() {
  const { t } = useTranslation('register');
  const save = useSave();
  const open = useOpenPeople();
  return useCallback(
    async (goneId: string, keptId: string) => {
      const [gone, kept] = (await open([goneId, keptId])) ?? [];
      if (gone === undefined || kept === undefined) return;
      const edits = mergeEdits(gone, kept, new Map(), useWorkspace.getState().records);
      await save({ records: edits, action: 'resolve', purpose: null }, t('merge.movedAlong'));
    },
    [open, save, t],
  );
}
