import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { missingForFinalise } from '../../../shared/questionnaire/finalised-intake.ts';
import type { IntakeStatus } from '../../../shared/questionnaire/return-intake.ts';
import { isHidden, type ReplicaRecord } from '../../../shared/sync/replica-record.ts';
import type { Language } from '../../i18n/i18n.ts';
import { recordsOfKind } from '../../stores/workspace-store.ts';
import { finalisedIntakes, frozenLines } from './finalised.ts';
import { intakeValues, toIntake, type Intake } from './intake.ts';
import type { Residents } from './person-names.ts';

export type IntakeRow = {
  readonly id: string;
  readonly residents: readonly string[];
  readonly day: IsoDate | undefined;
  readonly status: IntakeStatus;
  /** Questions that still need an answer; null when nothing is asked any more. */
  readonly missing: number | null;
  readonly outcome: string;
  /** One of the answers that stay on a device is worrying. */
  readonly needsAttention: boolean;
};

/** Open interviews first, then the recorded ones; the newest on top. A recorded interview stands there once. */
export function intakeRows(
  records: ReadonlyMap<string, ReplicaRecord>,
  residents: Residents,
  day: IsoDate,
  language: Language,
): readonly IntakeRow[] {
  const finalised = finalisedIntakes(records);
  const known = new Set(finalised.map(({ id }) => id));
  const begun = new Map<string, Intake>();
  const drafts = recordsOfKind(records, 'returnIntake').flatMap((record): IntakeRow[] => {
    if (isHidden(record)) return [];
    const intake = toIntake(record.id, intakeValues(record), residents, day);
    if (intake !== undefined) begun.set(record.id, intake);
    if (intake === undefined || (intake.finalisedAs !== undefined && known.has(intake.finalisedAs))) return [];
    const isOpen = intake.status === 'draft' || intake.status === 'ready-for-review';
    return [
      {
        id: record.id,
        residents: intake.residents,
        day: intake.startedOn,
        status: intake.status,
        missing: isOpen ? missingForFinalise(intake.questionnaire, intake.answers).length : null,
        outcome: '',
        needsAttention: intake.needsAttention,
      },
    ];
  });
  const recorded = finalised.map((frozen): IntakeRow => {
    const kept = frozen.intake.languages.find((one) => one === language) ?? frozen.intake.languages[0] ?? language;
    const outcome = frozenLines(frozen, kept).find(({ key }) => key === 'outcome')?.answer;
    const draft = begun.get(frozen.intake.draft);
    const isWithdrawn = draft?.withdrawal !== undefined;
    return {
      id: frozen.id,
      residents: frozen.intake.persons.map(({ id }) => id),
      day: frozen.day,
      status: isWithdrawn ? 'withdrawn' : 'finalised',
      missing: null,
      outcome: !isWithdrawn && outcome?.kind === 'words' ? (outcome.words[0]?.[kept] ?? '') : '',
      needsAttention: draft?.needsAttention === true,
    };
  });
  const newest = (a: IntakeRow, b: IntakeRow) => ((a.day ?? '') < (b.day ?? '') ? 1 : a.day === b.day ? 0 : -1);
  return [...drafts.toSorted(newest), ...recorded.toSorted(newest)];
}
