import { err, ok } from '../../shared/kernel/result.ts';
import type { RegisterReader } from './assess-family.ts';
import { openRow } from './record-rows.ts';
import type { Vault } from './vault.ts';

/** Records for calculations: the small kinds are in memory, a resident is opened when it is needed. */
export const registerReader = (vault: Vault): RegisterReader => ({
  records: () => vault.memory.records.all(),
  resident: async (id) => {
    const row = await vault.store.read({ kind: 'resident', id });
    if (row === undefined) return err({ type: 'not-found' });
    const opened = await openRow(vault.cipher, row);
    return opened.ok ? ok(opened.value.record) : opened;
  },
});
