import { makeDecision, type ContributionReceipt, type DecisionRequest } from '../../../shared/contribution/decision.ts';
import type { ReadDecision } from '../../../shared/contribution/decisions-of.ts';
import { factsOf, parametersOf, type Case } from './facts.ts';

export const familyA = '5d8f1e0a-4c1b-4f6e-9a53-0c2f6f1f7a01';
export const familyB = '5d8f1e0a-4c1b-4f6e-9a53-0c2f6f1f7a02';
export const decisionId = (at: number): string => `d0000000-0000-4000-8000-${String(at).padStart(12, '0')}`;

/** A decision as it would be kept, numbered. */
export function decidedOn(at: number, given: Case, over: Partial<DecisionRequest> = {}): ReadDecision {
  const made = makeDecision({
    familyId: familyA,
    grownChild: null,
    replaces: null,
    facts: factsOf(given),
    parameters: parametersOf(given.month),
    confirmations: [{ warning: 'two-adults-count', reason: 'alleen de verdiener' }],
    decidedBy: 'u_00112233445566aa',
    decidedAtMs: 1_762_000_000_000,
    appVersion: '0.1.0',
    ...over,
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const receipt: ContributionReceipt = made.value;
  return { id: decisionId(at), site: null, receipt };
}
