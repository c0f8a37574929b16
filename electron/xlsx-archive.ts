import yauzl from 'yauzl';
import { tableLimits } from './table.ts';

type Entry = { readonly name: string; readonly text: string | undefined };
export type Archive = ReadonlyMap<string, string>;
export type ArchiveFault = 'too-big' | 'unreadable';

const unsafeName = /^[/\\]|^[A-Za-z]:|\\|(^|\/)\.\.?(\/|$)|(^|\/)(con|prn|aux|nul|com\d|lpt\d)(\.|\/|$)|\0/i;

/**
 * Inflates every entry of a workbook under the limits of SEC-46 to 48 and gives the XML parts. Sizes are counted while
 * inflating, so an archive that lies about them is found; nothing is written to disk.
 */
export async function readArchive(bytes: Uint8Array): Promise<Archive | ArchiveFault> {
  try {
    const zip = await yauzl.fromBufferPromise(Buffer.from(bytes), {
      lazyEntries: true,
      validateEntrySizes: true,
      strictFileNames: true,
    });
    if (zip.entryCount > tableLimits.entries) return 'too-big';
    const parts = new Map<string, string>();
    const ranges: { readonly start: number; readonly end: number }[] = [];
    let left: number = tableLimits.inflatedBytes;
    for await (const entry of zip.eachEntry()) {
      const symlink = ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000;
      if (entry.isEncrypted() || symlink || unsafeName.test(entry.fileName) || parts.has(entry.fileName))
        return 'unreadable';
      if (entry.uncompressedSize > left) return 'too-big';
      if (entry.uncompressedSize > Math.max(entry.compressedSize, 1) * tableLimits.ratio) return 'too-big';
      const start = entry.relativeOffsetOfLocalHeader;
      const range = { start, end: start + 30 + entry.fileNameLength + entry.compressedSize };
      if (ranges.some((other) => range.start < other.end && other.start < range.end)) return 'unreadable';
      ranges.push(range);
      const read = await inflate(zip, entry, left);
      if (typeof read === 'string') return read;
      left -= read.bytes;
      if (read.entry.text !== undefined) parts.set(read.entry.name, read.entry.text);
    }
    return parts;
  } catch {
    return 'unreadable';
  }
}

async function inflate(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  left: number,
): Promise<{ readonly bytes: number; readonly entry: Entry } | ArchiveFault> {
  const stream = await zip.openReadStreamPromise(entry);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > left) return 'too-big';
    chunks.push(chunk);
  }
  if (!/\.(xml|rels)$/i.test(entry.fileName)) return { bytes, entry: { name: entry.fileName, text: undefined } };
  const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  // Spreadsheet programs write neither; they are how a small file becomes a large one or reads another (SEC-48).
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) return 'unreadable';
  return { bytes, entry: { name: entry.fileName, text } };
}
