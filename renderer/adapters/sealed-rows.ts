import { fromHex, toHex, type Bytes } from '../../shared/kernel/bytes.ts';
import type { Departure, SealedRow, SealedWriter } from '../../shared/ports.ts';
import type { Compartment, RecordKind, RecordRef } from '../../shared/records/record.ts';
import type { DepartureRow, RecordRow, WriterRow } from './database.ts';

/** Between what the port speaks of and what stands in a table. */
export const toRecordRow = ({ ref, rev, deleted, boxes }: SealedRow): RecordRow => ({
  id: ref.id,
  rev,
  d: 0,
  t: deleted ? 1 : 0,
  boxes: { ...boxes },
});
export const toSealedRow = (kind: RecordKind, row: RecordRow): SealedRow => ({
  ref: { kind, id: row.id },
  rev: row.rev,
  deleted: row.t === 1,
  boxes: row.boxes,
});

/** What the endpoint confirmed is noted apart from what is written: of a writer that is there it stays as it is. */
export function toWriterRow(writer: SealedWriter, present: WriterRow | undefined): WriterRow {
  const { acked, archived } = present ?? writer;
  return { ...writer, w: toHex(writer.w), acked, archived };
}
export const toSealedWriter = (row: WriterRow): SealedWriter => ({
  ...row,
  w: fromHex(row.w),
  c: row.c as Compartment,
  box: row.box as Bytes,
});

export const departureKey = ({ kind, id }: RecordRef, site: string): string => `${kind}/${id}/${site}`;
export const toDepartureRow = ({ ref, site, sinceMs }: Departure): DepartureRow => ({
  key: departureKey(ref, site),
  ...ref,
  site,
  since: sinceMs,
});
export const toDeparture = ({ kind, id, site, since }: DepartureRow): Departure => ({
  ref: { kind: kind as RecordKind, id },
  site,
  sinceMs: since,
});
