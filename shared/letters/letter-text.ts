import * as z from 'zod';
import { parseIsoDate, type IsoDate } from '../kernel/dates.ts';
import { defineKind, readField, readFields } from '../records/field-rule.ts';
import type { FieldValues } from '../records/record.ts';
import { field, municipalityCodeSchema, placementSchema, textSchema } from '../register/schemas.ts';
import {
  checkText,
  isText,
  letterKinds,
  letterLanguages,
  type LetterKind,
  type LetterLanguage,
  type LetterTemplate,
} from './template.ts';

const adapted = z.object({
  /** Null: from this day the text that comes with the app again. */
  text: textSchema(2000).nullable(),
  reason: textSchema(500).refine((text) => text.trim() !== '', 'reason-missing'),
});

/** What a municipality writes otherwise in its letters: `text.<kind>.<paragraph>.<language>.<from>`, until the next one. */
export const letterTextKind = defineKind('letterText', {
  placement: field('review', 'core', placementSchema),
  municipality: field('review', 'core', z.object({ code: municipalityCodeSchema, name: textSchema(80) })),
  text: field('review', 'finance', adapted),
  _deleted: field('review', 'core', z.boolean(), [false, true]),
});

export type AdaptedText = z.infer<typeof adapted> & {
  readonly kind: LetterKind;
  readonly paragraph: string;
  readonly language: LetterLanguage;
  readonly from: IsoDate;
};
export type LetterTexts = {
  readonly id: string;
  readonly municipality: { readonly code: string; readonly name: string } | null;
  /** Oldest first. */
  readonly texts: readonly AdaptedText[];
};

/** Typed view; undefined for a deleted record. Texts this version cannot place are left out: the standard text stands. */
export function findLetterTexts(id: string, values: FieldValues): LetterTexts | undefined {
  const { fields } = letterTextKind;
  if (readField(values, '_deleted', fields._deleted) === true) return undefined;
  const texts = readFields(values, 'text', fields.text).flatMap(([key, value]) => {
    const [kindName = '', paragraph = '', languageName = '', fromText = ''] = key.split('.');
    const kind = letterKinds.find((known) => known === kindName);
    const language = letterLanguages.find((known) => known === languageName);
    const from = parseIsoDate(fromText);
    if (kind === undefined || language === undefined || from === undefined) return [];
    return [{ ...value, kind, paragraph, language, from }];
  });
  return {
    id,
    municipality: readField(values, 'municipality', fields.municipality) ?? null,
    texts: texts.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)),
  };
}

/** Field id of a municipality's own text of one paragraph in one language, in force from that day. */
export const letterTextFieldId = (
  kind: LetterKind,
  paragraph: string,
  language: LetterLanguage,
  from: IsoDate,
): string => `text.${kind}.${paragraph}.${language}.${from}`;

/**
 * A template with the texts of a municipality in force on `day`. A text with a placeholder this version does not know
 * is passed over: the standard text stands. Without a code the only municipality of the device is meant.
 */
export function adaptTemplate(
  template: LetterTemplate,
  all: readonly LetterTexts[],
  code: string | null,
  day: IsoDate,
): LetterTemplate {
  const codes = new Set(all.flatMap(({ municipality }) => municipality?.code ?? []));
  const wanted = code ?? (codes.size === 1 ? [...codes][0] : undefined);
  const own = all
    .filter(({ municipality }) => wanted !== undefined && municipality?.code === wanted)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap(({ texts }) => texts)
    .filter((text) => text.kind === template.id && text.from <= day)
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  if (own.length === 0) return template;
  return {
    ...template,
    paragraphs: template.paragraphs.map((paragraph) => {
      if (!isText(paragraph)) return paragraph;
      const written = { ...paragraph };
      for (const { language, text } of own.filter((one) => one.paragraph === paragraph.id)) {
        const usable = text !== null && checkText(template.id, paragraph, text).ok;
        written[language] = usable ? text : paragraph[language];
      }
      return written;
    }),
  };
}
