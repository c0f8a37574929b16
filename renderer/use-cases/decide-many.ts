import { standingIndex } from '../../shared/contribution/all-standing.ts';
import { makeDecision } from '../../shared/contribution/decision.ts';
import { sameAmounts } from '../../shared/contribution/month-run.ts';
import type { SaveError } from '../../shared/errors.ts';
import type { IsoMonth } from '../../shared/kernel/dates.ts';
import type { Cents } from '../../shared/kernel/money.ts';
import { err } from '../../shared/kernel/result.ts';
import { decisionsIn, readFamilyMonth, settingsIn } from './assess-family.ts';
import type { DecideTools } from './decide-contribution.ts';
import { remembering } from './remembering-reader.ts';

/** One decision as somebody saw it before approving: these amounts, in the place of these decisions. */
export type Approval = {
  readonly familyId: string;
  readonly grownChild: string | null;
  readonly month: IsoMonth;
  readonly allowanceCents: Cents;
  readonly contributionCents: Cents;
  /** The decisions it takes the place of, newest first. */
  readonly replaces: readonly string[];
};
/** `passed`: what had changed since it was seen, and is therefore left as it was. */
export type ApprovalReport = {
  readonly decided: number;
  readonly passed: readonly Approval[];
  readonly error: SaveError | null;
};
export type ManyTools = DecideTools & {
  readonly pause: () => Promise<void>;
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
};

/** Decisions per transaction: one commit each would take minutes for a municipality, one for all could not be stopped. */
const perCommit = 25;

/**
 * Decides what was approved, in chunks that are kept whole or not at all, until `signal` stops it between two of them.
 * Nobody decides what they did not see: where the amounts or the standing decisions are others by now, the household is
 * passed over. What is decided already is therefore never decided twice.
 */
export async function decideMany(tools: ManyTools, approvals: readonly Approval[]): Promise<ApprovalReport> {
  const passed: Approval[] = [];
  let decided = 0;
  for (let at = 0; at < approvals.length; at += perCommit) {
    await tools.pause();
    if (tools.signal.aborted) break;
    const chunk = approvals.slice(at, at + perCommit);
    const { records, outdated } = await recordsFor(tools, chunk);
    passed.push(...outdated);
    if (records.length > 0) {
      const saved = await tools
        .save({ records, action: 'decide', purpose: `month-run: ${String(records.length)}` })
        .catch(() => err({ type: 'storage-failed' } as const));
      if (!saved.ok) return { decided, passed, error: saved.error };
    }
    decided += records.length;
    tools.onProgress(at + chunk.length, approvals.length);
  }
  return { decided, passed, error: null };
}

type SavedRecords = Parameters<DecideTools['save']>[0]['records'];

async function recordsFor(tools: ManyTools, chunk: readonly Approval[]) {
  const reader = remembering(tools.reader);
  const settings = settingsIn(reader);
  // Read again for every chunk: a colleague may have decided in between.
  const standing = standingIndex(decisionsIn(reader));
  const records: SavedRecords[number][] = [];
  const outdated: Approval[] = [];
  const seen = new Set<string>();
  for (const approval of chunk) {
    const { familyId, grownChild, month } = approval;
    const key = `${familyId} ${grownChild ?? ''} ${month}`;
    const present = standing.of(approval, month);
    const read = await readFamilyMonth(reader, familyId, month, settings);
    const unit = read.ok ? read.value.month.units.find((one) => one.grownChild === grownChild) : undefined;
    const isSame = present.map(({ id }) => id).join() === approval.replaces.join();
    if (!read.ok || unit === undefined || !isSame || seen.has(key)) {
      outdated.push(approval);
      continue;
    }
    seen.add(key);
    const [newest, ...others] = present;
    const receipt = makeDecision({
      familyId,
      grownChild,
      replaces: newest?.id ?? null,
      ...(others.length === 0 ? {} : { alsoReplaces: others.map(({ id }) => id) }),
      facts: unit.facts,
      parameters: read.value.parameters,
      // Why two adults count as they do was explained in the decision that is corrected.
      confirmations: newest?.receipt.confirmations ?? [],
      decidedBy: tools.user,
      decidedAtMs: tools.nowMs(),
      appVersion: tools.appVersion,
    });
    if (!receipt.ok || !sameAmounts(receipt.value.assessment, approval)) {
      outdated.push(approval);
      continue;
    }
    records.push({
      ref: { kind: 'contributionDecision', id: tools.newId() },
      edits: [
        { field: 'placement', value: { site: read.value.family.site }, base: [] },
        { field: 'decision', value: receipt.value, base: [] },
      ],
    });
  }
  return { records, outdated };
}
