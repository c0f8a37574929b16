import { assessMonth } from '../../shared/contribution/assess-month.ts';
import { drawHousehold, drawnMonths, numbersFrom, toFacts } from '../unit/contribution/drawn-households.ts';
import { parametersOf } from '../unit/contribution/facts.ts';
import { secondOpinion, type Household } from '../unit/contribution/second-engine.ts';
import { loadPeer } from './peers.ts';
import type { PeerResult, Row } from './report.ts';
import { makeRulesEngine } from './rules-engine.ts';
import { medianRatio, summarise, type Samples } from './stats.ts';

type Amounts = { readonly leefgeld: number; readonly bijdrage: number };

/** Household-months with their explanation, beside the same rules without one and in a rules engine for any rules. */
export async function moneySuite(n: number, seed: number, reps: number, withPeers: boolean): Promise<readonly Row[]> {
  const next = numbersFrom(seed);
  const drawn = Array.from({ length: n }, () => drawHousehold(next));
  const library: unknown = withPeers ? await loadPeer('json-rules-engine') : null;
  const peer = library === null ? null : makeRulesEngine(library);
  return [
    await measured('a household-month with its explanation', drawn, reps, peer),
    // As in the app: a run is of one month and one municipality. Mixed, each finds its rules somewhere else in memory.
    await measured('the same of one month and municipality, as in a month run', drawn.map(inOneRun), reps, peer),
  ];
}

const inOneRun = (household: Household): Household => ({
  ...household,
  month: '2026-11',
  mode: 'step',
  formula: 'scaled_sum',
  count: 'earners',
});

type Peer = (household: Household) => Promise<Amounts>;

async function measured(work: string, households: readonly Household[], reps: number, peer: Peer | null): Promise<Row> {
  const n = households.length;
  const facts = households.map(toFacts);
  const parameters = new Map(drawnMonths.map((month) => [month, parametersOf(month)]));
  const assess = (at: number): Amounts => {
    const given = facts[at];
    const rules = given && parameters.get(given.month);
    const assessed = given && rules ? assessMonth(given, rules) : undefined;
    if (assessed?.ok !== true) throw new Error(`household ${String(at)} has no assessment`);
    return { leefgeld: assessed.value.allowanceCents, bijdrage: assessed.value.contributionCents };
  };
  // So slow that a part of the households has to do; the ratio is per household.
  const peerCount = Math.min(n, 2_000);
  await proveEqual(households.slice(0, peerCount), assess, peer);

  const [ours, bare, others]: [Samples[], Samples[], Samples[]] = [[], [], []];
  for (let rep = -1; rep < reps; rep++) {
    const turns = [
      () => Promise.resolve(measure(ours, n, assess)),
      () => Promise.resolve(measure(bare, n, (at) => secondOpinion(households[at] as Household))),
      async () => {
        if (peer !== null) others.push([await timedPeer(households.slice(0, peerCount), peer)]);
      },
    ];
    for (let at = 0; at < turns.length; at++) await turns[(at + rep + 1) % turns.length]?.();
    // The first round is for the compiler.
    if (rep < 0) for (const samples of [ours, bare, others]) samples.length = 0;
  }
  const ofPeer: PeerResult =
    peer === null
      ? { name: 'json-rules-engine', value: 'not installed', ratio: null, note: '' }
      : {
          name: 'json-rules-engine',
          value: summarise(others),
          ratio: medianRatio(others, ours),
          note: `the same amounts by rules over computed facts, without steps; ${String(peerCount)} households`,
        };
  const ratio = medianRatio(ours, bare);
  return {
    ...{ suite: 'money', work, n, unit: 'us', ours: summarise(ours), peers: [ofPeer] },
    limit: { name: 'the amounts from the same tables', value: summarise(bare), ratio },
    goal: 'peer >= 500 x, limit <= 3 x',
    met: ratio <= 3 && (ofPeer.ratio ?? 0) >= 500,
    growth: null,
  };
}

/** Microseconds a household. */
function measure(into: Samples[], n: number, assess: (at: number) => Amounts): void {
  const start = performance.now();
  let total = 0;
  for (let at = 0; at < n; at++) total += assess(at).bijdrage;
  into.push([((performance.now() - start) * 1000) / n]);
  if (total < 0) throw new Error('somebody is paid for paying');
}

async function timedPeer(households: readonly Household[], peer: Peer): Promise<number> {
  const start = performance.now();
  for (const household of households) await peer(household);
  return ((performance.now() - start) * 1000) / households.length;
}

/** Whoever is wrong gets no time. */
async function proveEqual(
  households: readonly Household[],
  assess: (at: number) => Amounts,
  peer: Peer | null,
): Promise<void> {
  for (const [at, household] of households.entries()) {
    const expected = assess(at);
    for (const other of [secondOpinion(household), await peer?.(household)]) {
      if (other === undefined) continue;
      if (other.leefgeld !== expected.leefgeld || other.bijdrage !== expected.bijdrage)
        throw new Error(`household ${String(at)} comes out otherwise`);
    }
  }
}
