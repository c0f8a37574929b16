import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ok, type Result } from '../../../shared/kernel/result.ts';
import { redatingEdits, type ScenarioLine } from '../../../shared/register/expiry.ts';
import { factsOf } from '../../../shared/register/fact-kind.ts';
import { extensionFacts } from '../../../shared/register/facts.ts';
import { protectionEndFieldId, type ProtectionDecision } from '../../../shared/register/protection-decision.ts';
import type { Resident } from '../../../shared/register/resident.ts';
import { definitionOf } from '../../../shared/sync/field-classes.ts';
import { baseOf, valuesOf, type ReplicaRecord } from '../../../shared/sync/replica-record.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import { useServices, type OpenError, type SaveRequest, type Services } from '../../services.tsx';
import { addNotice } from '../../stores/session-store.ts';
import { findPolicyRecord } from '../../stores/protection-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';

type DecisionWork = { readonly done: number; readonly total: number };

/**
 * Writes down a decision: every proof that ends with the protection moves along, person by person with the act as
 * purpose, and then the end itself. A stop half-way leaves the end as it was, so that doing it again takes the rest.
 */
export function useDecideEnd() {
  const { t } = useTranslation('expiry');
  const services = useServices();
  const [work, setWork] = useState<DecisionWork | null>(null);

  const decide = async (decision: ProtectionDecision, lines: readonly ScenarioLine[]): Promise<boolean> => {
    const moving = lines.filter(({ isRedated }) => isRedated);
    setWork({ done: 0, total: moving.length });
    const sayError = (text: string) => addNotice({ tone: 'error', text });
    const planned = await redatings(services, decision, moving);
    if (!planned.ok) {
      setWork(null);
      sayError(errorMessage(planned.error));
      return false;
    }
    const requests = planned.value;
    const onProgress = (done: number) => setWork({ done, total: requests.length });
    const saved = await services.saveAll(requests, onProgress, new AbortController().signal);
    setWork(null);
    if (saved.error !== null) {
      sayError(errorMessage(saved.error));
      return false;
    }
    const end = await services.save(endOf(decision, services.newId));
    if (!end.ok) {
      sayError(errorMessage(end.error));
      return false;
    }
    const undo = end.value.undo === null ? saved.undo : [...saved.undo, end.value.undo];
    // Taking it back is an act of its own, with the same decision as its purpose.
    const acts = [...undo].reverse().map((request): SaveRequest => ({ ...request, purpose: decision.legalAct }));
    const takeBack = async () => {
      const undone = await services.saveAll(acts, () => undefined, new AbortController().signal);
      if (undone.error === null) addNotice({ tone: 'ok', text: t('decide.undone') });
      else sayError(errorMessage(undone.error));
    };
    addNotice({ tone: 'ok', text: t('decide.done', { count: saved.saved }), undo: () => void takeBack() });
    return true;
  };
  return { work, decide };
}

/** Read anew, with the bases of that moment: what a colleague changed meanwhile is not overwritten unseen. */
async function redatings(
  services: Services,
  decision: ProtectionDecision,
  moving: readonly ScenarioLine[],
): Promise<Result<readonly SaveRequest[], OpenError>> {
  const formerEnds = new Map(moving.map(({ id, endBefore }) => [id, endBefore]));
  const requests: SaveRequest[] = [];
  const visit = (resident: Resident, record: ReplicaRecord) => {
    const formerEnd = formerEnds.get(resident.id) ?? null;
    if (formerEnd === null) return;
    const definition = definitionOf('resident');
    const taken = factsOf(extensionFacts, valuesOf(record, definition).values).map(({ key }) => key);
    const edits = redatingEdits(resident, { ...decision, formerEnd }, taken).map((edit) => ({
      ...edit,
      base: baseOf(record, edit.field, definition),
    }));
    if (edits.length === 0) return;
    const records = [{ ref: { kind: 'resident', id: resident.id }, edits }] as const;
    requests.push({ records, action: 'edit', purpose: decision.legalAct });
  };
  const scanned = await services.scanResidents(decision.legalAct, visit, () => undefined, new AbortController().signal);
  return scanned.ok ? ok(requests) : scanned;
}

function endOf(decision: ProtectionDecision, newId: () => string): SaveRequest {
  const record = findPolicyRecord(useWorkspace.getState().records);
  const field = protectionEndFieldId(decision.group, decision.decidedOn);
  const value = { end: decision.end, legalAct: decision.legalAct };
  const base = record === undefined ? [] : baseOf(record, field, definitionOf('municipalPolicy'));
  const first = record === undefined ? [{ field: 'placement', value: { site: null }, base: [] }] : [];
  return {
    records: [
      { ref: { kind: 'municipalPolicy', id: record?.id ?? newId() }, edits: [...first, { field, value, base }] },
    ],
    action: 'decide',
    purpose: decision.legalAct,
  };
}
