import { fillTemplate, type LetterKind, type LetterTemplate } from '../../../shared/letters/template.ts';
import type { Language } from '../../i18n/i18n.ts';
import type { LetterCase } from './letter-case.ts';
import { letterWords } from './letter-words.ts';

const dutch: Readonly<Record<LetterKind, string>> = {
  intention: 'voornemen',
  decision: 'besluit',
  correction: 'gewijzigd-besluit',
  'income-request': 'inkomensvraag',
  arrangement: 'betalingsregeling',
  objection: 'bezwaar',
};

/**
 * The name of the file of one letter: kind, month and decision, nothing of a person. The same letter has the same name
 * again, on any day. A letter without a decision carries a hash of its household, amounts and last day.
 */
export function letterFileName(
  { familyId, grownChild, letter }: LetterOf,
  languages: readonly Language[],
  layout: 'after' | 'beside',
  hashOf: (text: string) => string,
): string {
  const { kind, month, decision, assessment, billMonth, until } = letter;
  const amounts = [assessment?.allowanceCents ?? null, assessment?.contributionCents ?? null];
  const own =
    decision === null
      ? `${month}-${hashOf(JSON.stringify([familyId, grownChild, kind, month, ...amounts, billMonth, until])).slice(0, 12)}`
      : // The reference alone is not unique by promise.
        `${decision.reference}-${decision.id.replaceAll('-', '').slice(6, 12)}`;
  return [dutch[kind], own, ...languages, ...(layout === 'beside' ? ['naast'] : [])].join('-') + '.pdf';
}

export type LetterOf = {
  readonly familyId: string;
  readonly grownChild: string | null;
  readonly letter: LetterCase;
};

/** Whether the letter can be printed in all these languages: nothing that its text names is missing. */
export const isComplete = (letter: LetterCase, template: LetterTemplate, languages: readonly Language[]): boolean =>
  languages.every((language) => fillTemplate(template, language, letterWords(letter, language)).ok);
