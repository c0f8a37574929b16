import { fromUtf8, joinBytes, toUtf8, type Bytes } from '../../shared/kernel/bytes.ts';
import { parseIsoDate } from '../../shared/kernel/dates.ts';
import { recordIdBytes, recordIdOf } from '../../shared/kernel/ids.ts';
import { err, ok } from '../../shared/kernel/result.ts';
import type { SummaryCodec } from '../../shared/ports.ts';
import { parsePartialDate } from '../../shared/register/partial-date.ts';
import { summaryStatuses, type ResidentSummary, type SummaryStatus } from '../../shared/register/resident-summary.ts';
import {
  noText,
  startOf,
  textColumns,
  type SummaryColumns,
  type TextColumn,
} from '../../shared/register/summary-columns.ts';

/**
 * Typed columns (performance.md §3.1): a header of five u32, then each column at a multiple of 8, then the table of
 * texts. Little-endian, as every machine is that runs this. Nothing has to be parsed but the texts, once each.
 */
const version = 2;
/** Before somebody could go into another record there was one column of ids less. */
const withoutMerges = 1;
const headerLength = 5 * 4;
const nobody = noText;
/** These share their byte with the status. */
const unsettledBit = 0x80;
const guardianBit = 0x40;
const sexShift = 4;
const sexMask = 0x30;
const statusMask = 0x0f;
/** Bytes of before sexes were kept have zeros there. */
const sexOrder = ['unknown', 'F', 'M', 'X'] as const satisfies readonly ResidentSummary['sex'][];
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
      ...textColumns.map((name) => column((row) => textTable.placeOf(row[name]))),
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
    if (found !== version && found !== withoutMerges) return broken;
    if (count === undefined || idCount === undefined || textCount === undefined) return broken;
    // Every row brings an id and every text a length, so small bytes cannot claim a great number.
    if (count * 16 + idCount * 16 + textCount * 4 > bytes.length) return broken;
    const rowIds = reader.bytes(count * 16);
    const revs = reader.u32(count);
    const statuses = reader.bytes(count);
    const textNos = textColumns.map(() => reader.u32(count));
    const idNos = ids.slice(0, found === version ? 3 : 2).map(() => reader.u32(count));
    const tableIds = reader.bytes(idCount * 16);
    const lengths = reader.u32(textCount);
    const starts = new Uint32Array(textCount + 1);
    let end = 0;
    lengths.forEach((length, no) => {
      end += length;
      starts[no + 1] = end;
    });
    const letters = reader.tail(end);
    if (!reader.isComplete()) return broken;
    for (const byte of statuses) if (summaryStatuses[byte & statusMask] === undefined) return broken;
    return ok(new SegmentColumns(rowIds, revs, statuses, textNos, idNos, tableIds, starts, letters));
  },
};

/** Columns where they are; texts and objects are made when they are asked for, and texts are kept. */
class SegmentColumns implements SummaryColumns {
  readonly length: number;
  readonly ids: Uint8Array;
  private readonly revs: Uint32Array;
  private readonly statuses: Uint8Array;
  private readonly textNos: readonly Uint32Array[];
  private readonly idNos: readonly Uint32Array[];
  private readonly tableIds: Uint8Array;
  private readonly starts: Uint32Array;
  private readonly letters: Uint8Array;
  private readonly texts: (string | undefined)[] = [];
  private readonly idTexts: (string | undefined)[] = [];
  private readonly kept = new Map<number, ResidentSummary>();

  constructor(
    ids: Uint8Array,
    revs: Uint32Array,
    statuses: Uint8Array,
    textNos: readonly Uint32Array[],
    idNos: readonly Uint32Array[],
    tableIds: Uint8Array,
    starts: Uint32Array,
    letters: Uint8Array,
  ) {
    this.length = revs.length;
    this.ids = ids;
    this.revs = revs;
    this.statuses = statuses;
    this.textNos = textNos;
    this.idNos = idNos;
    this.tableIds = tableIds;
    this.starts = starts;
    this.letters = letters;
  }

  column(name: TextColumn): Uint32Array {
    return this.textNos[textColumns.indexOf(name)] ?? none;
  }

  text(no: number): string {
    if (no >= this.starts.length - 1) return '';
    const text = this.texts[no] ?? fromUtf8(this.letters.subarray(this.starts[no], this.starts[no + 1])) ?? '';
    this.texts[no] = text;
    return text;
  }

  startOf(no: number): number {
    const start = this.starts[no] ?? 0;
    const length = (this.starts[no + 1] ?? start) - start;
    return startOf(length > 0 ? this.letters[start] : undefined, length > 1 ? this.letters[start + 1] : undefined);
  }

  statusAt(row: number): SummaryStatus {
    return summaryStatuses[(this.statuses[row] ?? 0) & statusMask] ?? 'departed';
  }

  siteAt(row: number): string | null {
    return this.idText(0, row);
  }

  sites(): readonly string[] {
    const numbers = new Set(this.idNos[0]);
    return [...numbers].map((no) => this.idOf(no) ?? '');
  }

  lacksGuardianAt(row: number): boolean {
    return ((this.statuses[row] ?? 0) & guardianBit) !== 0;
  }

  isMergedAt(row: number): boolean {
    return (this.idNos[2]?.[row] ?? nobody) !== nobody;
  }

  at(row: number): ResidentSummary | undefined {
    const made = this.kept.get(row) ?? this.make(row);
    if (made !== undefined) this.kept.set(row, made);
    return made;
  }

  peek(row: number): ResidentSummary | undefined {
    return this.kept.get(row) ?? this.make(row);
  }

  private idText(column: number, row: number): string | null {
    return this.idOf(this.idNos[column]?.[row] ?? nobody);
  }

  private idOf(no: number): string | null {
    if (no * 16 >= this.tableIds.length) return null;
    return (this.idTexts[no] ??= idAt(this.tableIds, no));
  }

  private make(row: number): ResidentSummary | undefined {
    if (row >= this.length) return undefined;
    const status = this.statuses[row] ?? 0;
    const mergedInto = this.idText(2, row);
    const textAt = (column: number): string | null => {
      const no = this.textNos[column]?.[row] ?? nobody;
      return no === nobody ? null : this.text(no);
    };
    return {
      id: idAt(this.ids, row),
      rev: this.revs[row] ?? 0,
      family: textAt(0) ?? '',
      given: textAt(1) ?? '',
      patronymic: textAt(2) ?? '',
      familyCyrillic: textAt(3) ?? '',
      givenCyrillic: textAt(4) ?? '',
      birthDate: parsePartialDate(textAt(5) ?? '') ?? null,
      sex: sexOrder[(status & sexMask) >> sexShift] ?? 'unknown',
      status: this.statusAt(row),
      site: this.idText(0, row),
      room: textAt(6),
      bed: textAt(7),
      familyId: this.idText(1, row),
      protectionUntil: parseIsoDate(textAt(8) ?? '') ?? null,
      unsettled: (status & unsettledBit) !== 0,
      ...(mergedInto === null ? {} : { mergedInto }),
      ...((status & guardianBit) === 0 ? {} : { lacksGuardian: true as const }),
    };
  }
}

const none = new Uint32Array();
const statusByteOf = (row: ResidentSummary): number =>
  summaryStatuses.indexOf(row.status) |
  (sexOrder.indexOf(row.sex) << sexShift) |
  (row.lacksGuardian === true ? guardianBit : 0) |
  (row.unsettled ? unsettledBit : 0);

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

  constructor(bytes: Bytes) {
    // A view of four-byte numbers has to begin at a multiple of four.
    this.source = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
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
