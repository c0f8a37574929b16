import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/** 1: a frame as it came. 2: an enrolment, JSON. 3: a release of what was held, JSON. 4: a page that came
 * back, JSON. 5: an erasure, JSON. 6: a decision of a person, or a deposit that waits for one, JSON. `g` is the number
 * of its transaction. */
export type JournalEntry = { readonly kind: 1 | 2 | 3 | 4 | 5 | 6; readonly g: number; readonly bytes: Uint8Array };
export type FrameJournal = {
  readonly lastG: () => number;
  /** Resolves after fsync. */
  readonly append: (entry: JournalEntry) => Promise<void>;
  /** Entries with a number above `after`, in order. */
  readonly entriesAfter: (after: number) => AsyncGenerator<JournalEntry>;
  /** Writes every segment anew in which `change` gives other bytes for an entry; nothing may be appended meanwhile. */
  readonly rewrite: (change: (entry: JournalEntry) => Uint8Array) => Promise<void>;
  readonly close: () => Promise<void>;
};

const segmentBytes = 64 * 1024 * 1024;
const headLength = 17;
const kinds = [1, 2, 3, 4, 5, 6] as const;
const segmentName = (g: number) => `${String(g).padStart(16, '0')}.journal`;

/**
 * Everything that was taken in, once more, outside the database and its backups: length u32, CRC-32 u32, kind u8,
 * g u64, bytes. A tail that was being written at a power cut is cut off.
 */
export async function openFrameJournal(folder: string): Promise<FrameJournal> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const segments = async () => (await readdir(folder)).filter((name) => name.endsWith('.journal')).sort();
  let lastG = 0;
  let size = 0;
  let lastStart = 0;
  let file: FileHandle | undefined;
  const newest = (await segments()).at(-1);
  if (newest !== undefined) {
    const path = join(folder, newest);
    lastG = Number(newest.slice(0, 16)) - 1;
    for await (const { entry, end } of readSegment(path)) {
      lastG = Math.max(lastG, entry.g);
      lastStart = size;
      size = end;
    }
    file = await open(path, 'r+');
    await file.truncate(size);
    await file.sync();
  }

  return {
    lastG: () => lastG,
    append: async ({ kind, g, bytes }) => {
      // The database gives a number again only when the transaction of the last entry was never committed.
      if (g === lastG && file !== undefined) size = lastStart;
      else if (g <= lastG) throw new Error('The database is behind the frame journal.');
      if (file === undefined || size > segmentBytes) {
        await file?.close();
        file = await open(join(folder, segmentName(g)), 'wx', 0o600);
        size = 0;
        await syncFolder(folder);
      }
      const record = encodeEntry({ kind, g, bytes });
      await writeWhole(file, record, size);
      await file.datasync();
      // Only now: a write that failed half-way is written over by the next one.
      lastStart = size;
      size += record.length;
      lastG = g;
    },
    entriesAfter: async function* (after) {
      const names = await segments();
      for (const [at, name] of names.entries()) {
        const next = names[at + 1];
        if (next !== undefined && Number(next.slice(0, 16)) <= after) continue;
        for await (const { entry } of readSegment(join(folder, name))) if (entry.g > after) yield entry;
      }
    },
    rewrite: async (change) => {
      const names = await segments();
      for (const name of names) {
        const records: Buffer[] = [];
        let isOther = false;
        for await (const { entry } of readSegment(join(folder, name))) {
          const bytes = change(entry);
          if (bytes !== entry.bytes) isOther = true;
          records.push(encodeEntry({ ...entry, bytes }));
        }
        if (!isOther) continue;
        const isOpen = name === names.at(-1);
        if (isOpen) await file?.close();
        try {
          await replaceFile(join(folder, name), records);
          if (!isOpen) continue;
          size = records.reduce((sum, { length }) => sum + length, 0);
          lastStart = size - (records.at(-1)?.length ?? 0);
        } finally {
          // Also after a failure, on the old bytes: what comes next is appended all the same.
          if (isOpen) file = await open(join(folder, name), 'r+');
        }
      }
      await syncFolder(folder);
    },
    close: async () => {
      await file?.close();
      file = undefined;
    },
  };
}

function encodeEntry({ kind, g, bytes }: JournalEntry): Buffer {
  const record = Buffer.alloc(headLength + bytes.length);
  record.writeUInt32BE(bytes.length, 0);
  record.writeUInt8(kind, 8);
  record.writeBigUInt64BE(BigInt(g), 9);
  record.set(bytes, headLength);
  record.writeUInt32BE(crc32(record.subarray(8)), 4);
  return record;
}

/** The old bytes or the new ones, whatever happens in between. */
async function replaceFile(path: string, parts: readonly Buffer[]): Promise<void> {
  const unfinished = `${path}.unfinished`;
  const handle = await open(unfinished, 'w', 0o600);
  try {
    for (const part of parts) await writeWhole(handle, part, null);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, path);
}

/** A nearly full disk takes a part of the bytes and calls that a success. `at` null: at the end. */
async function writeWhole(file: FileHandle, bytes: Buffer, at: number | null): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const place = at === null ? null : at + done;
    done += (await file.write(bytes, done, bytes.length - done, place)).bytesWritten;
  }
}

async function* readSegment(path: string): AsyncGenerator<{ readonly entry: JournalEntry; readonly end: number }> {
  let rest = Buffer.alloc(0);
  let at = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    while (rest.length >= headLength) {
      const length = rest.readUInt32BE(0);
      const end = headLength + length;
      if (rest.length < end) break;
      if (crc32(rest.subarray(8, end)) !== rest.readUInt32BE(4)) return;
      const kind = kinds[rest.readUInt8(8) - 1] ?? 1;
      at += end;
      const entry = { kind, g: Number(rest.readBigUInt64BE(9)), bytes: rest.subarray(headLength, end) } as const;
      yield { entry, end: at };
      rest = rest.subarray(end);
    }
  }
}

/** A new file survives a power cut only once its folder is on disk; not every system can sync one. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
