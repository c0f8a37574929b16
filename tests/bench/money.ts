import { assessCase, explained, type CaseAssessment } from '../../shared/contribution/assess-case.ts';
import { assessMonth } from '../../shared/contribution/assess-month.ts';
import type { MonthAssessment } from '../../shared/contribution/month-assessment.ts';
import type { MonthFacts } from '../../shared/contribution/month-facts.ts';
import type { ContributionParameters } from '../../shared/contribution/parameters.ts';
import { drawHousehold, drawnMonths, numbersFrom, toFacts } from '../unit/contribution/drawn-households.ts';
import { parametersOf } from '../unit/contribution/facts.ts';
import { secondOpinion, type Household } from '../unit/contribution/second-engine.ts';
import { bareAmounts, type Amounts } from './bare-money.ts';
import { loadPeer } from './peers.ts';
import type { PeerResult, Row } from './report.ts';
import { makeRulesEngine } from './rules-engine.ts';
import { medianRatio, summarise, type Samples } from './stats.ts';

/** Household-months with their explanation, beside a bare loop over the same tables and in a rules engine for any rules. */
export async function moneySuite(n: number, seed: number, reps: number, withPeers: boolean): Promise<readonly Row[]> {
  const next = numbersFrom(seed);
  const drawn = Array.from({ length: n }, () => drawHousehold(next));
  const library: unknown = withPeers ? await loadPeer('json-rules-engine') : null;
  const peer = library === null ? null : makeRulesEngine(library);
  const rows: Row[] = [];
  // As in the app: a run is of one month and one municipality.
  const runs = [
    ['a month run of one municipality, each household with its explanation', inOneRun('step'), sharing],
    ['the same, the amounts between the thresholds left to a caseworker', inOneRun('manual'), sharing],
    ['the same month run, each household worked out alone', inOneRun('step'), alone],
    ['any months and municipalities in any order, each alone', (one: Household) => one, alone],
  ] as const;
  for (const [work, of, engine] of runs) rows.push(await measured(work, drawn.map(of), engine, reps, peer));
  return rows;
}

const inOneRun =
  (mode: Household['mode']) =>
  (household: Household): Household => ({
    ...household,
    month: '2026-11',
    mode,
    formula: 'scaled_sum',
    count: 'earners',
  });

type Assessed = CaseAssessment | MonthAssessment;
/** The rows in force in the month of each household. */
type Rows = readonly ContributionParameters[];
/** What works out all of them and keeps what explains each, and what somebody is shown who opens one. */
type Engine = {
  readonly run: (facts: readonly MonthFacts[], rows: Rows) => readonly Assessed[];
  readonly open: (assessed: Assessed) => MonthAssessment;
};

/** Nothing is prepared for rows that were never seen: every repetition begins with such. */
function unseenRows(facts: readonly MonthFacts[]): Rows {
  const byMonth = new Map(drawnMonths.map((month) => [month, { ...parametersOf(month) }]));
  return facts.map(({ month }) => byMonth.get(month) ?? parametersOf(month));
}

const sharing: Engine = {
  run: (facts, rows) => {
    const all = new Array<Assessed>(facts.length);
    for (let at = 0; at < facts.length; at++) {
      const assessed = assessCase(facts[at] as MonthFacts, rows[at] as ContributionParameters);
      if (!assessed.ok) throw new Error(`household ${String(at)} has no assessment`);
      all[at] = assessed.value;
    }
    return all;
  },
  open: (assessed) => ('of' in assessed ? explained(assessed) : assessed),
};

const alone: Engine = {
  run: (facts, rows) => {
    const all = new Array<Assessed>(facts.length);
    for (let at = 0; at < facts.length; at++) {
      const assessed = assessMonth(facts[at] as MonthFacts, rows[at] as ContributionParameters);
      if (!assessed.ok) throw new Error(`household ${String(at)} has no assessment`);
      all[at] = assessed.value;
    }
    return all;
  },
  open: sharing.open,
};

type Peer = (household: Household) => Promise<Amounts>;

async function measured(
  work: string,
  households: readonly Household[],
  engine: Engine,
  reps: number,
  peer: Peer | null,
): Promise<Row> {
  const n = households.length;
  const facts = households.map(toFacts);
  // So slow that a part of the households has to do; the ratio is per household.
  const peerCount = Math.min(n, 2_000);
  proveEqual(households, facts, engine);
  await provePeer(households.slice(0, peerCount), peer);

  const [ours, bare, others]: [Samples[], Samples[], Samples[]] = [[], [], []];
  for (let rep = -1; rep < reps; rep++) {
    const turns = [
      async () => {
        const rows = unseenRows(facts);
        ours.push([await timed(n, () => engine.run(facts, rows).length)]);
      },
      async () => {
        const rows = unseenRows(facts);
        bare.push([await timed(n, () => bareRun(facts, rows))]);
      },
      async () =>
        peer === null ? 0 : others.push([await timed(peerCount, () => peerRun(households.slice(0, peerCount), peer))]),
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
    limit: { name: 'a bare loop over the same tables', value: summarise(bare), ratio },
    goal: 'peer >= 500 x, limit <= 3 x',
    met: ratio <= 3 && (ofPeer.ratio ?? 0) >= 500,
    growth: null,
    note: 'money: processor time, in which other work on the machine does not count; nothing is prepared beforehand',
  };
}

/** Microseconds a household, in processor time of the whole process: other work on the machine does not count. */
async function timed(n: number, work: () => number | Promise<number>): Promise<number> {
  const start = process.cpuUsage();
  const done = await work();
  const { user, system } = process.cpuUsage(start);
  if (done < 0) throw new Error('somebody is paid for paying');
  return (user + system) / n;
}

function bareRun(facts: readonly MonthFacts[], rows: Rows): number {
  const amounts: Amounts = { leefgeld: 0, bijdrage: 0 };
  let total = 0;
  for (let at = 0; at < facts.length; at++) {
    bareAmounts(facts[at] as MonthFacts, rows[at] as ContributionParameters, amounts);
    total += amounts.leefgeld + amounts.bijdrage;
  }
  return total;
}

async function peerRun(households: readonly Household[], peer: Peer): Promise<number> {
  for (const household of households) await peer(household);
  return households.length;
}

// Every household's amounts are compared, and of so many one what is shown to whoever opens it.
const opensOneOf = 10;

/** Whoever is wrong gets no time. The explanations are opened when the whole run is done, as in the app. */
function proveEqual(households: readonly Household[], facts: readonly MonthFacts[], engine: Engine): void {
  const rows = unseenRows(facts);
  const all = engine.run(facts, rows);
  const bare: Amounts = { leefgeld: 0, bijdrage: 0 };
  for (const [at, household] of households.entries()) {
    const given = facts[at] as MonthFacts;
    const parameters = rows[at] as ContributionParameters;
    const assessed = all[at] as Assessed;
    bareAmounts(given, parameters, bare);
    const ours = { leefgeld: assessed.allowanceCents, bijdrage: assessed.contributionCents };
    for (const other of [secondOpinion(household), bare]) same(at, ours, other);
    if (at % opensOneOf > 0) continue;
    const expected = assessMonth(given, parameters);
    if (!expected.ok || JSON.stringify(engine.open(assessed)) !== JSON.stringify(expected.value))
      throw new Error(`household ${String(at)} is explained otherwise`);
  }
}

async function provePeer(households: readonly Household[], peer: Peer | null): Promise<void> {
  if (peer === null) return;
  for (const [at, household] of households.entries()) same(at, secondOpinion(household), await peer(household));
}

function same(at: number, one: Amounts, other: Amounts): void {
  if (one.leefgeld !== other.leefgeld || one.bijdrage !== other.bijdrage)
    throw new Error(`household ${String(at)} comes out otherwise`);
}
