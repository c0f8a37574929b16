import * as z from 'zod';
import type { IsoDate } from '../kernel/dates.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import {
  fileDay,
  fileTextOf,
  fileWords,
  problemAt,
  readSettledFile,
  type FileProblem,
} from '../settled-file/settled-file.ts';
import { letterTextFieldId } from './letter-text.ts';
import {
  checkText,
  isText,
  letterKinds,
  letterLanguages,
  type LetterKind,
  type LetterLanguage,
  type LetterTemplate,
  type TextParagraph,
} from './template.ts';

const format = 'onderdak-letters';
const version = 1;
/** As they are typed: a space at the end is kept. */
const words = z.string().normalize('NFC').max(2000);
const texts = z.record(z.string(), z.strictObject({ nl: words, uk: words, en: words }));
const letters = Object.fromEntries(letterKinds.map((kind) => [kind, z.exactOptional(texts)])) as Record<
  LetterKind,
  z.ZodExactOptional<typeof texts>
>;

/** The texts of letters from a day on. A letter or a paragraph that does not stand in the file stays as it is. */
const letterFileSchema = z.strictObject({
  format: z.literal(format),
  version: z.int(),
  from: fileDay,
  reason: fileWords(500),
  letters: z.strictObject(letters),
});
type LetterFile = z.infer<typeof letterFileSchema>;

const textsOf = ({ paragraphs }: LetterTemplate): readonly TextParagraph[] => paragraphs.filter(isText);

/** Letters with the texts of a municipality as a file: `readLetterFile` finds nothing to change in it. */
export const letterFileText = (templates: readonly LetterTemplate[], from: IsoDate, reason: string): string =>
  fileTextOf({
    ...{ format, version, from, reason },
    letters: Object.fromEntries(
      templates.map((template) => [
        template.id,
        Object.fromEntries(textsOf(template).map(({ id, nl, uk, en }) => [id, { nl, uk, en }])),
      ]),
    ),
  } satisfies LetterFile);

export type LetterTextChange = {
  readonly kind: LetterKind;
  readonly paragraph: string;
  readonly language: LetterLanguage;
  readonly before: string;
  readonly after: string;
};
type LetterFileChanges = {
  readonly from: IsoDate;
  readonly reason: string;
  readonly changes: readonly LetterTextChange[];
};

/**
 * What a file would change in the letters as they are on its day. Refused as a whole, with every problem found, while
 * something in it is wrong: a text that could leave a hole in a letter is not read in.
 */
export function readLetterFile(
  bytes: Uint8Array,
  templateOn: (kind: LetterKind, day: IsoDate) => LetterTemplate,
): Result<LetterFileChanges, readonly FileProblem[]> {
  const read = readSettledFile(bytes, { format, version, schema: letterFileSchema });
  if (!read.ok) return read;
  const { file, lines } = read.value;
  const problems: FileProblem[] = [];
  const changes: LetterTextChange[] = [];
  for (const kind of letterKinds) {
    const known = new Map(textsOf(templateOn(kind, file.from)).map((paragraph) => [paragraph.id, paragraph]));
    for (const [id, written] of Object.entries(file.letters[kind] ?? {})) {
      const paragraph = known.get(id);
      if (paragraph === undefined) {
        problems.push(problemAt(lines, ['letters', kind, id], { type: 'unknown-paragraph', found: id.slice(0, 60) }));
        continue;
      }
      for (const language of letterLanguages) {
        const checked = checkText(kind, paragraph, written[language]);
        const path = ['letters', kind, id, language];
        if (!checked.ok) {
          const { type, name } = checked.error;
          problems.push(problemAt(lines, path, type === 'text-empty' ? { type } : { type, name }));
        } else if (written[language] !== paragraph[language])
          changes.push({ kind, paragraph: id, language, before: paragraph[language], after: written[language] });
      }
    }
  }
  return problems.length > 0 ? err(problems) : ok({ from: file.from, reason: file.reason, changes });
}

/** A text as the record of a municipality keeps it; the standard text is kept as none, so that it follows the app. */
export const letterTextEdit = (
  { kind, paragraph, language, after }: Omit<LetterTextChange, 'before'>,
  standard: LetterTemplate,
  { from, reason }: { readonly from: IsoDate; readonly reason: string },
) => ({
  field: letterTextFieldId(kind, paragraph, language, from),
  value: {
    text: textsOf(standard).find(({ id }) => id === paragraph)?.[language] === after ? null : after,
    reason,
  },
});
