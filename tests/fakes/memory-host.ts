import type { Host, Response } from '../../shared/ipc-contract.ts';
import { toHex, toUtf8 } from '../../shared/kernel/bytes.ts';
import type { SealedLocal, SealedOp } from '../../shared/ports.ts';
import { countIn, lastIn } from '../../renderer/use-cases/op-boxes.ts';

export type HostEntry = { readonly action: string; readonly kind: string; readonly id: string };

/** The main process of one device: journal and audit chain in memory, by the rules of the real ones. */
export function memoryHost() {
  const journal = new Map<string, SealedOp>();
  const locals = new Map<string, SealedLocal>();
  const prepared = new Map<string, HostEntry>();
  const audit: HostEntry[] = [];
  let answer: 'fsynced' | 'full' | 'failed' = 'fsynced';

  const host: Pick<
    Host,
    'audit:prepare' | 'journal:append' | 'journal:replace' | 'journal:status' | 'journal:read' | 'journal:locals'
  > = {
    'audit:prepare': (entry) => {
      const box = toUtf8(JSON.stringify({ seq: audit.length + 1, ...entry, no: prepared.size }));
      prepared.set(toHex(box), entry);
      return Promise.resolve({ seq: audit.length + 1, box });
    },
    'journal:append': ({ ops, audit: row, locals: editions }) => {
      if (answer !== 'fsynced') return Promise.resolve(answer);
      for (const op of ops) journal.set(`${toHex(op.w)}.${op.n}`, op);
      for (const local of editions)
        if (local.n > (locals.get(toHex(local.w))?.n ?? 0)) locals.set(toHex(local.w), local);
      const entry = row === null ? undefined : prepared.get(toHex(row.box));
      if (row !== null && entry !== undefined && row.seq === audit.length + 1) audit.push(entry);
      return Promise.resolve('fsynced');
    },
    'journal:replace': ({ ops }) => {
      if (answer !== 'fsynced') return Promise.resolve(answer);
      for (const op of ops) if (journal.has(`${toHex(op.w)}.${op.n}`)) journal.set(`${toHex(op.w)}.${op.n}`, op);
      return Promise.resolve('fsynced');
    },
    'journal:status': () => Promise.resolve(statusOf(journal.values(), locals.values())),
    'journal:read': ({ skip }) => Promise.resolve(pageOf(journal.values(), skip)),
    'journal:locals': ({ skip }) => Promise.resolve(pageOf(locals.values(), skip)),
  };
  return {
    host,
    journal,
    locals,
    /** Entries that count: those that came back with a commit. */
    audit,
    answerWith: (next: typeof answer) => {
      answer = next;
    },
  };
}

/** What the journal tells of itself. */
export function statusOf(ops: Iterable<SealedOp>, locals: Iterable<SealedLocal>): Response<'journal:status'> {
  const writers = [...Map.groupBy(ops, ({ w }) => toHex(w)).values()].map((own) => ({
    w: Uint8Array.from(own[0]?.w ?? []),
    last: own.reduce((last, box) => Math.max(last, lastIn(box)), 0),
    ops: countIn(own),
  }));
  const count = writers.reduce((sum, writer) => sum + writer.ops, 0);
  const editions = [...locals].map(({ w, n }) => ({ w: Uint8Array.from(w), n }));
  return { ops: count, damaged: 0, expected: 0, writers, locals: editions };
}

/** In small answers, so that reading goes on over several. */
export const pageOf = (boxes: Iterable<SealedOp>, skip: number) =>
  [...boxes].slice(skip, skip + 50).map((box) => ({ ...box, w: Uint8Array.from(box.w) }));
