import { ok, type Result } from '../../shared/kernel/result.ts';
import { subjectAccess, mentions, type SubjectPart } from '../../shared/sync/subject-access.ts';
import { openRecord, type OpenError } from './open-record.ts';
import type { Vault } from './vault.ts';

/** Kinds that speak of a place or a municipality; that they name a person says nothing of that person. */
const notAboutPeople: ReadonlySet<string> = new Set([
  'site',
  'municipalPolicy',
  'letterText',
  'nationalSnapshot',
  'siteReport',
]);

/**
 * What this laptop holds about one resident, complete for the compartments of the user: the person, the households and
 * what was decided for them, stays, absences, roll-calls and interviews. The view is in the audit log with its purpose
 * before anything is given.
 */
export async function gatherSubject(
  vault: Vault,
  resident: string,
  purpose: string,
): Promise<Result<readonly SubjectPart[], OpenError>> {
  const opened = await openRecord(vault, { kind: 'resident', id: resident }, purpose);
  if (!opened.ok) return opened;
  const known = [...vault.memory.records.values()].filter(({ kind }) => !notAboutPeople.has(kind));
  const direct = known.filter((record) => mentions(record, resident));
  const households = direct.filter(({ kind }) => kind === 'family').map(({ id }) => id);
  const ofHousehold = known.filter(
    (record) =>
      (record.kind === 'contributionDecision' || record.kind === 'followUp') &&
      !direct.includes(record) &&
      households.some((id) => mentions(record, id)),
  );
  const isPerson = (id: string) => vault.memory.residents.has(id);
  return ok(subjectAccess(resident, [opened.value.record, ...direct, ...ofHousehold], isPerson));
}
