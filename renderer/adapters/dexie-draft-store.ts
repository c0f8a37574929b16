import { fromUtf8, toUtf8, type Bytes } from '../../shared/kernel/bytes.ts';
import { err, ok } from '../../shared/kernel/result.ts';
import type { Cipher, DraftStore } from '../../shared/ports.ts';
import type { Database } from './database.ts';
import { toStorageError } from './in-transaction.ts';

/** Typed text under the user's own key, which colleagues on the same laptop do not have. A draft that does not open is none. */
export function makeDexieDraftStore(database: Database, cipher: Cipher, user: string): DraftStore {
  const placeOf = (key: string) => ({ table: 'drafts', id: `${user}/${key}`, compartment: 'own' as const, rev: 0 });
  return {
    read: async (key) => {
      const row = await database.drafts.get(`${user}/${key}`);
      const content = row && (await cipher.open(placeOf(key), row.box as Bytes));
      return content?.ok === true ? fromUtf8(content.value) : undefined;
    },
    write: async (key, text) => {
      const box = await cipher.seal(placeOf(key), toUtf8(text.toWellFormed()));
      try {
        await database.drafts.put({ key: `${user}/${key}`, box });
        return ok(undefined);
      } catch (error) {
        return err(toStorageError(error));
      }
    },
    remove: (key) => database.drafts.delete(`${user}/${key}`),
  };
}
