import { toHex } from '../../shared/kernel/bytes.ts';
import type { SealedOp } from '../../shared/ports.ts';
import type { SaveRequest } from '../../renderer/use-cases/save-record.ts';
import { isList } from '../../shared/sync/canonical.ts';
import { leafOf } from '../../shared/sync/chain.ts';
import type { Change } from '../../shared/sync/change.ts';
import { unpackOps } from '../../shared/sync/row-codec.ts';
import { recordIdBytes } from '../../shared/kernel/ids.ts';
import { sha256, type SimulatedEndpoint } from './endpoint.ts';
import type { FormField } from './forms.ts';
import type { Laptop } from './laptop.ts';
import { nameOfDot, textOfValue } from './reference.ts';
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

export type Captured = { readonly change: Change; readonly laptop: number; readonly leaf: string };

/** Everything that any laptop ever committed, and what its user was told about it. */
export class Oracle {
  readonly captured = new Map<string, Captured>();
  /** Shown as saved: they must end at the endpoint. */
  readonly promised = new Set<string>();
  /** What the endpoint forgot and laptops still count as sent, by writer. */
  excused: ReadonlyMap<string, number> = new Map();
  /** In one place only, and that place was destroyed by the history itself: counted apart. */
  unavoidable = 0;
  private fresh: Change[] = [];

  readonly committed = (laptop: Laptop, ops: readonly SealedOp[]): void => {
    for (const { box, w, n } of ops) {
      // The cipher of the tests is clear text behind its place.
      const [change] = unpack(box.subarray(1 + (box[0] ?? 0)));
      must(change !== undefined && change.n === n, 'I6', 'a stored operation cannot be read');
      const name = nameOfDot({ w, n });
      const leaf = toHex(leafOf(change, sha256));
      const before = this.captured.get(name);
      must(before === undefined || before.leaf === leaf, 'I13', `number ${name} was given to two operations`);
      if (before !== undefined) continue;
      this.captured.set(name, { change, laptop: laptop.no, leaf });
      this.fresh.push(change);
    }
  };

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
      const own = made.filter((op) => op.t === ref.kind && toHex(op.id) === id);
      for (const op of own) {
        const field = fields?.find((one) => one.field === op.f);
        const seen = field?.seen ?? new Set(fields === null ? op.b.map(nameOfDot) : []);
        const isSeen = op.b.every((dot) => seen.has(nameOfDot(dot)));
        must(isSeen, 'I4', `${op.f} replaces a value that its author did not see`);
      }
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
          must(ops.length === changed + gone, 'I3', `${edit.field}: ${ops.length} operations for one edit`);
        } else if (field !== undefined && edit.field !== '_deleted') {
          const isMade = ops.length === 1 && textOfValue(ops[0]?.v ?? null) === textOfValue(edit.value);
          must(isMade, 'I1', `${edit.field} was shown as saved and is in ${ops.length} operations`);
          const named = new Set(ops[0]?.b.map(nameOfDot));
          const isWhole = [...field.seen].every((dot) => named.has(dot));
          must(isWhole, 'I4', `${edit.field} does not name what was on screen`);
        }
      }
    }
    for (const op of made) must(!JSON.stringify(op.v ?? null).includes(canary), 'I8', 'a local value would leave');
    if (isSaved) for (const op of made) this.promised.add(nameOfDot(op));
  }

  /** The history destroyed the only place of these. */
  forgive(dots: Iterable<string>): void {
    for (const dot of dots) if (this.promised.delete(dot)) this.unavoidable += 1;
  }

  /** What a laptop says is confirmed is in the database. */
  checkAcknowledged(laptop: Laptop, endpoint: SimulatedEndpoint): void {
    for (const [w, { acked, next }] of laptop.disk.store.writers) {
      const have = endpoint.database.rows.writers.get(w)?.have_n ?? 0;
      if (acked > have && acked <= (this.excused.get(w) ?? 0)) continue;
      must(acked <= have, 'I5', `laptop ${laptop.no} counts ${acked} of ${w} as sent, the endpoint has ${have}`);
      must(acked <= next - 1, 'I5', `laptop ${laptop.no} counts more as sent than it has`);
    }
  }
}

function unpack(bytes: Uint8Array): readonly Change[] {
  const ops = unpackOps(bytes);
  return ops.ok ? ops.value : [];
}
