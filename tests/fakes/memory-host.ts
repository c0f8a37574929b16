import type { Host } from '../../shared/ipc-contract.ts';
import { toHex, toUtf8 } from '../../shared/kernel/bytes.ts';
import type { SealedOp } from '../../shared/ports.ts';

export type HostEntry = { readonly action: string; readonly kind: string; readonly id: string };

/** The main process of one device: journal and audit chain in memory, by the rules of the real ones. */
export function memoryHost() {
  const journal = new Map<string, SealedOp>();
  const prepared = new Map<string, HostEntry>();
  const audit: HostEntry[] = [];
  let answer: 'fsynced' | 'full' | 'failed' = 'fsynced';

  const host: Pick<Host, 'audit:prepare' | 'journal:append' | 'journal:status' | 'journal:read'> = {
    'audit:prepare': (entry) => {
      const box = toUtf8(JSON.stringify({ seq: audit.length + 1, ...entry, no: prepared.size }));
      prepared.set(toHex(box), entry);
      return Promise.resolve({ seq: audit.length + 1, box });
    },
    'journal:append': ({ ops, audit: row }) => {
      if (answer !== 'fsynced') return Promise.resolve(answer);
      for (const op of ops) journal.set(`${toHex(op.w)}.${op.n}`, op);
      const entry = row === null ? undefined : prepared.get(toHex(row.box));
      if (row !== null && entry !== undefined && row.seq === audit.length + 1) audit.push(entry);
      return Promise.resolve('fsynced');
    },
    'journal:status': () => Promise.resolve({ ops: journal.size, damaged: 0 }),
    'journal:read': ({ skip }) =>
      Promise.resolve([...journal.values()].slice(skip, skip + 50).map((op) => ({ ...op, w: Uint8Array.from(op.w) }))),
  };
  return {
    host,
    journal,
    /** Entries that count: those that came back with a commit. */
    audit,
    answerWith: (next: typeof answer) => {
      answer = next;
    },
  };
}
