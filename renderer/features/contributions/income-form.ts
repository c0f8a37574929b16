import { maxIncomeCents } from '../../../shared/register/resident-fields.ts';
import type { IncomeEvidence } from '../../../shared/register/codes.ts';
import type { IncomeKind } from '../../../shared/contribution/month-facts.ts';
import { addMonths, firstDayOf, type IsoDate, type IsoMonth } from '../../../shared/kernel/dates.ts';
import type { Cents } from '../../../shared/kernel/money.ts';
import type { RecordRef } from '../../../shared/records/record.ts';
import { incomeFieldId, toResident, type Resident } from '../../../shared/register/resident.ts';
import type { Edit } from '../../../shared/sync/make-changes.ts';
import type { OpenedRecord } from '../../services.tsx';

/** One line of the form. `key` names it on the screen only. */
export type IncomeLine = {
  readonly key: string;
  readonly resident: string;
  readonly kind: IncomeKind;
  readonly amount: Cents | null;
  readonly evidence: IncomeEvidence;
  /** First and last day, where they matter: a change acts from the next month. */
  readonly startedOn: IsoDate | null;
  readonly endedOn: IsoDate | null;
  /** It stands in the record: without an amount it is a mistake, not an empty line. */
  readonly isKept: boolean;
};
type IncomeProblem = 'negative' | 'million' | 'amount' | 'twice' | 'order';

const lineFor = (resident: string, key: string): IncomeLine => ({
  key: `${resident}-${key}`,
  resident,
  kind: 'employment',
  amount: null,
  evidence: 'payslip',
  startedOn: null,
  endedOn: null,
  isKept: false,
});

/** The incomes of `month`, and one empty line for everybody who has none. */
export function linesOfMonth(opened: readonly OpenedRecord[], month: IsoMonth): readonly IncomeLine[] {
  return opened.flatMap(({ record, values }) => {
    const kept = incomesIn(toResident(record.id, values), month).map((income): IncomeLine => ({
      key: `${record.id}-${income.kind}`,
      resident: record.id,
      kind: income.kind,
      amount: income.amountCents,
      evidence: income.evidence,
      startedOn: income.startedOn ?? null,
      endedOn: income.endedOn ?? null,
      isKept: true,
    }));
    return kept.length > 0 ? kept : [lineFor(record.id, 'new')];
  });
}

export const incomesIn = (resident: Resident, month: IsoMonth) =>
  resident.incomes.filter((income) => income.month === month);

/** The incomes of the month before that had not ended, as lines to look over; nothing is kept until they are saved. */
export function linesOfLastMonth(opened: readonly OpenedRecord[], month: IsoMonth): readonly IncomeLine[] {
  const before = linesOfMonth(opened, addMonths(month, -1));
  return before.map((line) =>
    line.endedOn !== null && line.endedOn < firstDayOf(month)
      ? lineFor(line.resident, 'new')
      : { ...line, isKept: false, evidence: line.isKept ? line.evidence : 'payslip' },
  );
}

export const addLine = (lines: readonly IncomeLine[], resident: string): readonly IncomeLine[] => {
  const last = lines.findLastIndex((line) => line.resident === resident);
  const taken = new Set(lines.filter((line) => line.resident === resident).map(({ kind }) => kind));
  const kind = (['employment', 'wage-replacement-benefit', 'supplementary-benefit'] as const).find(
    (known) => !taken.has(known),
  );
  const line = { ...lineFor(resident, `new${lines.length}`), ...(kind === undefined ? {} : { kind }) };
  return [...lines.slice(0, last + 1), line, ...lines.slice(last + 1)];
};

const isEmpty = (line: IncomeLine) => line.amount === null && !line.isKept;

/** What is wrong with each line, in the order of the form. */
export function problemsOf(
  lines: readonly IncomeLine[],
): readonly { readonly key: string; readonly problem: IncomeProblem }[] {
  return lines.flatMap((line, at) => {
    const problem = problemOf(line, lines.slice(0, at));
    return problem === undefined ? [] : [{ key: line.key, problem }];
  });
}

function problemOf(line: IncomeLine, earlier: readonly IncomeLine[]): IncomeProblem | undefined {
  if (isEmpty(line)) return undefined;
  if (line.amount === null) return 'amount';
  if (line.amount < 0) return 'negative';
  if (line.amount >= maxIncomeCents) return 'million';
  if (line.startedOn !== null && line.endedOn !== null && line.endedOn < line.startedOn) return 'order';
  const isSame = (other: IncomeLine) => !isEmpty(other) && other.resident === line.resident && other.kind === line.kind;
  return earlier.some(isSame) ? 'twice' : undefined;
}

/** One save over everybody whose incomes changed: what is gone from the form is emptied, the rest is set. */
export function incomeEdits(
  opened: readonly OpenedRecord[],
  lines: readonly IncomeLine[],
  month: IsoMonth,
): readonly { readonly ref: RecordRef; readonly edits: readonly Edit[] }[] {
  return opened.flatMap(({ record, values, baseOf }) => {
    const own = lines.filter((line) => line.resident === record.id && line.amount !== null);
    const wanted = new Map(own.map((line) => [incomeFieldId(line.kind, month), line]));
    const present = incomesIn(toResident(record.id, values), month).map(({ kind }) => incomeFieldId(kind, month));
    const edits = [
      ...present.filter((field) => !wanted.has(field)).map((field) => ({ field, value: null, base: baseOf(field) })),
      ...[...wanted].map(([field, { amount, evidence, startedOn, endedOn }]) => ({
        field,
        value: {
          amountCents: amount,
          evidence,
          ...(startedOn === null ? {} : { startedOn }),
          ...(endedOn === null ? {} : { endedOn }),
        },
        base: baseOf(field),
      })),
    ];
    return edits.length === 0 ? [] : [{ ref: { kind: 'resident' as const, id: record.id }, edits }];
  });
}
