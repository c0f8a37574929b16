import type { Cents } from '../kernel/money.ts';
import type { AssessmentRule, AssessmentStep } from './month-assessment.ts';
import type { Confidence } from './parameter-row.ts';

/** Where a step rests: a national row, one of the municipality, or a setting. */
export type Ground = { readonly article: string; readonly source: string; readonly confidence: Confidence };

/**
 * One ground or several in the order a step names them: as sure as the weakest, articles and sources once each. The
 * same grounds in the same order are the same object, so that their texts are joined once and not for every household.
 */
export type Grounds = Ground & {
  readonly of: readonly Ground[];
  readonly longer: Map<Grounds, Grounds>;
  /** What was added last: almost always the same. */
  lastAdded: Grounds | null;
  lastLonger: Grounds | null;
};

export const oneGround = ({ article, source, confidence }: Ground): Grounds =>
  makeGrounds(article, source, confidence, [{ article, source, confidence }]);

const makeGrounds = (article: string, source: string, confidence: Confidence, of: readonly Ground[]): Grounds => ({
  article,
  source,
  confidence,
  of,
  longer: new Map(),
  lastAdded: null,
  lastLonger: null,
});

/** `grounds` and more. Both live as long as the longer of them: they are of the same rule book. */
export function and(grounds: Grounds, more: Grounds): Grounds {
  if (grounds.lastAdded === more && grounds.lastLonger !== null) return grounds.lastLonger;
  let longer = grounds.longer.get(more);
  if (longer === undefined) grounds.longer.set(more, (longer = join([...grounds.of, more])));
  grounds.lastAdded = more;
  grounds.lastLonger = longer;
  return longer;
}

function join(of: readonly Ground[]): Grounds {
  const weakest = weakestFirst.find((confidence) => of.some((one) => one.confidence === confidence)) ?? 'L';
  return makeGrounds(distinct(of.map(({ article }) => article)), distinct(of.map(({ source }) => source)), weakest, of);
}

const weakestFirst: readonly Confidence[] = ['L', 'M', 'H'];

/** Texts of several grounds, each once, in the order given. */
function distinct(texts: readonly string[]): string {
  const [first = ''] = texts;
  if (texts.every((text) => text === first)) return first;
  return [...new Set(texts.flatMap((text) => text.split('; ')))].join('; ');
}

export const makeStep = (
  rule: AssessmentRule,
  ground: Ground,
  inputs: AssessmentStep['inputs'],
  amount: Cents,
): AssessmentStep => ({
  rule,
  article: ground.article,
  inputs,
  amount,
  source: ground.source,
  confidence: ground.confidence,
});
