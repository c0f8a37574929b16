import type { SubjectPart } from '../../../shared/sync/subject-access.ts';
import type { AuditLines } from '../../services.tsx';

type Entry = AuditLines['entries'][number];
/** `user` is `endpoint` for what the municipality did there. */
export type SubjectLine = Pick<Entry, 'atMs' | 'clockSuspect' | 'user' | 'action' | 'kind' | 'purpose' | 'breakGlass'>;

/** A save is signed and stamped within this time. */
const sameActMs = 5_000;

/**
 * The log of this laptop with the changes that only the records themselves know of: those of other laptops, and those that
 * were saved together with something else. Newest first.
 */
export function subjectLines(parts: readonly SubjectPart[], log: AuditLines): readonly SubjectLine[] {
  const acts = log.entries.filter(({ action }) => action !== 'view');
  const isLogged = (id: string, user: string, atMs: number) =>
    acts.some((entry) => entry.id === id && entry.user === user && Math.abs(entry.atMs - atMs) <= sameActMs);
  const changes = new Map<string, SubjectLine>();
  for (const { kind, id, fields } of parts) {
    for (const { atMs, by, onlyHere } of fields.flatMap(({ values }) => values)) {
      if (onlyHere || isLogged(id, by, atMs)) continue;
      const line = { atMs, clockSuspect: false, user: by, action: 'write', kind, purpose: null, breakGlass: false };
      changes.set(`${id} ${by} ${String(atMs)}`, line);
    }
  }
  return [...log.entries, ...changes.values()].sort((a, b) => b.atMs - a.atMs);
}
