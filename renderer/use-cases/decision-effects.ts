import { standingIndex } from '../../shared/contribution/all-standing.ts';
import { effectOn, type DecisionEffect } from '../../shared/contribution/decision-effects.ts';
import type { ReadDecision } from '../../shared/contribution/decisions-of.ts';
import type { MunicipalSettings } from '../../shared/contribution/municipal-policy.ts';
import { assessAgain } from './assess-again.ts';
import { decisionsIn, readFamilyMonth, settingsIn, type RegisterReader } from './assess-family.ts';
import type { LongWork } from './month-run.ts';
import { remembering } from './remembering-reader.ts';

/**
 * Every decision that stands and would come out otherwise by what is known now: another amount of the regulation, an
 * income, a household, a rule of the municipality. Months on which two decisions stand belong to the month run. It
 * changes nothing; null when `signal` stopped it.
 */
export async function findDecisionEffects(work: LongWork): Promise<readonly DecisionEffect[] | null> {
  const { pause, onProgress, signal } = work;
  const reader = remembering(work.reader);
  const settings = settingsIn(reader);
  const standing = standingIndex(decisionsIn(reader)).all.flatMap((group) => (group.length === 1 ? group : []));
  const effects: DecisionEffect[] = [];
  for (const [at, decision] of standing.entries()) {
    const effect = effectOn(decision, await workedOut(reader, settings, decision));
    if (effect !== null) effects.push(effect);
    if (at % decisionsPerTurn === decisionsPerTurn - 1 || at === standing.length - 1) {
      onProgress(at + 1, standing.length);
      await pause();
    }
    if (signal.aborted) return null;
  }
  return effects;
}

/** A decision takes a fraction of a millisecond once its people are open. */
const decisionsPerTurn = 10;

async function workedOut(
  reader: RegisterReader,
  settings: readonly MunicipalSettings[],
  { receipt }: ReadDecision,
): Promise<DecisionEffect['now']> {
  const read = await readFamilyMonth(reader, receipt.familyId, receipt.facts.month, settings);
  if (!read.ok) return null;
  const unit = read.value.month.units.find(({ grownChild }) => grownChild === receipt.grownChild);
  return unit === undefined ? null : assessAgain(unit.facts, receipt.facts.judgement, read.value.parameters);
}
