import { makeDecision } from '../../shared/contribution/decision.ts';
import { standingDecisions } from '../../shared/contribution/decisions-of.ts';
import type { Judgement } from '../../shared/contribution/month-facts.ts';
import type { SaveError } from '../../shared/errors.ts';
import type { IsoMonth } from '../../shared/kernel/dates.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { AuditAction } from '../../shared/ports.ts';
import type { RecordRef } from '../../shared/records/record.ts';
import type { Edit } from '../../shared/sync/make-changes.ts';
import { decisionsIn, readFamilyMonth, type ReadError, type RegisterReader } from './assess-family.ts';

export type DecideTools = {
  readonly reader: RegisterReader;
  readonly save: (request: {
    readonly records: readonly { readonly ref: RecordRef; readonly edits: readonly Edit[] }[];
    readonly action: AuditAction;
    readonly purpose: string | null;
  }) => Promise<Result<unknown, SaveError>>;
  readonly newId: () => string;
  readonly nowMs: () => number;
  readonly user: string;
  readonly appVersion: string;
};
export type DecideRequest = {
  readonly familyId: string;
  readonly month: IsoMonth;
  readonly grownChild: string | null;
  readonly judgement: Judgement | null;
  /** Reason for how two adults count, where that is asked. */
  readonly confirmation: string | null;
};

/**
 * Works the month out once more, freezes it with everything it rests on, and keeps it. It takes the place of the
 * decisions that still stand on the same unit and month (two, when two laptops decided); those stay as they are.
 */
export async function decideContribution(
  tools: DecideTools,
  request: DecideRequest,
): Promise<Result<RecordRef, ReadError | SaveError>> {
  const { familyId, month, grownChild, judgement, confirmation } = request;
  const read = await readFamilyMonth(tools.reader, familyId, month);
  if (!read.ok) return read;
  const unit = read.value.month.units.find((one) => one.grownChild === grownChild);
  if (unit === undefined) return err({ type: 'no-members', month, leftOut: [] });
  const [standing, ...others] = standingDecisions(decisionsIn(tools.reader), { familyId, grownChild }, month);
  const receipt = makeDecision({
    familyId,
    grownChild,
    replaces: standing?.id ?? null,
    ...(others.length === 0 ? {} : { alsoReplaces: others.map(({ id }) => id) }),
    facts: judgement === null ? unit.facts : { ...unit.facts, judgement },
    parameters: read.value.parameters,
    confirmations: confirmation === null ? [] : [{ warning: 'two-adults-count', reason: confirmation }],
    decidedBy: tools.user,
    decidedAtMs: tools.nowMs(),
    appVersion: tools.appVersion,
  });
  if (!receipt.ok) return receipt;
  const ref: RecordRef = { kind: 'contributionDecision', id: tools.newId() };
  const edits: readonly Edit[] = [
    { field: 'placement', value: { site: read.value.family.site }, base: [] },
    { field: 'decision', value: receipt.value, base: [] },
  ];
  const saved = await tools.save({ records: [{ ref, edits }], action: 'decide', purpose: null });
  return saved.ok ? ok(ref) : saved;
}
