import { fromUtf8, joinBytes, toUtf8, type Bytes } from '../../shared/kernel/bytes.ts';
import { parseIsoDate } from '../../shared/kernel/dates.ts';
import { recordIdBytes, recordIdOf } from '../../shared/kernel/ids.ts';
import { err, ok } from '../../shared/kernel/result.ts';
import type { SummaryCodec } from '../../shared/ports.ts';
import { parsePartialDate } from '../../shared/register/partial-date.ts';
import { summaryStatuses, type ResidentSummary } from '../../shared/register/resident-summary.ts';

/**
 * Typed columns (performance.md §3.1): a header of five u32, then each column at a multiple of 8, then the table of
 * texts. Little-endian, as every machine is that runs this. Nothing has to be parsed but the texts, once each.
 */
const version = 2;
/** Before somebody could go into another record there was one column of ids less. */
const withoutMerges = 1;
const headerLength = 5 * 4;
const nobody = 0xffffffff;
/** These share their byte with the status. */
const unsettledBit = 0x80;
const sexShift = 4;
const sexMask = 0x30;
/** Bytes of before sexes were kept have zeros there. */
const sexOrder = ['unknown', 'F', 'M', 'X'] as const satisfies readonly ResidentSummary['sex'][];
const texts = [
  'family',
  'given',
  'patronymic',
  'familyCyrillic',
  'givenCyrillic',
  'birthDate',
  'room',
  'bed',
  'protectionUntil',
] as const satisfies readonly (keyof ResidentSummary)[];
const ids = ['site', 'familyId', 'mergedInto'] as const satisfies readonly (keyof ResidentSummary)[];

export const summaryCodec: SummaryCodec = {
  encode: (residents) => {
    const textTable = new Places();
    const idTable = new Places();
    const rows = [...residents].sort(compareNames);
    const column = (valueOf: (row: ResidentSummary) => number) =>
      padded(bytesOf(Uint32Array.from(rows, (row) => valueOf(row))));
    const columns = [
      padded(joinBytes(rows.map((row) => recordIdBytes(row.id)))),
      column((row) => row.rev),
      padded(Uint8Array.from(rows, statusByteOf)),
      ...texts.map((name) => column((row) => textTable.placeOf(row[name]))),
      ...ids.map((name) => column((row) => idTable.placeOf(row[name] ?? null))),
    ];
    const idBytes = padded(joinBytes(idTable.entries.map(recordIdBytes)));
    const encoded = textTable.entries.map(toUtf8);
    const lengths = padded(bytesOf(Uint32Array.from(encoded, (text) => text.length)));
    const header = Uint32Array.of(version, rows.length, idTable.entries.length, encoded.length, 0);
    return joinBytes([padded(bytesOf(header)), ...columns, idBytes, lengths, ...encoded]);
  },

  decode: (bytes) => {
    const broken = err({ type: 'not-summaries' } as const);
    const reader = new ColumnReader(bytes);
    const [found, count, idCount, textCount] = reader.u32(headerLength / 4);
    if ((found !== version && found !== withoutMerges) || count === undefined || idCount === undefined || textCount === undefined) return broken;
    // Every row brings an id and every text a length, so small bytes cannot claim a great number.
    if (count * 16 + idCount * 16 + textCount * 4 > bytes.length) return broken;
    const rowIds = reader.bytes(count * 16);
    const revs = reader.u32(count);
    const statuses = reader.bytes(count);
    const textColumns = texts.map(() => reader.u32(count));
    const idColumns = ids.slice(0, found === version ? 3 : 2).map(() => reader.u32(count));
    const tableIds = reader.bytes(idCount * 16);
    const lengths = reader.u32(textCount);
    const table: string[] = [];
    for (const length of lengths) {
      const text = fromUtf8(reader.tail(length));
      if (text === undefined) return broken;
      table.push(text);
    }
    if (!reader.isComplete()) return broken;
    const idTable = Array.from({ length: idCount }, (_unused, at) => idAt(tableIds, at));
    const textAt = (column: number, row: number): string | null => table[textColumns[column]?.[row] ?? nobody] ?? null;
    const residents: ResidentSummary[] = [];
    for (let row = 0; row < count; row++) {
      const statusByte = statuses[row] ?? 0xff;
      const status = summaryStatuses[statusByte & ~(unsettledBit | sexMask)];
      if (status === undefined) return broken;
      const mergedInto = idTable[idColumns[2]?.[row] ?? nobody];
      residents.push({
        id: idAt(rowIds, row),
        rev: revs[row] ?? 0,
        family: textAt(0, row) ?? '',
        given: textAt(1, row) ?? '',
        patronymic: textAt(2, row) ?? '',
        familyCyrillic: textAt(3, row) ?? '',
        givenCyrillic: textAt(4, row) ?? '',
        birthDate: parsePartialDate(textAt(5, row) ?? '') ?? null,
        sex: sexOrder[(statusByte & sexMask) >> sexShift] ?? 'unknown',
        status,
        site: idTable[idColumns[0]?.[row] ?? nobody] ?? null,
        room: textAt(6, row),
        bed: textAt(7, row),
        familyId: idTable[idColumns[1]?.[row] ?? nobody] ?? null,
        protectionUntil: parseIsoDate(textAt(8, row) ?? '') ?? null,
        unsettled: (statusByte & unsettledBit) !== 0,
        ...(mergedInto === undefined ? {} : { mergedInto }),
      });
    }
    return ok(residents);
  },
};

const statusByteOf = (row: ResidentSummary): number =>
  summaryStatuses.indexOf(row.status) | (sexOrder.indexOf(row.sex) << sexShift) | (row.unsettled ? unsettledBit : 0);

/** In the order of the list, so that its first page is a merge of the heads of the segments. */
const compareNames = (a: ResidentSummary, b: ResidentSummary): number =>
  compare(a.family || a.familyCyrillic, b.family || b.familyCyrillic) ||
  compare(a.given || a.givenCyrillic, b.given || b.givenCyrillic) ||
  compare(a.id, b.id);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const bytesOf = (column: Uint32Array): Bytes => new Uint8Array(column.buffer as ArrayBuffer);
const align = (length: number): number => Math.ceil(length / 8) * 8;
function padded(column: Uint8Array): Bytes {
  const bytes = new Uint8Array(align(column.length));
  bytes.set(column);
  return bytes;
}
const idAt = (bytes: Uint8Array, at: number): string => recordIdOf(bytes.subarray(at * 16, at * 16 + 16));

/** Every different text once; a column holds its place. */
class Places {
  readonly entries: string[] = [];
  private readonly places = new Map<string, number>();

  placeOf(text: string | null): number {
    if (text === null) return nobody;
    const known = this.places.get(text);
    if (known !== undefined) return known;
    this.places.set(text, this.entries.length);
    this.entries.push(text);
    return this.entries.length - 1;
  }
}

/** Reads columns one after the other; past the end it gives short ones, and `isComplete` says so. */
class ColumnReader {
  private readonly source: Bytes;
  private at = 0;

  constructor(bytes: Uint8Array) {
    // A copy that begins at 0: a view of four-byte numbers needs that.
    this.source = Uint8Array.from(bytes);
  }

  bytes(length: number): Uint8Array {
    const part = this.source.subarray(this.at, this.at + length);
    this.at += align(length);
    return part;
  }

  u32(count: number): Uint32Array {
    const part = this.bytes(count * 4);
    return new Uint32Array(part.buffer, part.byteOffset, Math.floor(part.length / 4));
  }

  tail(length: number): Uint8Array {
    const part = this.source.subarray(this.at, this.at + length);
    this.at += length;
    return part;
  }

  isComplete(): boolean {
    return this.at === this.source.length;
  }
}
