import type { Bytes } from './kernel/bytes.ts';
import type { Result } from './kernel/result.ts';
import type { Compartment, RecordRef } from './records/record.ts';
import type { Change, Dot } from './sync/change.ts';
import type { Moment } from './vault/moment.ts';

export type SyncError = {
  readonly type:
    | 'offline'
    | 'captive-portal'
    | 'wrong-endpoint'
    | 'untrusted'
    | 'unauthorised'
    /** This laptop may not write any more; what was sent is kept until a person has looked. */
    | 'revoked'
    | 'upgrade-needed'
    | 'too-big'
    | 'rewound'
    | 'endpoint-failed';
  readonly retryAfterMs: number;
};
export type WriterState = { readonly w: Uint8Array; readonly n: number; readonly h: Uint8Array };
export type FeedState = {
  readonly site: string;
  readonly c: Compartment;
  readonly pos: number;
  readonly h: Uint8Array;
};
/** Operations of a writer, both numbers included, that a person did not let into the register. */
export type Rejected = { readonly w: Uint8Array; readonly from: number; readonly to: number };
export type HelloAnswer = {
  readonly epoch: string;
  /** Of each moment that was named: whether it is still part of the history of the endpoint. */
  readonly seen: readonly boolean[];
  /** The latest moment that this answer is part of. */
  readonly at: Moment | null;
  readonly status: 'active' | 'deposit_only' | 'revoked' | 'wipe';
  readonly clockOffsetMs: number;
  readonly writers: readonly {
    readonly w: Uint8Array;
    readonly n: number;
    readonly at: number;
    readonly h: Uint8Array;
    readonly archived: number;
  }[];
  readonly feeds: readonly {
    readonly site: string;
    readonly c: Compartment;
    readonly state: 'ok' | 'rewound' | 'diverged' | 'gone' | 'new';
    readonly head: number;
    /** Up to where a backup that was proved covers it. Absent: nothing is known of that. */
    readonly archived?: number | undefined;
  }[];
  /** Absent: none. */
  readonly rejected?: readonly Rejected[] | undefined;
};
export type FeedEntry =
  | { readonly kind: 'op'; readonly c: Compartment; readonly op: Change }
  | { readonly kind: 'place' | 'evict'; readonly record: RecordRef };
export type FeedPage = {
  readonly from: number;
  readonly to: number;
  readonly h: Uint8Array;
  readonly more: boolean;
  readonly entries: readonly FeedEntry[];
  /** The signed bytes, kept sealed as proof of what the endpoint once had. */
  readonly raw: Bytes;
};
/** The record of operation `n` of a batch is that of `by`, which the endpoint has: it is named by that, not by its id. */
export type Anchor = { readonly n: number; readonly by: Dot };
/** Sending twice is harmless; only what a verified acknowledgement covers counts as sent. */
export interface SyncTransport {
  readonly hello: (
    writers: readonly WriterState[],
    feeds: readonly FeedState[],
    vaultCounter: number,
    seen: readonly Moment[],
  ) => Promise<Result<HelloAnswer, SyncError>>;
  readonly push: (batch: {
    readonly user: string;
    readonly c: Compartment;
    /** Chain hash before the first operation. */
    readonly prev: Uint8Array;
    readonly ops: readonly Change[];
    readonly anchors?: readonly Anchor[];
  }) => Promise<
    Result<{ readonly acked: Dot; readonly held: readonly { readonly n: number; readonly why: string }[] }, SyncError>
  >;
  readonly pull: (feed: FeedState) => Promise<Result<FeedPage, SyncError>>;
  /** Gives a page back to an endpoint that lost it; `took` operations were new there, and `at` all of it is there. */
  readonly redeposit: (
    page: Bytes,
  ) => Promise<Result<{ readonly took: number; readonly at: Moment | null }, SyncError>>;
}

export type CaseboxError = {
  readonly type:
    | 'cancelled'
    | 'not-connected'
    | 'no-key'
    /** Writing: no room, locked, pulled out, or read back differently. */
    | 'full'
    | 'read-only'
    | 'unplugged'
    | 'not-written'
    /** Reading: no file of ours, of a newer app, cut off or changed, what this laptop wrote itself, of somebody else. */
    | 'foreign'
    | 'newer'
    | 'damaged'
    | 'own-file'
    | 'other-municipality'
    | 'other-laptop'
    | 'not-signed';
};
export type CaseboxExport = {
  readonly writers: readonly WriterState[];
  readonly feeds: readonly FeedState[];
  readonly vaultCounter: number;
  readonly batches: readonly {
    readonly user: string;
    readonly c: Compartment;
    readonly prev: Uint8Array;
    readonly ops: readonly Change[];
  }[];
};
export type CaseboxAnswer = {
  readonly madeMs: number;
  readonly status: HelloAnswer['status'];
  readonly held: number;
  readonly parked: number;
  readonly quarantined: number;
  readonly more: boolean;
  /** Of this answer and of those that wait with it. */
  readonly writers: HelloAnswer['writers'];
  readonly feeds: readonly { readonly site: string; readonly c: Compartment }[];
  /** All that is known not to have been let through, by this answer or before. */
  readonly rejected: readonly Rejected[];
};
/** The exchange by a file on a stick. Writing and reading it any number of times is harmless. */
export interface StickFile {
  readonly write: (
    content: CaseboxExport,
  ) => Promise<Result<{ readonly saved: number; readonly left: number }, CaseboxError>>;
  readonly read: () => Promise<Result<CaseboxAnswer, CaseboxError>>;
  /** An empty page when nothing that was read follows on this position. */
  readonly pull: SyncTransport['pull'];
  /** What is taken in up to these positions need not be kept; tells how many answers wait for another one. */
  readonly settle: (feeds: readonly FeedState[]) => Promise<{ readonly waiting: number }>;
}
