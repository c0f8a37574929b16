import type { IsoDate } from '../../shared/kernel/dates.ts';
import type { Stamp } from '../../shared/kernel/hybrid-clock.ts';
import type {
  AuditLog,
  Cipher,
  Random,
  RecordStore,
  Repair,
  SealedAudit,
  SealedLocal,
  SealedOp,
  SecondCopy,
  Sha256,
  StandsFor,
  SummaryCodec,
  Workspace,
  WritingClock,
} from '../../shared/ports.ts';
import type { Compartment, RecordRef } from '../../shared/records/record.ts';
import type { Moment } from '../../shared/vault/moment.ts';
import type { KnownRecords } from './known-records.ts';
import type { KnownResidents } from './known-residents.ts';

/** Everything outside that the use cases need, the same for every user. */
export type Ports = {
  readonly store: RecordStore;
  readonly secondCopy: SecondCopy;
  readonly audit: AuditLog;
  readonly clock: WritingClock;
  readonly random: Random;
  readonly workspace: Workspace;
  readonly sha256: Sha256;
  readonly codec: SummaryCodec;
  /** Hears of repairs as they happen; whoever works here has to be told. */
  readonly tell?: (repair: Repair) => void;
  /** False on a laptop that is too long without contact; always where it is absent. */
  readonly mayWrite?: () => boolean;
};

export type User = { readonly id: string; readonly label: string; readonly role: string };

/**
 * Where a segment of list columns stands; `sites` are those whose residents are in it, '' for without a site, as far as
 * it was opened here.
 */
export type SegmentPlace = { readonly no: number; readonly version: number; readonly sites: readonly string[] };
export type BlockPlace = { readonly no: number; readonly version: number; readonly c: Compartment };
export type WriterPlace = {
  readonly w: Uint8Array;
  readonly c: Compartment;
  readonly user: string;
  readonly next: number;
  readonly acked: number;
  readonly archived: number;
  readonly standsFor?: StandsFor | undefined;
};
export type FeedPlace = {
  readonly site: string;
  readonly c: Compartment;
  readonly pos: number;
  readonly h: Uint8Array;
};

/**
 * What is known of the store between two commits. Replaced as a whole after a commit has succeeded, so that a failed one
 * leaves nothing behind.
 */
export type Known = {
  /** The number of the last commit. */
  readonly counter: number;
  readonly lastStamp: Stamp;
  /** The day for which the summaries were worked out. */
  readonly day: IsoDate;
  /** Deltas up to this one are in the segments. */
  readonly folded: number;
  readonly segments: readonly SegmentPlace[];
  /** Blocks of the records of the small kinds, of every compartment. */
  readonly blocks: readonly BlockPlace[];
  /** Deltas written since. */
  readonly deltas: number;
  /** Of all users and process starts, by writer in hexadecimal. */
  readonly writers: ReadonlyMap<string, WriterPlace>;
  readonly feeds: ReadonlyMap<string, FeedPlace>;
  /** The life of the endpoint with which each compartment was last in agreement. */
  readonly epochs: Readonly<Partial<Record<Compartment, string>>>;
  /** The latest moment of its history that is known to hold what was given to it and read from it. */
  readonly moments: Readonly<Partial<Record<Compartment, Moment>>>;
  /** How often each compartment had to begin its feeds anew: positions of before say nothing any more. */
  readonly lives: Readonly<Partial<Record<Compartment, number>>>;
};

/** Own writer of one compartment in this session, with its chain hash. */
export type OwnWriter = { readonly w: Uint8Array; readonly next: number; readonly head: Uint8Array };

/** What is in memory while a user is unlocked. */
export type Memory = {
  known: Known;
  residents: KnownResidents;
  /** Whole records of the small kinds by `refKey`; residents are opened when they are needed. */
  records: KnownRecords;
  ownWriters: Map<Compartment, OwnWriter>;
  /** Chain hashes at numbers asked for before, by writer in hexadecimal. */
  chains: Map<string, { readonly n: number; readonly h: Uint8Array }>;
  /** Committed here, not yet in the second copy. */
  uncopied: {
    readonly ops: readonly SealedOp[];
    readonly audit: SealedAudit | null;
    readonly locals: readonly SealedLocal[];
  }[];
  /** Last edition of the values that never leave this device, by `localName` in hexadecimal. */
  locals: Map<string, { readonly ref: RecordRef; readonly c: Compartment; readonly n: number }>;
  /** Damaged operations that are nowhere else: looked for once. */
  lostOps: Set<string>;
  secondCopyFailed: boolean;
  /** Blocks that did not open or do not fit the manifest: the next fold takes them away. */
  strayBlocks: readonly number[];
  /** Another window has committed: what is in memory is not all that the deltas say. */
  othersWrote: boolean;
};

export type Vault = Ports & {
  readonly cipher: Cipher;
  readonly user: User;
  readonly memory: Memory;
  /** One writer at a time: numbers of operations, commits and audit entries follow each other without a gap. */
  readonly queue: Queue;
};

export class Queue {
  private tail: Promise<unknown> = Promise.resolve();

  /** Runs `task` after everything that was asked for before. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.tail.then(task, task);
    this.tail = result.catch(() => undefined);
    return result;
  }
}

/** Version of the values this app writes. */
export const schemaVersion = 1;
export const feedKey = (site: string, c: Compartment): string => `${site}/${c}`;
