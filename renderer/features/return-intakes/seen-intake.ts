import { currentQuestionnaireVersion } from '../../../shared/questionnaire/return-intake.ts';
import { answerFields, type SeenIntake } from '../../../shared/questionnaire/sittings.ts';
import type { FieldValues } from '../../../shared/records/record.ts';
import type { Edit } from '../../../shared/sync/make-changes.ts';
import type { Services } from '../../services.tsx';

const keyOf = (intake: string) => `intake-seen.${intake}`;

/** What this laptop has shown of a draft; undefined when it never did, or an older version of the app wrote it. */
export async function readSeen(services: Services, intake: string): Promise<SeenIntake | undefined> {
  const text = await services.readDraft(keyOf(intake));
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as SeenIntake;
  } catch {
    return undefined;
  }
}

/** Sealed like a half-filled form: it holds answers. */
export function writeSeen(services: Services, intake: string, values: FieldValues, day: string): Promise<void> {
  const seen: SeenIntake = { version: currentQuestionnaireVersion, day, answers: answerFields(values) };
  return services.writeDraft(keyOf(intake), JSON.stringify(seen));
}

export async function noteSeen(services: Services, intake: string, edits: readonly Edit[]): Promise<void> {
  const seen = await readSeen(services, intake);
  if (seen === undefined) return;
  const own = answerFields(Object.fromEntries(edits.map(({ field, value }) => [field, value])));
  await services.writeDraft(keyOf(intake), JSON.stringify({ ...seen, answers: { ...seen.answers, ...own } }));
}

export const forgetSeen = (services: Services, intake: string): Promise<void> => services.removeDraft(keyOf(intake));
