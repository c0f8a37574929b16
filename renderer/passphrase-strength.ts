import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';
import * as dutch from '@zxcvbn-ts/language-nl-be';

/** The dictionaries are 3 MB that only the first start needs, so the page loads this file when it opens. */
export type PassphraseMeter = {
  readonly strengthOf: typeof strengthOf;
  readonly findPassphraseProblem: typeof findPassphraseProblem;
};
type PassphraseProblem = 'too-short' | 'too-weak';
const minLength = 12;
const minScore = 3;

const meter = new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...english.dictionary, ...dutch.dictionary },
  graphs: common.adjacencyGraphs,
});

/** How hard a passphrase is to guess: 0 (at once) to 4. Names of the user count as words that are tried first. */
export function strengthOf(passphrase: string, own: readonly string[]): 0 | 1 | 2 | 3 | 4 {
  // Its cost grows with length; what comes after a hundred signs adds nothing to the judgement.
  return meter.check(passphrase.slice(0, 100), [...own]).score;
}

/** security.md §2.3: at least 12 signs and a score of at least 3; undefined when it is good enough. */
export function findPassphraseProblem(passphrase: string, own: readonly string[]): PassphraseProblem | undefined {
  if ([...passphrase].length < minLength) return 'too-short';
  return strengthOf(passphrase, own) < minScore ? 'too-weak' : undefined;
}
