import type { Bytes } from '../../shared/kernel/bytes.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { Host } from '../../shared/ipc-contract.ts';
import type { AuditLog, RecordStore, SealedLocal, SealedOp, SecondCopy } from '../../shared/ports.ts';
import type { FeedEntry, FeedPage, StickFile, SyncError, SyncTransport } from '../../shared/transport-ports.ts';
import { isRecordKind } from '../../shared/records/record.ts';

export function makeSecondCopy(
  host: Pick<Host, 'journal:append' | 'journal:replace' | 'journal:read' | 'journal:locals'>,
  counts: RecordStore['counts'],
): SecondCopy {
  return {
    append: async (ops, audit, locals) => {
      // It follows a commit: a failure that is thrown must not look like one of the save.
      const answer = await counts()
        .then(({ store, ops: opCount }) =>
          host['journal:append']({ ops: ops.map(plainBox), audit, locals: locals.map(plainBox), store, opCount }),
        )
        .catch(() => 'failed' as const);
      if (answer === 'fsynced') return ok(undefined);
      return err({ type: answer === 'full' ? 'storage-full' : 'storage-failed' });
    },
    replace: async (ops) => {
      const answer = await host['journal:replace']({ ops: ops.map(plainBox) }).catch(() => 'failed' as const);
      return answer === 'fsynced'
        ? ok(undefined)
        : err({ type: answer === 'full' ? 'storage-full' : 'storage-failed' });
    },
    readOps: (skip) => host['journal:read']({ skip }),
    readLocals: (skip) => host['journal:locals']({ skip }),
  };
}

export const makeAuditLog = (host: Pick<Host, 'audit:prepare'>): AuditLog => ({
  prepare: (entry) => host['audit:prepare'](entry),
});

type Failure = { readonly failed: SyncError['type']; readonly retryAfterMs: number };
function settle<Reply extends object, Answer>(
  reply: Reply,
  toAnswer: (reply: Exclude<Reply, Failure>) => Answer,
): Result<Answer, SyncError> {
  if (isFailure(reply)) return err({ type: reply.failed, retryAfterMs: reply.retryAfterMs });
  return ok(toAnswer(reply as Exclude<Reply, Failure>));
}
const isFailure = (reply: object): reply is Failure => 'failed' in reply;

/** The main process builds, signs and checks; a failure comes back as a value. */
export function makeSyncTransport(
  host: Pick<Host, 'sync:hello' | 'sync:push' | 'sync:pull' | 'sync:redeposit'>,
): SyncTransport {
  return {
    hello: async (writers, feeds, vaultCounter, seen) =>
      settle(
        await host['sync:hello']({
          writers: writers.map(({ w, n, h }) => ({ w: plain(w), n, h: plain(h) })),
          feeds: feeds.map((feed) => ({ ...feed, h: plain(feed.h) })),
          vaultCounter,
          seen: [...seen],
        }),
        (answer) => answer,
      ),
    push: async ({ user, c, prev, ops, anchors = [] }) =>
      settle(
        await host['sync:push']({
          ...{ user, c, prev: plain(prev), ops: [...ops] },
          anchors: anchors.map(({ n, by }) => ({ n, by: { w: plain(by.w), n: by.n } })),
        }),
        ({ w, n, held }) => ({ acked: { w, n }, held }),
      ),
    pull: async (feed) => settle(await host['sync:pull']({ ...feed, h: plain(feed.h) }), toPage),
    redeposit: async (page) =>
      settle(await host['sync:redeposit']({ page: plain(page) }), ({ took, at }) => ({ took, at })),
  };
}

type Page = Exclude<Awaited<ReturnType<Host['sync:pull']>>, Failure>;
const toPage = ({ entries, ...page }: Page): FeedPage => ({
  ...page,
  entries: entries.flatMap((entry): FeedEntry[] => {
    if (entry.kind === 'op') return [{ kind: entry.kind, c: entry.c, op: entry.op }];
    const { kind, id } = entry.record;
    // A kind of a newer version: the page itself is kept, so nothing is lost by passing it over.
    return isRecordKind(kind) ? [{ kind: entry.kind, record: { kind, id } }] : [];
  }),
});

type CaseboxHost = Pick<Host, 'casebox:export' | 'casebox:import' | 'casebox:pull' | 'casebox:settle'>;
/** The main process seals, signs, asks where the file is and checks it. */
export function makeStickFile(host: CaseboxHost): StickFile {
  return {
    write: async ({ writers, feeds, vaultCounter, batches }) => {
      const answer = await host['casebox:export']({
        writers: writers.map(({ w, n, h }) => ({ w: plain(w), n, h: plain(h) })),
        feeds: feeds.map((feed) => ({ ...feed, h: plain(feed.h) })),
        vaultCounter,
        batches: batches.map(({ user, c, prev, ops }) => ({ user, c, prev: plain(prev), ops: [...ops] })),
      });
      return 'refused' in answer ? err({ type: answer.refused }) : ok(answer);
    },
    read: async () => {
      const answer = await host['casebox:import'](undefined);
      return 'refused' in answer ? err({ type: answer.refused }) : ok(answer);
    },
    pull: async (feed) => ok(toPage(await host['casebox:pull']({ ...feed, h: plain(feed.h) }))),
    settle: (feeds) => host['casebox:settle']({ feeds: feeds.map((feed) => ({ ...feed, h: plain(feed.h) })) }),
  };
}

const plainBox = <Sealed extends SealedOp | SealedLocal>(sealed: Sealed) => ({ ...sealed, w: plain(sealed.w) });

/** Exactly the bytes, in a buffer of their own: a view would send what lies around it as well. */
const plain = (bytes: Uint8Array): Bytes => Uint8Array.from(bytes);
