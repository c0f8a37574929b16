import { parseIsoDate, type IsoDate } from '../kernel/dates.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { pnta, type Answers, type AnswerValue, type QuestionRef } from './answers.ts';
import { findCodeList } from './code-lists.ts';
import { evaluate } from './conditions.ts';
import { optionsOf, rowsOf } from './questionnaire.ts';
import type { Question, QuestionnaireFile } from './questionnaire-schema.ts';
import { asDay } from './rules-journey.ts';

/** Names typed for a list that is not shipped, and texts behind 'other'. */
export const maxNameLength = 120;

/** Days that have already been: protection, vaccination, certificates (return-intake.md §14, field checks). */
const pastOnly: readonly string[] = ['tp_nl_since', 'pet_rabies', 'p_logo_date', 'p_cefr_date'];

/** An answer as it may be stored, or what is wrong with it. Codes come back in the order of the set, except ranked ones. */
export function checkAnswer(
  file: QuestionnaireFile,
  question: Question,
  value: unknown,
  today: IsoDate,
): Result<AnswerValue, AnswerError> {
  if (value === pnta) return question.pnta ? ok(pnta) : err({ type: 'not-an-option', option: pnta });
  switch (question.type) {
    case 'single':
      return checkCode(value, codesIn(file, question));
    case 'multi':
    case 'rank':
    case 'checklist':
      return checkCodes(file, question, value);
    case 'matrix':
      return checkMatrix(file, question, value);
    case 'text':
    case 'longtext':
      return checkText(value, question.maxLength);
    case 'int':
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) return err({ type: 'not-a-whole-number' });
      return value < question.min || value > question.max
        ? err({ type: 'out-of-range', min: question.min, max: question.max })
        : ok(value);
    case 'date':
      return checkDate(value, pastOnly.includes(question.key) ? today : null);
    case 'code': {
      const list = findCodeList(question.codeList);
      return list === undefined
        ? checkText(value, maxNameLength)
        : checkCode(
            value,
            list.entries.map(({ code }) => code),
          );
    }
    case 'ref':
    case 'signature':
      return checkText(value, maxNameLength);
    case 'calc':
      return err({ type: 'not-to-be-answered' });
  }
}
export type AnswerError =
  | { readonly type: 'empty' | 'wrong-shape' | 'not-a-whole-number' | 'impossible-date' | 'not-to-be-answered' }
  | { readonly type: 'not-an-option' | 'exclusive' | 'double'; readonly option: string }
  | { readonly type: 'not-a-row'; readonly row: string }
  | { readonly type: 'too-many' | 'too-long'; readonly max: number }
  | { readonly type: 'out-of-range'; readonly min: number; readonly max: number }
  | { readonly type: 'in-future'; readonly today: IsoDate };

const codesIn = (file: QuestionnaireFile, question: Question): readonly string[] =>
  optionsOf(file, question).map(({ code }) => code);

function checkCode(value: unknown, codes: readonly string[]): Result<string, AnswerError> {
  if (typeof value !== 'string') return err({ type: 'wrong-shape' });
  if (value === '') return err({ type: 'empty' });
  return codes.includes(value) ? ok(value) : err({ type: 'not-an-option', option: value });
}

function checkCodes(
  file: QuestionnaireFile,
  question: Extract<Question, { type: 'multi' | 'rank' | 'checklist' }>,
  value: unknown,
): Result<readonly string[], AnswerError> {
  if (!Array.isArray(value)) return err({ type: 'wrong-shape' });
  if (value.length === 0) return err({ type: 'empty' });
  const options = optionsOf(file, question);
  const chosen: string[] = [];
  for (const code of value as readonly unknown[]) {
    const known = checkCode(
      code,
      options.map((option) => option.code),
    );
    if (!known.ok) return known;
    if (chosen.includes(known.value)) return err({ type: 'double', option: known.value });
    chosen.push(known.value);
  }
  const alone = options.find(({ code, exclusive }) => exclusive === true && chosen.includes(code));
  if (alone !== undefined && chosen.length > 1) return err({ type: 'exclusive', option: alone.code });
  if (question.type !== 'checklist' && question.max !== undefined && chosen.length > question.max) {
    return err({ type: 'too-many', max: question.max });
  }
  if (question.type === 'rank') return ok(chosen);
  return ok(options.map(({ code }) => code).filter((code) => chosen.includes(code)));
}

function checkMatrix(
  file: QuestionnaireFile,
  question: Extract<Question, { type: 'matrix' }>,
  value: unknown,
): Result<Readonly<Record<string, string>>, AnswerError> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return err({ type: 'wrong-shape' });
  const rows = rowsOf(file, question).map(({ code }) => code);
  const stranger = Object.keys(value).find((row) => !rows.includes(row));
  if (stranger !== undefined) return err({ type: 'not-a-row', row: stranger });
  const answered: Record<string, string> = {};
  for (const [row, code] of Object.entries(value)) {
    const known = checkCode(code, codesIn(file, question));
    if (!known.ok) return known;
    answered[row] = known.value;
  }
  return Object.keys(answered).length === 0 ? err({ type: 'empty' }) : ok(answered);
}

function checkText(value: unknown, max: number): Result<string, AnswerError> {
  if (typeof value !== 'string') return err({ type: 'wrong-shape' });
  const text = value.normalize('NFC').trim();
  if (text === '') return err({ type: 'empty' });
  return text.length > max ? err({ type: 'too-long', max }) : ok(text);
}

function checkDate(value: unknown, latest: IsoDate | null): Result<IsoDate, AnswerError> {
  if (typeof value !== 'string') return err({ type: 'wrong-shape' });
  if (value === '') return err({ type: 'empty' });
  const day = parseIsoDate(value);
  if (day === undefined) return err({ type: 'impossible-date' });
  return latest !== null && day > latest ? err({ type: 'in-future', today: latest }) : ok(day);
}

/** Ticking one option of several: an exclusive one clears the others, any other clears the exclusive ones. */
export function toggleOption(
  file: QuestionnaireFile,
  question: Question,
  chosen: readonly string[],
  code: string,
): readonly string[] {
  if (chosen.includes(code)) return chosen.filter((other) => other !== code);
  const options = optionsOf(file, question);
  const isExclusive = (other: string): boolean => options.find((option) => option.code === other)?.exclusive === true;
  return isExclusive(code) ? [code] : [...chosen.filter((other) => !isExclusive(other)), code];
}

/** The text behind 'other', trimmed; empty is allowed and means none. */
export function checkOtherText(value: string): Result<string, AnswerError> {
  const text = value.normalize('NFC').trim();
  return text.length > maxNameLength ? err({ type: 'too-long', max: maxNameLength }) : ok(text);
}

export type FieldProblem =
  | { readonly type: 'before-other-date'; readonly at: QuestionRef; readonly other: string }
  | { readonly type: 'same-person' | 'second-main'; readonly at: QuestionRef };

/** Checks between visible answers (return-intake.md §14 below the rules): order of days, second staff member, one main person. */
export function findFieldProblems(file: QuestionnaireFile, answers: Answers): readonly FieldProblem[] {
  const { visible, answerTo } = evaluate(file, answers);
  const mains = answers.persons.filter(({ id }) => answerTo('person_role', id) === 'main').map(({ id }) => id);
  return visible.flatMap(({ key, section, person }): FieldProblem[] => {
    const at = { key, section, person };
    const other = key === 'absence_to' ? 'absence_from' : key === 'latest_date' ? 'earliest_date' : null;
    if (other !== null) {
      const [first, last] = [asDay(answerTo(other)), asDay(answerTo(key))];
      return first !== undefined && last !== undefined && last < first
        ? [{ type: 'before-other-date', at, other }]
        : [];
    }
    if (key === 'second_staff') {
      const second = answerTo(key);
      return second !== undefined && second === answerTo('caseworker_id') ? [{ type: 'same-person', at }] : [];
    }
    const isLaterMain = key === 'person_role' && person !== null && mains.indexOf(person) > 0;
    return isLaterMain ? [{ type: 'second-main', at }] : [];
  });
}
