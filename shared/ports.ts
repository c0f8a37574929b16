import type { IsoDate } from './kernel/dates.ts';
import type { Bytes } from './kernel/bytes.ts';
import type { Result } from './kernel/result.ts';
import type { Compartment, RecordKind, RecordRef } from './records/record.ts';
import type { ResidentImage } from './register/resident-image.ts';
import type { ResidentSummary } from './register/resident-summary.ts';
import type { SummaryColumns } from './register/summary-columns.ts';
import type { Dot } from './sync/change.ts';
import type { ReplicaRecord } from './sync/replica-record.ts';

/** Sealed bytes: header, nonce, ciphertext, tag (security.md §2.5). */
export type Box = Bytes;
/** Where a box belongs; it does not open anywhere else. */
export type BoxPlace = {
  readonly table: string;
  readonly id: string;
  readonly compartment: Compartment | 'own';
  readonly rev: number;
};
export type UnreadableError = { readonly type: 'unreadable'; readonly ref: RecordRef | null };

export interface Cipher {
  /** The compartments of the unlocked user. */
  readonly compartments: readonly Compartment[];
  readonly seal: (place: BoxPlace, plaintext: Bytes) => Promise<Box>;
  readonly open: (place: BoxPlace, box: Box) => Promise<Result<Bytes, UnreadableError>>;
}

export type SealedRow = {
  readonly ref: RecordRef;
  readonly rev: number;
  readonly deleted: boolean;
  readonly boxes: Readonly<Partial<Record<Compartment, Box>>>;
};
/**
 * A box of operations of one writer and compartment that follow each other: the first is number `n`, and there are `m`
 * of them (one without `m`). Where it begins and ends stays as it was written, in the store and in the second copy.
 */
export type SealedOp = Dot & { readonly c: Compartment; readonly box: Box; readonly m?: number | undefined };
/**
 * All values of one record and compartment that never leave this device. `w` stands for the record without naming it,
 * `n` counts its editions: the highest is the one that holds.
 */
export type SealedLocal = Dot & { readonly c: Compartment; readonly box: Box };
/** Under this writer the operations of `w` above `after` were issued again; those do not count any more. */
export type StandsFor = { readonly w: Uint8Array; readonly after: number };
/** `next` is the number of the next operation; `acked` what the endpoint has confirmed; `box` the chain head. */
export type SealedWriter = {
  readonly w: Uint8Array;
  readonly c: Compartment;
  readonly user: string;
  readonly next: number;
  readonly acked: number;
  readonly archived: number;
  readonly box: Box;
  readonly standsFor?: StandsFor | undefined;
};
export type SealedAudit = { readonly seq: number; readonly box: Box };
export type SealedSegment = { readonly no: number; readonly version: number; readonly box: Box };
/** `site` with the beginning of the hash at its end: pages of another life of the endpoint stand beside it. */
export type SealedPage = {
  readonly site: string;
  readonly c: Compartment;
  readonly from: number;
  readonly to: number;
  readonly box: Box;
};
/** The position up to which a feed was taken in; `box` holds its hash and epoch. */
export type SealedFeed = {
  readonly site: string;
  readonly c: Compartment;
  readonly pos: number;
  readonly box: Box;
};
/** A block of records; the compartment and the version are part of its seal. */
export type SealedBlock = SealedSegment & { readonly c: Compartment };
/** What a fold puts in the place of what was there: whole segments and blocks, and the deltas up to `upTo` that are in them. */
export type Fold = {
  readonly segments: readonly SealedSegment[];
  readonly goneSegments: readonly number[];
  readonly blocks: readonly SealedBlock[];
  readonly goneBlocks: readonly number[];
  readonly upTo: number;
  readonly manifest: SealedManifest;
};
export type SealedManifest = { readonly vaultCounter: number; readonly box: Box };

/** Everything that one save or one received page changes on this device: all of it, or nothing. */
export type Write = {
  readonly rows: readonly SealedRow[];
  readonly ops: readonly SealedOp[];
  readonly writers: readonly SealedWriter[];
  readonly summaryDelta: Box | null;
  readonly audit: SealedAudit | null;
  readonly page: SealedPage | null;
  readonly feed: SealedFeed | null;
  readonly manifest: SealedManifest;
  readonly moves?: Moves | undefined;
  /** Rows that go, at the version they are expected to have. */
  readonly removed?: readonly { readonly ref: RecordRef; readonly rev: number }[];
  readonly erased?: Erased;
};
/**
 * What an erasure leaves of other rows than those of its records: operations without their value in the place of those
 * with it, no page and no draft that may hold it. The feeds of the pages are read again from their beginning.
 */
export type Erased = {
  readonly ops: readonly SealedOp[];
  readonly feeds: readonly SealedFeed[];
  /** Ids of the records. */
  readonly records: readonly string[];
};
/** A record that left the feed of a site, and when this device heard of it. */
export type Departure = { readonly ref: RecordRef; readonly site: string; readonly sinceMs: number };
export type Moves = {
  readonly departed: readonly Departure[];
  readonly returned: readonly Pick<Departure, 'ref' | 'site'>[];
};
export type MovedError = { readonly type: 'moved'; readonly ref: RecordRef | null };
export type StorageError = { readonly type: 'storage-full' | 'storage-failed' };

export interface RecordStore {
  readonly read: (ref: RecordRef) => Promise<SealedRow | undefined>;
  readonly readKind: (kind: RecordKind) => Promise<readonly SealedRow[]>;
  readonly readSummaries: () => Promise<{
    readonly segments: readonly SealedSegment[];
    readonly deltas: readonly { readonly no: number; readonly box: Box }[];
  }>;
  /** Blocks of every compartment, those without a key as well. */
  readonly readBlocks: () => Promise<readonly SealedBlock[]>;
  readonly readWriters: () => Promise<readonly SealedWriter[]>;
  /** Every page that was taken in, in no order; the boxes say where they belong. */
  readonly readPages: () => Promise<readonly SealedPage[]>;
  readonly readDepartures: () => Promise<readonly Departure[]>;
  readonly readFeeds: () => Promise<readonly SealedFeed[]>;
  readonly readManifest: () => Promise<SealedManifest | undefined>;
  /** The boxes of one writer that hold operations above `after`, in order, until they hold `limit` of these. */
  readonly readOps: (w: Uint8Array, after: number, limit: number) => Promise<readonly SealedOp[]>;
  /** All or nothing in one strict transaction; `moved` when a row, a writer, the manifest or the audit number is not the expected one any more. */
  readonly commit: (write: Write) => Promise<Result<void, MovedError | StorageError>>;
  /** Notes what the endpoint confirmed; deletes nothing. */
  readonly acknowledge: (w: Uint8Array, acked: number, archived: number) => Promise<Result<void, StorageError>>;
  /** With the manifest, or not at all. */
  readonly fold: (fold: Fold) => Promise<Result<void, MovedError | StorageError>>;
  /** Other boxes in the place of those of the same writer and first number; nothing else changes. */
  readonly replaceOps: (ops: readonly SealedOp[]) => Promise<Result<void, StorageError>>;
  readonly counts: () => Promise<{ readonly store: string; readonly ops: number; readonly rows: number }>;
}

/** What a form typed and did not save yet, sealed under the user's own key. */
export interface DraftStore {
  readonly read: (key: string) => Promise<string | undefined>;
  readonly write: (key: string, text: string) => Promise<Result<void, StorageError>>;
  readonly remove: (key: string) => Promise<void>;
}

/** A second place on this device, so that a store that is lost takes nothing with it. */
export interface SecondCopy {
  /** Resolves after fsync in the main process. */
  readonly append: (
    ops: readonly SealedOp[],
    audit: SealedAudit | null,
    locals: readonly SealedLocal[],
  ) => Promise<Result<void, StorageError>>;
  /** Puts these in the place of what the copy holds of the same operations, and leaves no earlier edition of anything. */
  readonly replace: (ops: readonly SealedOp[]) => Promise<Result<void, StorageError>>;
  /** As many boxes as go in one answer, `skip` left out; nothing at the end. */
  readonly readOps: (skip: number) => Promise<readonly SealedOp[]>;
  /** The last edition of each, in the same manner. */
  readonly readLocals: (skip: number) => Promise<readonly SealedLocal[]>;
}

/** What was damaged or gone in the store, and what became of it. `records` names places, never contents. */
export type Repair =
  /** Operations and values that never leave this device, brought back from the second copy. */
  | { readonly type: 'restored'; readonly ops: number; readonly locals: number }
  /** Damaged, made again from what else there was. */
  | { readonly type: 'rebuilt'; readonly records: readonly RecordRef[] }
  | { readonly type: 'lost'; readonly records: readonly RecordRef[] }
  | { readonly type: 'lost-ops'; readonly ops: number }
  /** This device once held so many more than both copies have now. */
  | { readonly type: 'missing'; readonly ops: number }
  /** Erased by the municipality; `late` own operations were written without knowing of it and went with it. */
  | { readonly type: 'erased'; readonly records: readonly RecordRef[]; readonly late: number }
  /** Numbers of this device stood for something else at the endpoint: its work went out again under new ones. */
  | { readonly type: 'reissued'; readonly ops: number }
  /** The second copy had damage, or missed something, and has it again. */
  | { readonly type: 'copied-again'; readonly ops: number; readonly locals: number };

export type AuditAction =
  | 'view'
  | 'create'
  | 'edit'
  | 'delete'
  | 'undo'
  | 'decide'
  | 'finalise'
  | 'import'
  | 'export'
  | 'print'
  | 'show-bsn'
  | 'resolve';
/** Signs and seals the next entry of the audit chain; it counts once the commit that carries it has succeeded. */
export interface AuditLog {
  readonly prepare: (entry: {
    readonly action: AuditAction;
    readonly kind: RecordKind | 'list';
    readonly id: string;
    readonly purpose: string | null;
  }) => Promise<SealedAudit>;
}

export interface Clock {
  readonly nowMs: () => number;
  readonly today: () => IsoDate;
}
/** `quality`: 0 set by the endpoint, 1 stale, 2 suspect; it goes into every operation (sync.md §2.4). */
export interface WritingClock extends Clock {
  readonly quality: () => 0 | 1 | 2;
  /** What the endpoint's clock showed more than this one. */
  readonly noteOffset: (offsetMs: number) => void;
}
export interface Random {
  readonly newId: () => string;
  readonly bytes: (count: number) => Bytes;
}
export type Sha256 = (bytes: Uint8Array) => Bytes;

/** List columns of many residents as bytes, without an object per row (performance.md §3.1). */
export interface SummaryCodec {
  readonly encode: (residents: readonly ResidentSummary[]) => Bytes;
  /** Keeps `bytes`: columns are read where they are. */
  readonly decode: (bytes: Bytes) => Result<SummaryColumns, { readonly type: 'not-summaries' }>;
}

/** Argon2id in a worker of its own; 32 bytes. */
export interface KeyDerivation {
  readonly derive: (
    passphrase: string,
    kdf: { readonly m: number; readonly t: number; readonly salt: Uint8Array },
  ) => Promise<Bytes>;
}

/** What the screens read; gone on lock. */
export interface Workspace {
  readonly list: (residents: ResidentImage, records: ReadonlyMap<string, ReplicaRecord>) => void;
  /** The records by `refKey`, where the list was shown before them. */
  readonly fill: (records: ReadonlyMap<string, ReplicaRecord>) => void;
  readonly apply: (residents: readonly ResidentSummary[], records: readonly ReplicaRecord[]) => void;
  /** Takes records away from every list. */
  readonly remove: (refs: readonly RecordRef[]) => void;
  readonly clear: () => void;
}
