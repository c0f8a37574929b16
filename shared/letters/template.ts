import * as z from 'zod';
import { err, ok, type Result } from '../kernel/result.ts';

export const letterKinds = [
  'intention',
  'decision',
  'correction',
  'income-request',
  'arrangement',
  'objection',
] as const;
export type LetterKind = (typeof letterKinds)[number];

export const letterLanguages = ['nl', 'uk', 'en'] as const;
export type LetterLanguage = (typeof letterLanguages)[number];

/** When a paragraph is printed: every condition it names holds. The list is closed; a municipality chooses none. */
export const letterConditions = [
  'has-site',
  'receives-allowance',
  'receives-no-allowance',
  'pays-contribution',
  'pays-no-contribution',
  'thresholds-from',
  'thresholds-above',
  'amounts-unconfirmed',
  'two-adults-count',
  'weak-parameter',
  'no-income-information',
  'billed-later',
  'imposed',
  'arrived-in-month',
  'left-in-month',
  'by-days',
  'whole-month',
  'partly-withheld',
  'part-contribution',
  'between-without-amounts',
  'lowered-for-hardship',
  'set-by-hand',
  'contribution-lower',
  'contribution-higher',
  'allowance-lower',
  'allowance-higher',
  'about-decision',
  'partly-waived',
  'paused',
] as const;
export type LetterCondition = (typeof letterConditions)[number];

const amounts = [
  'month',
  'allowance',
  'contribution',
  'withdrawFrom',
  'fullFrom',
  'amountsSince',
  'amountsUntil',
  'billMonth',
  'termEnded',
  'partDays',
  'partOf',
  'fullAllowance',
  'fullContribution',
  'hardshipUntil',
] as const;
const decided = [...amounts, 'decidedBy', 'decidedOn', 'objectionUntil'] as const;
const everywhere = ['site', 'municipality', 'household', 'printedOn', 'reference'] as const;

/** What a text of a kind may name between braces. */
export const placeholdersOf = {
  intention: [...everywhere, ...amounts],
  decision: [...everywhere, ...decided],
  correction: [
    ...everywhere,
    ...decided,
    'previousReference',
    'previousAllowance',
    'previousContribution',
    'allowanceDifference',
    'contributionDifference',
  ],
  'income-request': [...everywhere, 'month', 'requestedOn', 'answerBy'],
  arrangement: [...everywhere, 'total', 'waived', 'firstMonth', 'lastMonth'],
  objection: [...everywhere, 'receivedOn', 'subject', 'decideBy'],
} as const satisfies Readonly<Record<LetterKind, readonly string[]>>;
export type PlaceholderName = (typeof placeholdersOf)[LetterKind][number];

/**
 * Placeholders that have a value only under a condition. A text may name one where its paragraph has that condition;
 * elsewhere a letter could go out with a hole in it.
 */
const conditional: Partial<Record<PlaceholderName, readonly LetterCondition[]>> = {
  site: ['has-site'],
  withdrawFrom: ['thresholds-from', 'thresholds-above'],
  fullFrom: ['thresholds-from', 'thresholds-above'],
  amountsSince: ['amounts-unconfirmed'],
  amountsUntil: ['amounts-unconfirmed'],
  billMonth: ['billed-later'],
  termEnded: ['imposed'],
  partDays: ['arrived-in-month', 'left-in-month'],
  partOf: ['arrived-in-month', 'left-in-month'],
  fullAllowance: ['partly-withheld'],
  fullContribution: ['part-contribution'],
  hardshipUntil: ['lowered-for-hardship'],
  allowanceDifference: ['allowance-lower', 'allowance-higher'],
  contributionDifference: ['contribution-lower', 'contribution-higher'],
  waived: ['partly-waived'],
};
/** `reference` is that of the letter's own decision; only these kinds always have one. */
const hasReference: readonly LetterKind[] = ['decision', 'correction'];

const words = z.string().min(1).max(2000);
const when = z.array(z.enum(letterConditions));
const textParagraph = z.strictObject({
  id: z.string().regex(/^[a-z][a-z-]{0,39}$/),
  style: z.enum(['title', 'heading', 'text', 'small']),
  when,
  nl: words,
  uk: words,
  en: words,
});
/** A table that the app draws: every step of the calculation, or every part of an arrangement. */
const blockParagraph = z.strictObject({ id: z.string(), style: z.enum(['calculation', 'instalments']), when });

export type TextParagraph = z.infer<typeof textParagraph>;
export type Paragraph = TextParagraph | z.infer<typeof blockParagraph>;
/** Whether a paragraph has words; else the app draws a table in its place. */
export const isText = (paragraph: Paragraph): paragraph is TextParagraph => 'nl' in paragraph;

export const templateSchema = z
  .strictObject({ id: z.enum(letterKinds), paragraphs: z.array(z.union([textParagraph, blockParagraph])).min(1) })
  .superRefine(({ id, paragraphs }, context) => {
    const seen = new Set<string>();
    paragraphs.forEach((paragraph, at) => {
      const wrong = (message: string) => context.addIssue({ code: 'custom', path: ['paragraphs', at], message });
      if (seen.has(paragraph.id)) wrong(`${paragraph.id} stands twice`);
      seen.add(paragraph.id);
      if (!isText(paragraph)) return;
      for (const language of letterLanguages) {
        const checked = checkText(id, paragraph, paragraph[language]);
        if (!checked.ok) wrong(`${checked.error.paragraph} ${language}: ${checked.error.name}`);
      }
    });
  });
export type LetterTemplate = z.infer<typeof templateSchema>;

const placeholder = /\{([^{}]*)\}/g;
/** A Ukrainian date ends with a full stop of its own: a sentence that ends with it has no second one. */
const withStop = /\{([^{}]*)\}(\.?)/g;

/** Names between braces, in the order of the text. */
export const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(placeholder)].map(([, name = '']) => name);

/** `name`: what stands between the braces, or a brace without its other half. */
export type TemplateTextError =
  | { readonly type: 'unknown-placeholder'; readonly name: string; readonly paragraph: string }
  | { readonly type: 'placeholder-not-here'; readonly name: string; readonly paragraph: string }
  | { readonly type: 'text-empty'; readonly name: ''; readonly paragraph: string };

/** Whether a text can stand in a paragraph of a kind: only placeholders that always have a value there, no lone brace. */
export function checkText(
  kind: LetterKind,
  paragraph: Pick<TextParagraph, 'id' | 'when'>,
  text: string,
): Result<void, TemplateTextError> {
  const at = { paragraph: paragraph.id };
  if (text.trim() === '') return err({ type: 'text-empty', name: '', ...at });
  const known: readonly string[] = placeholdersOf[kind];
  for (const name of namesIn(text)) {
    if (!known.includes(name)) return err({ type: 'unknown-placeholder', name, ...at });
    if (!isFilled(kind, name as PlaceholderName, paragraph.when))
      return err({ type: 'placeholder-not-here', name, ...at });
  }
  const lone = /[{}]/.exec(text.replaceAll(placeholder, ''));
  return lone === null ? ok(undefined) : err({ type: 'unknown-placeholder', name: lone[0], ...at });
}

/** The placeholders a text of this paragraph may name. */
export const placeholdersFor = (kind: LetterKind, paragraph: Pick<TextParagraph, 'when'>): readonly PlaceholderName[] =>
  placeholdersOf[kind].filter((name) => isFilled(kind, name, paragraph.when));

function isFilled(kind: LetterKind, name: PlaceholderName, conditions: readonly LetterCondition[]): boolean {
  if (name === 'reference' && !hasReference.includes(kind)) return conditions.includes('about-decision');
  const needed = conditional[name];
  return needed === undefined || needed.some((condition) => conditions.includes(condition));
}

export type LetterFacts = {
  readonly values: Readonly<Partial<Record<PlaceholderName, string>>>;
  readonly holds: ReadonlySet<LetterCondition>;
};
export type FilledParagraph = { readonly id: string; readonly style: Paragraph['style']; readonly text: string };
export type FillError = {
  readonly type: 'placeholder-empty';
  readonly name: string;
  readonly paragraph: string;
};

/** The paragraphs of one language whose conditions hold, in order; a value that is missing or '' stops the letter. */
export function fillTemplate(
  template: LetterTemplate,
  language: LetterLanguage,
  { values, holds }: LetterFacts,
): Result<readonly FilledParagraph[], FillError> {
  const filled: FilledParagraph[] = [];
  for (const paragraph of template.paragraphs) {
    if (!paragraph.when.every((condition) => holds.has(condition))) continue;
    const { id, style } = paragraph;
    if (!isText(paragraph)) {
      filled.push({ id, style, text: '' });
      continue;
    }
    const text = paragraph[language];
    const given: Readonly<Record<string, string | undefined>> = values;
    const empty = namesIn(text).find((name) => (given[name] ?? '') === '');
    if (empty !== undefined) return err({ type: 'placeholder-empty', name: empty, paragraph: id });
    // One pass: what a value holds between braces is text, not another placeholder.
    const words = text.replaceAll(withStop, (_, name: string, stop: string) => {
      const value = given[name] ?? '';
      return value.endsWith('.') ? value : value + stop;
    });
    filled.push({ id, style, text: words });
  }
  return ok(filled);
}
