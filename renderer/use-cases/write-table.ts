import { tableText, type ExportColumn, type ExportFormat } from '../../shared/exchange/export-table.ts';
import { sheetFile, workbookParts } from '../../shared/exchange/xlsx.ts';
import { crc32, zipOf, type ZipEntry } from '../../shared/exchange/zip.ts';
import { joinBytes, toUtf8, type Bytes } from '../../shared/kernel/bytes.ts';

/** Rows written between two turns of the screen. */
const sliceSize = 500;

export type WriteOptions = {
  readonly format: ExportFormat;
  readonly columns: readonly ExportColumn[];
  /** Name of the sheet in a workbook. */
  readonly sheet: string;
  readonly pause: () => Promise<void>;
  readonly signal: AbortSignal;
};

/** The bytes of a file, made in slices so that the screen goes on; null when `signal` stopped it. */
export async function writeTable(options: WriteOptions, rows: readonly (readonly string[])[]): Promise<Bytes | null> {
  const { format, columns, pause, signal } = options;
  const text = tableText(format, columns);
  const slices = async function* (): AsyncGenerator<Bytes> {
    yield toUtf8(text.start);
    for (let at = 0; at < rows.length && !signal.aborted; at += sliceSize) {
      yield toUtf8(
        rows
          .slice(at, at + sliceSize)
          .map(text.row)
          .join(''),
      );
      await pause();
    }
    yield toUtf8(text.end);
  };
  const bytes = format === 'xlsx' ? await workbook(slices(), options.sheet) : joinBytes(await partsOf(slices()));
  return signal.aborted ? null : bytes;
}

async function partsOf(slices: AsyncIterable<Bytes>): Promise<readonly Bytes[]> {
  const parts: Bytes[] = [];
  for await (const part of slices) parts.push(part);
  return parts;
}

async function workbook(sheet: AsyncIterable<Bytes>, name: string): Promise<Bytes> {
  const entries = [];
  for (const part of workbookParts(name)) entries.push(await entryOf(part.name, [toUtf8(part.text)]));
  entries.push(await entryOf(sheetFile, sheet));
  return zipOf(entries);
}

async function entryOf(name: string, parts: Iterable<Bytes> | AsyncIterable<Bytes>): Promise<ZipEntry> {
  const deflating = new CompressionStream('deflate-raw');
  const deflated = collect(deflating.readable);
  const writer = deflating.writable.getWriter();
  let crc = 0;
  let size = 0;
  for await (const part of parts) {
    crc = crc32(crc, part);
    size += part.length;
    await writer.write(part);
  }
  await writer.close();
  return { name, crc, size, deflated: joinBytes(await deflated) };
}

async function collect(stream: ReadableStream<Uint8Array>): Promise<readonly Uint8Array[]> {
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return parts;
    parts.push(value);
  }
}
