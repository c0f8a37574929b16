import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { joinBytes, toHex, type Bytes } from '../shared/kernel/bytes.ts';
import { createFile, replaceFile, syncFolder } from './durable-file.ts';
import { encodeRecord, linkOf, scanSegment, type JournalRecord } from './journal-record.ts';

const marker = 'rewritten';
const unfinished = '.seg.new';
export const segmentName = (no: number): string => `${String(no).padStart(8, '0')}.seg`;

/**
 * A rewriting that was cut off is finished when its new segments were all on disk, and forgotten when they were not.
 * Either way no value is lost, and none that was to go is read again. True when the new ones are the journal from now
 * on. Where it throws it can be called again.
 */
export function finishRewrite(folder: string): boolean {
  const names = readdirSync(folder);
  const fresh = names.filter((name) => name.endsWith(unfinished));
  if (!names.includes(marker)) {
    for (const name of fresh) rmSync(path.join(folder, name));
    return false;
  }
  const below = Number(readFileSync(path.join(folder, marker), 'utf8'));
  for (const name of fresh) renameSync(path.join(folder, name), path.join(folder, name.replace(unfinished, '.seg')));
  for (const name of names)
    if (/^\d{8}\.seg$/.test(name) && Number(name.slice(0, 8)) < below) rmSync(path.join(folder, name));
  syncFolder(folder);
  rmSync(path.join(folder, marker));
  syncFolder(folder);
  return true;
}

/** All new segments are on disk: from here on it can only be finished. */
export function sealRewrite(folder: string, { segments }: Rewritten, numbers: readonly number[]): void {
  replaceFile(path.join(folder, marker), Buffer.from(String(segments[0]?.no ?? nextAfter(numbers))));
}
const nextAfter = (numbers: readonly number[]): number => (numbers.at(-1) ?? 0) + 1;

export type Rewritten = {
  readonly segments: readonly { readonly no: number; readonly ops: number }[];
  readonly link: Bytes;
  readonly size: number;
};

/**
 * Every segment anew beside the present ones, with `change` done to its records (undefined leaves one out). The chain of
 * links goes on from `link`. A segment that would be empty is left out.
 */
export function rewriteSegments(
  folder: string,
  numbers: readonly number[],
  link: Bytes,
  change: (record: JournalRecord) => JournalRecord | undefined,
): Rewritten {
  const first = nextAfter(numbers);
  const segments: { no: number; ops: number }[] = [];
  let last = link;
  let size = 0;
  for (const number of numbers) {
    const { records } = scanSegment(readFileSync(path.join(folder, segmentName(number))), undefined);
    const kept = records.flatMap((record) => change(record) ?? []);
    if (kept.length === 0) continue;
    const encoded = kept.map((record) => {
      const bytes = encodeRecord(record, last);
      last = linkOf(bytes);
      return bytes;
    });
    const content = joinBytes(encoded);
    const no = first + segments.length;
    createFile(path.join(folder, segmentName(no).replace('.seg', unfinished)), content);
    segments.push({ no, ops: kept.filter(({ kind }) => kind === 'op').length });
    size = content.length;
  }
  return { segments, link: last, size };
}

/** Records with the boxes of `ops` in the place of their own, and of local values only the last edition. */
export function replacing(
  ops: readonly { readonly w: Uint8Array; readonly n: number; readonly box: Uint8Array }[],
  isLastEdition: (record: JournalRecord) => boolean,
  epochOf: (record: Omit<JournalRecord, 'epoch'>) => number,
): (record: JournalRecord) => JournalRecord | undefined {
  const boxes = new Map(ops.map(({ w, n, box }) => [`${toHex(w)}.${n}`, Uint8Array.from(box)]));
  return (record) => {
    if (record.kind === 'local') return isLastEdition(record) ? record : undefined;
    const box = record.kind === 'op' ? boxes.get(`${toHex(record.w)}.${record.n}`) : undefined;
    return box === undefined ? record : { ...record, box, epoch: epochOf({ ...record, box }) };
  };
}
