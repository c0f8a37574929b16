import { useEffect, useMemo, useRef, useState } from 'react';
import type { IsoMonth } from '../../../shared/kernel/dates.ts';
import { membersIn } from '../../../shared/register/family.ts';
import { isNobodyThere } from '../../../shared/contribution/family-month.ts';
import { lacksIncome } from '../../../shared/contribution/month-run.ts';
import type { LetterKind } from '../../../shared/letters/template.ts';
import { useServices } from '../../services.tsx';
import { useFamilies } from '../../stores/register-views.ts';
import { amountKind, makeLetterCase, type CaseFacts } from './letter-case.ts';
import type { LetterOf } from './letter-files.ts';
import { useLetterFacts } from './use-letters.ts';

/** Letters that many households get at once; a decision and its correction come together. */
export const batchKinds = ['decision', 'intention', 'income-request'] as const satisfies readonly LetterKind[];
export type BatchKind = (typeof batchKinds)[number];

type Made = {
  readonly list: string;
  readonly state: 'idle' | 'working' | 'stopped' | 'done';
  /** Households that had their turn: by id, because others can come in between while it stands still. */
  readonly handled: ReadonlySet<string>;
  readonly letters: readonly (LetterOf & { readonly key: string })[];
  /** Households of which something is missing. */
  readonly failed: number;
};
const shownAtOnce = 10;
/** The screen shows how far it is, and hears a press on the button, before the next ones are made. */
const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

type LetterBatch = Omit<Made, 'list' | 'handled'> & {
  readonly done: number;
  readonly total: number;
  readonly goOn: () => void;
  readonly stop: () => void;
};

/** Makes the letters one household after the other. What is made stays when it is stopped, and it can go on from there. */
export function useLetterBatch(month: IsoMonth, kind: BatchKind, site: string | null): LetterBatch {
  const services = useServices();
  const families = useFamilies();
  const { factsOf } = useLetterFacts();
  const list = JSON.stringify([month, kind, site]);
  const empty: Made = { list, state: 'idle', handled: new Set(), letters: [], failed: 0 };
  const [kept, setMade] = useState<Made>(empty);
  const made = kept.list === list ? kept : empty;
  const run = useRef<AbortController>(null);
  useEffect(() => () => run.current?.abort(), [list]);
  const ids = useMemo(
    () =>
      families
        .filter((family) => (site === null || family.site === site) && !family.deleted)
        .filter((family) => membersIn(family, month).length > 0)
        .sort((a, b) => a.label.localeCompare(b.label, 'nl') || (a.id < b.id ? -1 : 1))
        .map(({ id }) => id),
    [families, site, month],
  );

  const goOn = async () => {
    const abort = new AbortController();
    run.current = abort;
    const letters = [...made.letters];
    const handled = new Set(made.handled);
    let { failed } = made;
    const tell = (state: Made['state']) =>
      setMade({ list, state, handled: new Set(handled), letters: [...letters], failed });
    tell('working');
    for (const id of ids) {
      if (abort.signal.aborted) break;
      if (handled.has(id)) continue;
      const assessed = await services.assess(id, month);
      if (abort.signal.aborted) break;
      if (!assessed.ok) {
        if (!isNobodyThere(assessed.error)) failed += 1;
      } else
        for (const unit of assessed.value) {
          const facts = factsOf(unit, month);
          const wanted = wantedKind(facts, kind);
          const letter = wanted === undefined ? undefined : makeLetterCase(facts, wanted, null);
          if (letter !== undefined) {
            const { familyId, grownChild } = unit;
            letters.push({ key: `${familyId} ${grownChild ?? ''}`, familyId, grownChild, letter });
          } else if (!unit.result.ok && wanted !== undefined) failed += 1;
        }
      handled.add(id);
      if (handled.size % shownAtOnce > 0) continue;
      tell('working');
      await nextTask();
    }
    // Another month was chosen meanwhile: these letters are not wanted any more.
    if (run.current === abort) tell(abort.signal.aborted ? 'stopped' : 'done');
  };
  const done = ids.filter((id) => made.handled.has(id)).length;
  const { handled: _, ...shown } = made;
  return {
    ...shown,
    // What came in after the last one was made has its turn too.
    state: made.state === 'done' && done < ids.length ? 'stopped' : made.state,
    done,
    total: ids.length,
    goOn: () => void goOn(),
    stop: () => run.current?.abort(),
  };
}

/** Which letter a household gets in a batch of a kind; undefined for none. */
function wantedKind(facts: CaseFacts, kind: BatchKind): LetterKind | undefined {
  const own = amountKind(facts);
  if (kind === 'decision') return own === 'intention' ? undefined : own;
  if (own !== 'intention') return undefined;
  if (kind === 'intention') return 'intention';
  const { result } = facts.unit;
  return result.ok && lacksIncome(result.value) ? 'income-request' : undefined;
}
