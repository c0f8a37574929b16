import type { Value } from '../records/record.ts';

export type { Value } from '../records/record.ts';

/** Identity of an operation: the writer (8 random bytes) and its number 1, 2, 3 … without a gap. */
export type Dot = { readonly w: Uint8Array; readonly n: number };

/** One immutable field-level edit; fields as in sync.md §2.2. */
export type Change = Dot & {
  /** Stamp, 8 bytes; breaks ties of unimportant fields only. */
  readonly h: Uint8Array;
  /** Clock quality at writing: 0 set by the endpoint, 1 stale, 2 suspect. */
  readonly cq: 0 | 1 | 2;
  /** Record kind, 16 bytes of the record id, field id. */
  readonly t: string;
  readonly id: Uint8Array;
  readonly f: string;
  readonly k: 'set' | 'add' | 'rem' | 'app' | 'merge' | 'erase';
  readonly v?: Value;
  /** Base: the operations whose values the author had on screen. */
  readonly b: readonly Dot[];
  /** User, schema version of the value. */
  readonly u: string;
  readonly s: number;
  /** The save it belongs to: its id (8 bytes) and number of operations. */
  readonly x: readonly [Uint8Array, number];
  /** 8 random bytes: an erased value cannot be guessed from its hash. Empty once the value was erased. */
  readonly salt: Uint8Array;
  /** Only after erasure, instead of `v` and `salt`: the hash of what they were, so that every chain still verifies. */
  readonly vh?: Uint8Array;
};
