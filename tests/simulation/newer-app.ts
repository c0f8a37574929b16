import * as z from 'zod';
import { commitChanges, copyPending, writersFor } from '../../renderer/use-cases/commit-changes.ts';
import { reloadKnown } from '../../renderer/use-cases/known-store.ts';
import { noteOrigin, openRow } from '../../renderer/use-cases/record-rows.ts';
import type { Vault } from '../../renderer/use-cases/vault.ts';
import type { FieldRule } from '../../shared/records/field-rule.ts';
import type { RecordRef } from '../../shared/records/record.ts';
import { chainStart } from '../../shared/sync/chain.ts';
import { dotOf } from '../../shared/sync/dots.ts';
import { definitionOf } from '../../shared/sync/field-classes.ts';
import { makeSave } from '../../shared/sync/make-changes.ts';
import { liveOf } from '../../shared/sync/replica-record.ts';

/** A field that only the next version of the app knows. */
export const fieldOfNextVersion = 'eyeColour';
const rule: FieldRule = { schema: z.string(), class: 'review', compartment: 'core', sharing: 'central' };

/** What the next version of the app does to save its field, on a laptop that has it already. True when it was saved. */
export function saveAsNewerApp(vault: Vault, ref: RecordRef, value: string): Promise<boolean> {
  return vault.queue.run(async () => {
    for (let attempt = 1; attempt <= 5; attempt++) {
      const row = await vault.store.read(ref);
      const opened = row && (await openRow(vault.cipher, row));
      if (opened?.ok !== true) return false;
      const { record } = opened.value;
      const writers = writersFor(vault, ['core'], (w) => chainStart(w, vault.sha256));
      const base = liveOf(record, fieldOfNextVersion).map(dotOf);
      const edits = [{ field: fieldOfNextVersion, value, base }];
      const save = makeSave([{ record, edits, definition: definitionOf(ref.kind), ruleOf: () => rule }], {
        author: { user: vault.user.id, schema: 2, clockQuality: vault.clock.quality() },
        writers,
        lastStamp: vault.memory.known.lastStamp,
        wallMs: vault.clock.nowMs(),
        random: vault.random.bytes,
        sha256: vault.sha256,
      });
      const changes = save.ok ? save.value.byCompartment.core : undefined;
      const next = save.ok ? save.value.records[0]?.record : undefined;
      if (!save.ok || changes === undefined || next === undefined || writers.core === undefined) return false;
      for (const change of changes) noteOrigin(change, 'core');
      await copyPending(vault);
      const committed = await commitChanges(vault, {
        records: [{ before: opened.value, next }],
        own: [{ c: 'core', writer: writers.core, changes }],
        lastStamp: save.value.lastStamp,
        audit: null,
        page: null,
      });
      if (committed.ok) {
        await copyPending(vault);
        return true;
      }
      if (committed.error.type !== 'moved' || !(await reloadKnown(vault)).ok) return false;
    }
    return false;
  });
}
