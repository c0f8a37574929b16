import { invariant } from '../kernel/assert.ts';
import { joinBytes } from '../kernel/bytes.ts';
import { IdTable } from '../kernel/id-table.ts';
import { recordIdOf } from '../kernel/ids.ts';
import type { RecordKind } from '../records/record.ts';
import type { Change } from './change.ts';
import { operationsInPack, packSize, type RecordBlock } from './record-block.ts';

const idLength = 16;
/** Packs whose operations are kept after they were read. */
const keptPacks = 64;
const packsPerBlock = 0x1_0000;

/** The blocks of one compartment as one list: records are numbered over the blocks. */
export class RecordPart {
  readonly blocks: readonly RecordBlock[];
  readonly count: number;
  private readonly starts: readonly number[];
  private readonly table: IdTable;
  private readonly ids: Uint8Array;
  private readonly blockOf: Uint16Array;
  private readonly read = new Map<number, readonly (readonly Change[])[]>();

  constructor(blocks: readonly RecordBlock[]) {
    this.blocks = blocks;
    const starts: number[] = [];
    let count = 0;
    for (const block of blocks) {
      starts.push(count);
      count += block.count;
    }
    this.starts = starts;
    this.count = count;
    this.blockOf = new Uint16Array(count);
    blocks.forEach((block, no) => this.blockOf.fill(no, starts[no] ?? 0, (starts[no] ?? 0) + block.count));
    this.ids = joinBytes(blocks.map(({ ids }) => ids));
    this.table = new IdTable(this.ids);
  }

  /** The number of a record; undefined where this compartment has nothing of it. */
  find(kind: RecordKind, id: Uint8Array): number | undefined {
    return this.table.placesOf(id).find((at) => this.kindAt(at) === kind);
  }

  placeOf(at: number): { readonly no: number; readonly block: RecordBlock; readonly local: number } {
    const no = this.blockOf[at] ?? 0;
    const block = this.blocks[no];
    invariant(block !== undefined, 'a record of no block');
    return { no, block, local: at - (this.starts[no] ?? 0) };
  }

  kindAt(at: number): RecordKind {
    const { block, local } = this.placeOf(at);
    const kind = block.kinds[block.kindNos[local] ?? 0];
    invariant(kind !== undefined, 'checked when the block was read');
    return kind;
  }

  /** Numbers of the records of one kind; a block without any is passed over. */
  *ofKind(kind: RecordKind): Generator<number> {
    for (const [no, block] of this.blocks.entries()) {
      const wanted = block.kinds.indexOf(kind);
      const start = this.starts[no] ?? 0;
      for (let at = 0; wanted >= 0 && at < block.count; at++) if (block.kindNos[at] === wanted) yield start + at;
    }
  }

  countOf(kinds: readonly RecordKind[]): number {
    let count = 0;
    for (const block of this.blocks) {
      const wanted = new Set(kinds.map((kind) => block.kinds.indexOf(kind)));
      for (const no of block.kindNos) if (wanted.has(no)) count += 1;
    }
    return count;
  }

  idBytesAt(at: number): Uint8Array {
    return this.ids.subarray(at * idLength, (at + 1) * idLength);
  }

  idAt(at: number): string {
    return recordIdOf(this.idBytesAt(at));
  }

  keyAt(at: number): string {
    return `${this.kindAt(at)}/${this.idAt(at)}`;
  }

  revAt(at: number): number {
    const { block, local } = this.placeOf(at);
    return block.revs[local] ?? 0;
  }

  /** In the order in which they were sealed. */
  opsAt(at: number): readonly Change[] {
    const { no, local } = this.placeOf(at);
    return this.packAt(no, Math.floor(local / packSize))[local % packSize] ?? [];
  }

  private packAt(no: number, pack: number): readonly (readonly Change[])[] {
    const name = no * packsPerBlock + pack;
    const known = this.read.get(name);
    if (known !== undefined) return known;
    const block = this.blocks[no];
    const ops = block && operationsInPack(block, pack);
    invariant(ops !== undefined, 'a sealed block holds what was packed');
    this.read.set(name, ops);
    const oldest = this.read.size > keptPacks ? this.read.keys().next().value : undefined;
    if (oldest !== undefined) this.read.delete(oldest);
    return ops;
  }
}
