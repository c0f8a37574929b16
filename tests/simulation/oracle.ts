import { fromHex, toHex } from '../../shared/kernel/bytes.ts';
import type { SealedOp } from '../../shared/ports.ts';
import type { SaveRequest } from '../../renderer/use-cases/save-record.ts';
import { isList } from '../../shared/sync/canonical.ts';
import { leafOf } from '../../shared/sync/chain.ts';
import type { Change, Dot } from '../../shared/sync/change.ts';
import { unpackOps } from '../../shared/sync/row-codec.ts';
import { openRow } from '../../renderer/use-cases/record-rows.ts';
import { recordIdBytes, recordIdOf } from '../../shared/kernel/ids.ts';
import { isRecordKind, refKey } from '../../shared/records/record.ts';
import { clearCipher } from '../fakes/clear-cipher.ts';
import { sha256, type SimulatedEndpoint } from './endpoint.ts';
import type { FormField } from './forms.ts';
import type { Laptop } from './laptop.ts';
import { intentOf, nameOfDot, textOfValue } from './reference.ts';
import { canary } from './values.ts';

/** A promise of sync.md §6 that did not hold. */
export class Violation extends Error {
  readonly invariant: string;
  constructor(invariant: string, text: string) {
    super(`${invariant}: ${text}`);
    this.invariant = invariant;
  }
}
export function must(holds: boolean, invariant: string, text: string): asserts holds {
  if (!holds) throw new Violation(invariant, text);
}

export type Captured = {
  readonly change: Change;
  readonly laptop: number;
  readonly leaf: string;
  /** Intents of the operations that its author saw and replaced. */
  readonly replaces: ReadonlySet<string>;
};

/** Everything that any laptop ever committed, and what its user was told about it. */
export class Oracle {
  /** By dot; one version of each, but for writers that were copied alive. */
  readonly captured = new Map<string, Captured[]>();
  /** Intents shown as saved: they must end at the endpoint. */
  readonly promised = new Set<string>();
  /** Writers that went on in two processes: a laptop copied, or put back, while it was running. */
  readonly copied = new Set<string>();
  /** What the endpoint forgot and laptops still count as sent, by writer. */
  excused: ReadonlyMap<string, number> = new Map();
  /** In one place only, and that place was destroyed by the history itself: counted apart. */
  unavoidable = 0;
  /** Whether the endpoint was asked to erase a field of a record (`kind/id`), or all of it. */
  isErased: (record: string, field: string) => boolean = () => false;
  /** Those, promised or not: a row of a laptop can have them still, and nothing proves them. */
  readonly lost = new Set<string>();
  private readonly originals = new Map<string, Captured>();
  private fresh: Captured[] = [];

  readonly committed = async (laptop: Laptop, ops: readonly SealedOp[]): Promise<void> => {
    const made: { change: Change; leaf: string; laptop: number; replaces: ReadonlySet<string> }[] = [];
    for (const { box, w, n, m } of ops) {
      const inside = opsInBox(box);
      const isRight = inside.length === (m ?? 1) && inside.every((change, at) => change.n === n + at);
      must(isRight, 'I6', 'a stored operation cannot be read');
      for (const change of inside) {
        const name = nameOfDot(change);
        const leaf = toHex(leafOf(change, sha256));
        const versions = this.captured.get(name) ?? [];
        if (versions.some((one) => one.leaf === leaf)) continue;
        must(versions.length === 0 || this.copied.has(toHex(w)), 'I13', `number ${name} was given to two operations`);
        const one = { change, laptop: laptop.no, leaf, replaces: new Set<string>() };
        this.captured.set(name, [...versions, one]);
        made.push(one);
      }
    }
    for (const one of made) {
      const { change } = one;
      one.replaces = await this.intentsOf(laptop, change, change.b);
      const original = this.originals.get(intentOf(change));
      if (original !== undefined) await this.checkReissue(laptop, original, one);
      else {
        this.originals.set(intentOf(change), one);
        this.fresh.push(one);
        this.deletions.set(intentOf(change), await this.intentsOf(laptop, change, seenBy(change)));
      }
    }
  };

  /** The same work under another number: by the same author and of the same moment, on top of the same things. */
  private async checkReissue(laptop: Laptop, original: Captured, one: Captured): Promise<void> {
    const name = nameOfDot(one.change);
    must(this.copied.size > 0, 'I13', `${name} was issued again although no laptop was copied alive`);
    this.copied.add(toHex(one.change.w));
    const { v: before = null, ...former } = { ...original.change, w: null, n: null, b: null };
    const { v: after = null, ...next } = { ...one.change, w: null, n: null, b: null };
    const isDeletion = isList(before) && isList(after) && one.change.f === '_deleted';
    const isSameValue = isDeletion || textOfValue(before) === textOfValue(after);
    must(isSameValue && JSON.stringify(former) === JSON.stringify(next), 'I3', `${name} is not what it was before`);
    must(areEqual(original.replaces, one.replaces), 'I4', `${name} replaces something else than it did before`);
    if (!isDeletion) return;
    const seen = await this.intentsOf(laptop, one.change, seenBy(one.change));
    const known = this.deletions.get(intentOf(one.change)) ?? new Set();
    must(areEqual(known, seen), 'I4', `${name} deletes another state than its author saw`);
  }

  /** What deletions had seen, by their intent. */
  private readonly deletions = new Map<string, ReadonlySet<string>>();

  /** What these dots mean on this laptop: where a number was given twice, its row says which of the two. */
  private async intentsOf(laptop: Laptop, change: Change, dots: readonly Dot[]): Promise<ReadonlySet<string>> {
    const intents = new Set<string>();
    for (const dot of dots) {
      const versions = this.captured.get(nameOfDot(dot)) ?? [];
      const here = versions.length < 2 ? undefined : await opInRow(laptop, change, dot);
      const meant = here ?? versions[0]?.change;
      intents.add(meant === undefined ? nameOfDot(dot) : intentOf(meant));
    }
    return intents;
  }

  /** Operations of the save that now begins are told apart from what was before. */
  begin(): void {
    this.fresh = [];
  }

  /** `isSaved`: the app said so. Else nothing or all of it may be there, and what is there must be right. */
  checkSave(request: SaveRequest, fields: readonly FormField[] | null, isSaved: boolean): void {
    const made = this.fresh;
    this.fresh = [];
    for (const { ref, edits } of request.records) {
      const id = toHex(recordIdBytes(ref.id));
      const ofRecord = made.filter(({ change }) => change.t === ref.kind && toHex(change.id) === id);
      for (const { change, replaces } of ofRecord) {
        const field = fields?.find((one) => one.field === change.f);
        const seen = field?.seen ?? (fields === null ? replaces : new Set());
        const isSeen = [...replaces].every((intent) => seen.has(intent));
        must(isSeen, 'I4', `${change.f} replaces a value that its author did not see`);
      }
      const own = ofRecord.map(({ change }) => change);
      if (!isSaved) continue;
      for (const edit of edits) {
        const field = fields?.find((one) => one.field === edit.field);
        const ops = own.filter(({ f }) => f === edit.field);
        if (field?.isLocal === true || (field === undefined && edit.field === 'answer.property_docs')) {
          must(ops.length === 0, 'I8', `${edit.field} stays on the laptop, but an operation was made`);
        } else if (field?.class === 'set' && isList(edit.value)) {
          const shown = isList(field.shown) ? field.shown.map(textOfValue) : [];
          const wanted = edit.value.map(textOfValue);
          const changed = wanted.filter((value) => !shown.includes(value)).length;
          const gone = shown.filter((value) => !wanted.includes(value)).length;
          // Members that were erased while the form was open need no removal, and are new ones where they were kept.
          const isRight = ops.length === changed + gone || this.isErased(`${ref.kind}/${id}`, edit.field);
          must(isRight, 'I3', `${edit.field}: ${ops.length} operations for one edit`);
        } else if (field !== undefined && edit.field !== '_deleted') {
          const isMade = ops.length === 1 && textOfValue(ops[0]?.v ?? null) === textOfValue(edit.value);
          must(isMade, 'I1', `${edit.field} was shown as saved and is in ${ops.length} operations`);
          const named = ofRecord.find(({ change }) => change === ops[0])?.replaces;
          const isWhole = [...field.seen].every((intent) => named?.has(intent) === true);
          must(isWhole, 'I4', `${edit.field} does not name what was on screen`);
        }
      }
    }
    for (const { change } of made)
      must(!JSON.stringify(change.v ?? null).includes(canary), 'I8', 'a local value would leave');
    if (isSaved) for (const { change } of made) this.promised.add(intentOf(change));
  }

  /** The history destroyed the only place of these. */
  forgive(held: ReadonlySet<string>): void {
    for (const intent of this.originals.keys()) {
      if (held.has(intent)) continue;
      this.lost.add(intent);
      if (this.promised.delete(intent)) this.unavoidable += 1;
    }
  }

  /** What a laptop says is confirmed is in the database. */
  checkAcknowledged(laptop: Laptop, endpoint: SimulatedEndpoint): void {
    for (const [w, { acked, next }] of laptop.disk.store.writers) {
      const have = endpoint.database.rows.writers.get(w)?.have_n ?? 0;
      if (acked > have && acked <= (this.excused.get(w) ?? 0)) continue;
      must(acked <= have, 'I5', `laptop ${laptop.no} counts ${acked} of ${w} as sent, the endpoint has ${have}`);
      must(acked <= next - 1, 'I5', `laptop ${laptop.no} counts more as sent than it has`);
      if (!this.copied.has(w)) continue;
      const there = new Map(endpoint.database.rows.ops.get(w)?.map(({ n, leaf }) => [n, toHex(leaf)]));
      for (const op of [...(laptop.disk.store.ops.get(w)?.values() ?? [])].flatMap(({ box }) => opsInBox(box))) {
        const isThere = op.n > acked || there.get(op.n) === toHex(leafOf(op, sha256));
        must(isThere, 'I5', `laptop ${laptop.no} counts ${w}.${op.n} as sent, the endpoint has something else`);
      }
    }
  }
}

const areEqual = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((item) => b.has(item));

/** Dots in the value of a deletion. */
const seenBy = ({ f, v }: Change): readonly Dot[] =>
  f === '_deleted' && isList(v ?? null)
    ? (v as readonly string[]).map((text) => ({ w: fromHex(text.slice(0, 16)), n: Number(text.slice(17)) }))
    : [];

async function opInRow({ disk }: Laptop, { t, id }: Change, dot: Dot): Promise<Change | undefined> {
  const row = isRecordKind(t) ? disk.store.rows.get(refKey({ kind: t, id: recordIdOf(id) })) : undefined;
  const opened = row && (await openRow(clearCipher(), row));
  if (opened?.ok !== true) return undefined;
  return opened.value.record.ops.find((op) => nameOfDot(op) === nameOfDot(dot));
}

const opened = new WeakMap<Uint8Array, readonly Change[]>();
/** The cipher of the tests is clear text behind its place. */
export function opsInBox(box: Uint8Array): readonly Change[] {
  const known = opened.get(box);
  if (known !== undefined) return known;
  const ops = unpackOps(box.subarray(1 + (box[0] ?? 0)));
  if (!ops.ok || ops.value.length === 0) must(false, 'I6', 'a stored operation cannot be read');
  const changes = ops.ok ? ops.value : [];
  opened.set(box, changes);
  return changes;
}
