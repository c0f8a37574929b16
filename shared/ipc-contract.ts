import * as z from 'zod';
import {
  AuditExtract,
  FileToSave,
  PageToSave,
  SealedChoice,
  SealedContents,
  TableAnswer,
  TableRequest,
} from './ipc-file-shapes.ts';
import {
  Batch,
  Bytes,
  bytesOf,
  CaseboxRefusal,
  Compartment,
  Count,
  FeedPageAnswer,
  FeedState,
  FilePassphrase,
  KdfSettings,
  Label,
  LeaseState,
  LetterName,
  Opened,
  Rejected,
  Saved,
  SealedLocal,
  SealedOp,
  Standing,
  SyncFailure,
  Writer,
  WriterAnswer,
} from './ipc-shapes.ts';
import { momentSchema } from './vault/moment.ts';

const call = <Req extends z.ZodType, Res extends z.ZodType>(request: Req, response: Res) => ({ request, response });

/** Every question the renderer may ask the main process. */
export const ipcContract = {
  'app:info': call(
    z.void(),
    z.strictObject({
      version: z.string(),
      protection: z.enum(['full', 'reduced']),
      /** `recover`: IndexedDB holds less than the guard file remembers. */
      store: z.enum(['open', 'safe-mode', 'recover']),
      language: z.enum(['nl', 'uk', 'en']),
      demo: z.boolean(),
      /** This laptop was emptied because the municipality asked for it, and nobody began on it since. */
      emptied: z.strictObject({ reason: z.enum(['returned', 'stolen']), atMs: Count }).nullable(),
    }),
  ),
  /** For a report without personal data; works before anybody is unlocked and when the store cannot be opened. */
  'app:diagnosis': call(
    z.void(),
    z.strictObject({
      version: z.string(),
      system: z.string(),
      runtime: z.string(),
      freeBytes: Count.nullable(),
      protection: z.enum(['full', 'reduced']),
      store: z.enum(['open', 'safe-mode', 'recover']),
      journal: z.strictObject({ ops: Count, damaged: Count, expected: Count, writers: Count, locals: Count }),
      users: Count,
      device: z.string(),
      endpoint: z.string().nullable(),
      epoch: z.string().nullable(),
      sites: Count,
      casebox: z.strictObject({ exportedMs: Count.nullable(), importedMs: Count.nullable(), waiting: Count }),
      /** From the log: a code, how often in the last week, and when last. */
      events: z.array(z.strictObject({ code: z.string(), count: Count, lastMs: Count })),
    }),
  ),
  'app:language': call(z.strictObject({ language: z.enum(['nl', 'uk', 'en']) }), z.void()),
  'app:lock': call(z.void(), z.void()),
  /**
   * Empties this laptop: keys first, then all that they opened. Refused unless the endpoint asked for it and everything
   * was delivered. Ends this page.
   */
  'app:empty': call(z.strictObject({ undelivered: Count }), z.enum(['emptied', 'refused'])),
  'keyring:users': call(z.void(), z.array(z.strictObject({ user: z.string(), label: z.string(), kdf: KdfSettings }))),
  /** The first user of a device makes its compartment keys; a later one gets them from the user who is unlocked. */
  'keyring:enrol': call(
    z.strictObject({ label: Label, kdf: KdfSettings, passphraseKey: bytesOf(32) }),
    z.union([Opened, z.strictObject({ refused: z.enum(['needs-unlocked-user', 'bad-settings', 'damaged']) })]),
  ),
  'keyring:unlock': call(
    z.strictObject({ user: z.string(), passphraseKey: bytesOf(32) }),
    z.union([
      Opened,
      z.strictObject({ refused: z.enum(['wrong', 'wait', 'disabled', 'damaged']), retryAfterMs: Count }),
    ]),
  ),
  'audit:prepare': call(
    z.strictObject({ action: z.string(), kind: z.string(), id: z.string(), purpose: z.string().max(200).nullable() }),
    z.strictObject({ seq: z.int(), box: Bytes }),
  ),
  /**
   * The lines of the log about these records, oldest first; the person whose records they are is the first of them.
   * Refused unless the log says that this user is gathering what is held about that person.
   */
  'audit:extract': call(z.strictObject({ ids: z.array(z.string().max(80)).min(1).max(2_000) }), AuditExtract),
  /** `store` and `ops` go to the guard file: what this device must find again at the next start. */
  'journal:append': call(
    z.strictObject({
      ops: z.array(SealedOp).max(5_000),
      audit: z.strictObject({ seq: z.int(), box: Bytes }).nullable(),
      /** Values that never leave this device, in boxes of the same shape. */
      locals: z.array(SealedLocal).max(5_000),
      store: z.string(),
      opCount: Count,
    }),
    z.enum(['fsynced', 'full', 'failed']),
  ),
  /** After an erasure: boxes in the place of those held under the same numbers, and only last editions of local values. */
  'journal:replace': call(z.strictObject({ ops: z.array(SealedOp).max(5_000) }), z.enum(['fsynced', 'full', 'failed'])),
  /** What the journal holds, to be compared with the store: `ops` of each writer and its last number, and the editions. */
  'journal:status': call(
    z.void(),
    z.strictObject({
      ops: Count,
      damaged: Count,
      /** Operations this device must hold, by its guard file. */
      expected: Count,
      writers: z.array(z.strictObject({ w: Writer, last: Count, ops: Count })),
      locals: z.array(z.strictObject({ w: Writer, n: Count })),
    }),
  ),
  /** The sealed operations of the journal, `skip` of them left out; an empty answer is the end. */
  'journal:read': call(z.strictObject({ skip: Count }), z.array(SealedOp)),
  /** The last edition of everything that never leaves this device, in the same manner. */
  'journal:locals': call(z.strictObject({ skip: Count }), z.array(SealedLocal)),
  /** The user chooses a file; a process without keys reads it. `again` reads the last one with another encoding. */
  'file:open': call(TableRequest, TableAnswer),
  /** With a passphrase the file is sealed in the age format before it is written, and its name ends in `.age`. */
  'file:export': call(FileToSave, Saved),
  /** The page that asks, through its print styles; sealed in the same manner. */
  'document:pdf': call(PageToSave, Saved),
  /** The user chooses a sealed file; it stays in memory until it is closed. */
  'sealed:open': call(z.void(), SealedChoice),
  'sealed:read': call(z.strictObject({ passphrase: FilePassphrase }), SealedContents),
  /** What was read, unsealed, where the user wants it. */
  'sealed:save': call(z.void(), z.enum(['saved', 'cancelled', 'no-file', 'full', 'not-written'])),
  'sealed:close': call(z.void(), z.void()),
  /** The user chooses a folder for one PDF per letter; `again` is the last one. `files`: letters that stand in it. */
  'letters:folder': call(
    z.strictObject({ again: z.boolean() }),
    z.union([
      z.strictObject({ files: z.array(LetterName) }),
      z.strictObject({ refused: z.enum(['cancelled', 'unreadable']) }),
    ]),
  ),
  /** The page that asks, as a file in that folder: whole, or not at all. */
  'letters:save': call(
    z.strictObject({ name: LetterName }),
    z.enum(['saved', 'full', 'read-only', 'gone', 'failed', 'no-folder']),
  ),
  'document:print': call(z.void(), z.enum(['printed', 'cancelled'])),
  'sync:status': call(
    z.void(),
    z.strictObject({
      endpoint: z.string().nullable(),
      device: z.string(),
      sites: z.array(z.string()),
      /** What the endpoint said last of this laptop; null before it said anything. */
      standing: z
        .strictObject({
          status: Standing,
          reason: z.enum(['returned', 'stolen', 'put-back']).nullable(),
          sinceMs: Count,
        })
        .nullable(),
      /** How long it is without contact; null without an endpoint. */
      lease: LeaseState.nullable(),
      /** Operations of this laptop that the endpoint keeps and nobody else sees. */
      waiting: z.array(
        z.strictObject({
          w: Writer,
          n: Count,
          why: z.enum(['schema', 'rights', 'rule']),
          state: z.enum(['held', 'rejected']),
        }),
      ),
      /** All that was not let through; `waiting` names the last of them. */
      rejected: z.array(Rejected),
    }),
  ),
  'sync:enrol': call(
    z.strictObject({ url: z.string().max(300), code: z.string().max(80) }),
    z.union([
      z.strictObject({ sites: z.array(z.string()) }),
      SyncFailure,
      z.strictObject({ refused: z.enum(['code', 'protection', 'address']) }),
    ]),
  ),
  'sync:hello': call(
    z.strictObject({
      writers: z.array(z.strictObject({ w: Writer, n: Count, h: bytesOf(32) })),
      feeds: z.array(FeedState),
      vaultCounter: Count,
      seen: z.array(momentSchema),
    }),
    z.union([
      z.strictObject({
        epoch: z.string(),
        seen: z.array(z.boolean()),
        at: momentSchema.nullable(),
        status: Standing,
        clockOffsetMs: z.int(),
        writers: z.array(WriterAnswer),
        feeds: z.array(
          z.strictObject({
            site: z.string(),
            c: Compartment,
            state: z.enum(['ok', 'rewound', 'diverged', 'gone', 'new']),
            head: Count,
            archived: Count,
          }),
        ),
        rejected: z.array(Rejected),
      }),
      SyncFailure,
    ]),
  ),
  'sync:push': call(
    Batch,
    z.union([
      z.strictObject({
        w: Writer,
        n: Count,
        held: z.array(z.strictObject({ n: z.int(), why: z.string() })),
      }),
      SyncFailure,
    ]),
  ),
  'sync:pull': call(FeedState, z.union([FeedPageAnswer, SyncFailure])),
  /** Gives back a page that the endpoint signed and lost; `took` operations of it were new there. */
  'sync:redeposit': call(
    z.strictObject({ page: Bytes }),
    z.union([z.strictObject({ took: Count, at: momentSchema.nullable() }), SyncFailure]),
  ),
  /** What is carried on a stick: when there was a file last, and answers that wait for an earlier one. */
  'casebox:status': call(
    z.void(),
    z.strictObject({
      ready: z.enum(['yes', 'not-connected', 'no-key']),
      exportedMs: Count.nullable(),
      exportedOps: Count,
      importedMs: Count.nullable(),
      waiting: Count,
    }),
  ),
  /** The user chooses where; the file is read back before it counts. Nothing is taken for sent. */
  'casebox:export': call(
    z.strictObject({
      writers: z.array(z.strictObject({ w: Writer, n: Count, h: bytesOf(32) })),
      feeds: z.array(FeedState),
      vaultCounter: Count,
      batches: z.array(Batch).max(20_000),
    }),
    z.union([z.strictObject({ saved: Count, left: Count }), CaseboxRefusal]),
  ),
  /** The user chooses an answer; it is kept until all of it is taken in, with those that came before and wait. */
  'casebox:import': call(
    z.void(),
    z.union([
      z.strictObject({
        madeMs: Count,
        status: Standing,
        held: Count,
        parked: Count,
        quarantined: Count,
        more: z.boolean(),
        writers: z.array(WriterAnswer),
        feeds: z.array(z.strictObject({ site: z.string(), c: Compartment })),
        /** All that is known not to have been let through, by this answer or before. */
        rejected: z.array(Rejected),
      }),
      CaseboxRefusal,
    ]),
  ),
  /** What the kept answers have after this position; an empty page when nothing of them follows on it. */
  'casebox:pull': call(FeedState, FeedPageAnswer),
  /** Where the feeds stand now: answers that are wholly taken in go. */
  'casebox:settle': call(z.strictObject({ feeds: z.array(FeedState) }), z.strictObject({ waiting: Count })),
} as const;

/** What the main process tells unasked; handled in one place, the composition root. */
export const hostEvents = {
  'app:locking': z.enum(['idle', 'suspend', 'screen', 'user']),
  /** The app was started once more on this profile; that start has ended. */
  'app:second-start': z.null(),
} as const;

type Contract = typeof ipcContract;
export type Channel = keyof Contract;
export type Request<C extends Channel> = z.infer<Contract[C]['request']>;
export type Response<C extends Channel> = z.infer<Contract[C]['response']>;
/** `window.host` in the renderer; the main process must implement exactly this. */
export type Host = { readonly [C in Channel]: (request: Request<C>) => Promise<Response<C>> };
export type HostEvents = {
  readonly [E in keyof typeof hostEvents]: (listener: (payload: z.infer<(typeof hostEvents)[E]>) => void) => void;
};
