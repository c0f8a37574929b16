import { deflateRawSync } from 'node:zlib';
import type { FrameSender } from '../../electron/frame-sender.ts';
import type { Transaction } from '../../endpoint/database.ts';
import { unpackOne } from '../../endpoint/feeds.ts';
import { noteAgreement } from '../../renderer/use-cases/give-back.ts';
import { SyncTimes } from '../../renderer/use-cases/sync-times.ts';
import { countIn, lastIn } from '../../renderer/use-cases/op-boxes.ts';
import { chainAt } from '../../renderer/use-cases/own-ops.ts';
import { toHex } from '../../shared/kernel/bytes.ts';
import { recordIdOf } from '../../shared/kernel/ids.ts';
import { stampOf } from '../../shared/kernel/hybrid-clock.ts';
import { err, ok } from '../../shared/kernel/result.ts';
import type { KindDefinition } from '../../shared/records/field-rule.ts';
import { refKey, type Value } from '../../shared/records/record.ts';
import { isList, sameValue } from '../../shared/sync/canonical.ts';
import { dotOf } from '../../shared/sync/dots.ts';
import { encodeFrame } from '../../shared/sync/frame.ts';
import { feedStart } from '../../shared/sync/page.ts';
import { spareOps } from '../../shared/sync/compact.ts';
import { definitionOf, ruleOfRecord } from '../../shared/sync/field-classes.ts';
import {
  baseOf,
  liveOf,
  registersOf,
  valuesOf,
  type RecordValues,
  type ReplicaRecord,
} from '../../shared/sync/replica-record.ts';
import { unpackOps } from '../../shared/sync/row-codec.ts';
import { sha256 } from './endpoint.ts';
import { fieldOfNextVersion } from './newer-app.ts';
import { nameOfDot } from './reference.ts';
import type { Variant } from './variant.ts';

/** The kind as it would be if somebody had classed its fields as unimportant. */
function asLww(definition: KindDefinition): KindDefinition {
  const fields = Object.entries(definition.fields).map(
    ([field, rule]) => [field, rule.class === 'review' ? ({ ...rule, class: 'lww' } as const) : rule] as const,
  );
  return { ...definition, fields: Object.fromEntries(fields) };
}

const farFuture = 1_795_000_000_000 + 400 * 86_400_000;

/** A member goes as soon as anybody removed an equal one, also one that was added meanwhile. */
function removeWins(record: ReplicaRecord): RecordValues {
  const view = valuesOf(record, definitionOf(record.kind), ruleOfRecord(record));
  const removals = record.ops.filter(({ k }) => k === 'rem');
  const named = new Set(removals.flatMap(({ b }) => b.map(nameOfDot)));
  const removed = record.ops.filter((op) => named.has(nameOfDot(op))).map(({ v }) => v ?? null);
  const shorten = (value: Value): Value =>
    isList(value) ? value.filter((item) => !removed.some((one) => sameValue(one, item))) : value;
  const values = Object.entries(view.values).map(([field, value]) => [field, shorten(value)] as const);
  return { ...view, values: Object.fromEntries(values) };
}

/** `unique(bed)` with ON CONFLICT DO NOTHING: the second stay in a bed is confirmed and dropped. */
function withUniqueBed(tx: Transaction, taken: Set<string>): Transaction {
  const query = (text: string, values: readonly unknown[] = []) => {
    if (!text.trimStart().startsWith('INSERT INTO op ')) return tx.query(text, [...values]);
    const isSecond = (values[10] as readonly Uint8Array[]).map((body) => {
      const { f, v } = unpackOne(body);
      if (f !== 'stay' || typeof v !== 'object' || v === null || !('bed' in v)) return false;
      const bed = JSON.stringify([v.site, v.bed]);
      return taken.has(bed) || !taken.add(bed);
    });
    const kept = values.map((column, at) => (at < 3 ? column : (column as unknown[]).filter((_, no) => !isSecond[no])));
    return tx.query(text, kept);
  };
  return { query } as unknown as Transaction;
}

/** Nothing follows where the endpoint could not read it. */
const sendShort: FrameSender['send'] = async (frame, names, sign, send) =>
  (await send(encodeFrame(frame, { sha256, deflate: deflateRawSync, sign }, names))).answer;

/**
 * The bugs of sync.md §6 that the present code could have, and a few of the same kind. Those without their subject yet
 * (held operations) are not in the list.
 */
export const mutants: Readonly<Record<string, Variant>> = {
  'only the short form goes out, whatever the endpoint has': { frames: () => ({ send: sendShort }) },
  'M1 no resend after a restore': {
    transport: (transport, vault) => ({
      ...transport,
      hello: async (...asked) => {
        const hello = await transport.hello(...asked);
        if (!hello.ok) return hello;
        const { writers: known } = vault.memory.known;
        const isKept = ({ w, n }: { readonly w: Uint8Array; readonly n: number }) =>
          n >= (known.get(toHex(w))?.acked ?? 0);
        return ok({ ...hello.value, writers: hello.value.writers.filter(isKept) });
      },
    }),
  },
  'M2 no fork check': {
    // Neither asked about nor noticed: a refused number counts as one that is there already.
    transport: (transport, { memory }) => ({
      ...transport,
      hello: async (...asked) => {
        const hello = await transport.hello(...asked);
        if (!hello.ok) return hello;
        const own = new Map(asked[0].map(({ w, n, h }) => [toHex(w), { n, h }]));
        const writers = hello.value.writers.map((one) => {
          const named = own.get(toHex(one.w));
          return named?.n === one.at ? { ...one, h: named.h } : one;
        });
        return ok({ ...hello.value, writers });
      },
      push: async (batch) => {
        const pushed = await transport.push(batch);
        const last = batch.ops.at(-1);
        const isOwn = last !== undefined && memory.known.writers.has(toHex(last.w));
        if (pushed.ok || pushed.error.type !== 'rewound' || !isOwn) return pushed;
        return ok({ acked: dotOf(last), held: [] });
      },
    }),
  },
  'a fork is left alone: its writer ends and nothing goes out again': {
    store: (store) => ({
      ...store,
      commit: (write) => {
        const isAgain = write.writers.some(({ standsFor }) => standsFor !== undefined);
        return isAgain ? Promise.resolve(err({ type: 'storage-failed' })) : store.commit(write);
      },
    }),
  },
  'M7 the new epoch is noted before everything is given back': {
    transport: (transport, vault) => ({
      ...transport,
      hello: async (...asked) => {
        const hello = await transport.hello(...asked);
        if (!hello.ok || vault.cipher.compartments.every((c) => vault.memory.known.epochs[c] === hello.value.epoch))
          return hello;
        const { compartments: held } = vault.cipher;
        const known = [...vault.memory.known.feeds.values()].filter(({ c }) => held.includes(c));
        const begin = known.map(({ site, c }) => ({ site, c, pos: 0, h: feedStart() }));
        await vault.queue.run(() => noteAgreement(vault, begin, held, hello.value));
        return hello;
      },
    }),
  },
  'pages are not given back': {
    transport: (transport) => ({ ...transport, redeposit: () => Promise.resolve(ok({ took: 0, at: null })) }),
  },
  'a moment of the history is never missed': {
    transport: (transport) => ({
      ...transport,
      hello: async (...asked) => {
        const hello = await transport.hello(...asked);
        return hello.ok ? ok({ ...hello.value, seen: hello.value.seen.map(() => true) }) : hello;
      },
    }),
  },
  'M3 cursor before data': {
    store: (store, process, image) => ({
      ...store,
      commit: async (write) => {
        if (write.page === null) return store.commit(write);
        const moved = await store.commit({ ...write, rows: [], summaryDelta: null, page: null });
        if (!moved.ok) return moved;
        await process.call(() => undefined);
        for (const row of write.rows) image.rows.set(refKey(row.ref), row);
        return ok(undefined);
      },
    }),
  },
  'M4 a gap in the numbers of a writer': {
    saved: ({ memory }) => {
      for (const [c, writer] of memory.ownWriters) memory.ownWriters.set(c, { ...writer, next: writer.next + 1 });
    },
  },
  'M5 review treated as lww': {
    baseAtOpening: ({ record }, field) => baseOf(record, field, asLww(definitionOf(record.kind)), ruleOfRecord(record)),
    valuesOf: (record) => valuesOf(record, asLww(definitionOf(record.kind)), ruleOfRecord(record)),
  },
  'M6 the same writer after a restart': {
    started: async (vault) => {
      for (const { w, c, user, next } of vault.memory.known.writers.values()) {
        const head = await chainAt(vault, { w }, next - 1);
        if (user === vault.user.id && head !== undefined) vault.memory.ownWriters.set(c, { w, next, head });
      }
    },
  },
  'M8 base taken at saving, not at opening': { baseAtSaving: (present, field) => present.baseOf(field) },
  'M9 unknown field dropped, cursor advanced': {
    transport: (transport) => ({
      ...transport,
      pull: async (feed) => {
        const page = await transport.pull(feed);
        if (!page.ok) return page;
        const entries = page.value.entries.filter(({ kind, ...rest }) => {
          return kind !== 'op' || !('op' in rest) || rest.op.f !== fieldOfNextVersion;
        });
        return ok({ ...page.value, entries });
      },
    }),
  },
  'M10 evict deletes unsent operations': {
    store: (store, _process, image, disk) => ({
      ...store,
      commit: async (write) => {
        const left = new Set(write.moves?.departed.flatMap(({ ref, site }) => (site === '' ? [] : [ref.id])));
        for (const [w, ops] of left.size === 0 ? [] : image.ops) {
          for (const [n, sealed] of ops) {
            const { box } = sealed;
            // The cipher of the tests is clear text behind its place.
            const unpacked = unpackOps(box.subarray(1 + (box[0] ?? 0)));
            const isOfThem = unpacked.ok && unpacked.value.some(({ id }) => left.has(recordIdOf(id)));
            if (!isOfThem || lastIn(sealed) <= (image.writers.get(w)?.acked ?? 0)) continue;
            ops.delete(n);
            disk.journal.delete(`${w}.${n}`);
            image.opCount -= countIn([sealed]);
          }
        }
        return store.commit(write);
      },
    }),
  },
  'M12 retry timer lost after a failure': {
    times: (nowMs) => {
      const times = new SyncTimes(nowMs);
      times.failed = () => undefined;
      return times;
    },
  },
  'M11 a stamp from the future fails the page': {
    transport: (transport) => ({
      ...transport,
      pull: async (feed) => {
        const page = await transport.pull(feed);
        const isAhead =
          page.ok && page.value.entries.some((entry) => entry.kind === 'op' && stampOf(entry.op.h).ms > farFuture);
        return isAhead ? err({ type: 'endpoint-failed', retryAfterMs: 0 }) : page;
      },
    }),
  },
  'M13 unique index on the bed': {
    database: (database) => {
      const taken = new Set<string>();
      return {
        ...database,
        within: (context, work) => database.within(context, (tx) => work(withUniqueBed(tx, taken))),
      };
    },
  },
  'M14 everything counts as sent after a push': {
    store: (store, _process, image) => ({
      ...store,
      acknowledge: (w, acked, archived) => {
        const next = image.writers.get(toHex(w))?.next ?? acked + 1;
        return store.acknowledge(w, next - 1, archived);
      },
    }),
  },
  'M15 compaction drops an operation of an open conflict': {
    spareIn: (record) => [
      ...spareOps(record),
      ...[...registersOf(record).values()].flatMap(({ live }) => (live.length > 1 ? live.slice(0, 1) : [])),
    ],
  },
  'M16 an erasure is not done again after the endpoint was put back': {
    erasures: (list) => ({ ...list, read: () => Promise.resolve([]) }),
  },
  'what was erased stays in the own operations': {
    store: (store) => ({
      ...store,
      commit: (write) =>
        store.commit(write.erased === undefined ? write : { ...write, erased: { ...write.erased, ops: [] } }),
    }),
  },
  'M17 remove wins over a concurrent add': { valuesOf: removeWins },
  'M20 operations are deleted once they are confirmed': {
    store: (store, _process, image) => ({
      ...store,
      acknowledge: (w, acked, archived) => {
        const ops = image.ops.get(toHex(w));
        for (const box of [...(ops?.values() ?? [])])
          if (lastIn(box) <= acked && ops?.delete(box.n) === true) image.opCount -= countIn([box]);
        return store.acknowledge(w, acked, archived);
      },
    }),
  },
  'M20 what is confirmed counts as archived, and is dropped': {
    transport: (transport) => ({
      ...transport,
      hello: async (...asked) => {
        const hello = await transport.hello(...asked);
        if (!hello.ok) return hello;
        const writers = hello.value.writers.map((one) => ({ ...one, archived: one.at }));
        const feeds = hello.value.feeds.map((one) => ({ ...one, archived: one.head }));
        return ok({ ...hello.value, writers, feeds });
      },
    }),
  },
  'M21 base lists values the author did not see': {
    baseAtOpening: ({ record }, field) => liveOf(record, field).map(dotOf),
  },
  'a full disk is taken for a success': {
    store: (store) => ({
      ...store,
      commit: async (write) => {
        const done = await store.commit(write);
        return !done.ok && done.error.type === 'storage-full' ? ok(undefined) : done;
      },
    }),
  },
  'an acknowledgement before the commit': {
    database: (database) => {
      let transactions = 0;
      return {
        ...database,
        within: async (context, work) => {
          transactions += context.task === 'ingest' ? 1 : 0;
          if (context.task !== 'ingest' || transactions % 20 !== 0) return database.within(context, work);
          const results: Awaited<ReturnType<typeof work>>[] = [];
          const rollBack = new Error('rolled back');
          await database
            .within(context, async (tx) => {
              results.push(await work(tx));
              throw rollBack;
            })
            .catch((error: unknown) => {
              if (error !== rollBack) throw error;
            });
          return results[0] as Awaited<ReturnType<typeof work>>;
        },
      };
    },
  },
};
