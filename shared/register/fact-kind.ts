import * as z from 'zod';
import { parseIsoDate, type IsoDate } from '../kernel/dates.ts';
import type { FieldClass, FieldRule } from '../records/field-rule.ts';
import { isGroup, type Compartment, type FieldValues, type Value } from '../records/record.ts';
import { countryCodeSchema, field, isoDateSchema, textSchema } from './schemas.ts';
import { factCodes, type FactCodeList } from './fact-codes.ts';
import { deregistrationReasons, documentTypes, proofTypes, protectionStatuses, successorTypes } from './codes.ts';

/** Lists that the register had before there were facts; their texts stand with the register. */
export const registerCodes = {
  documentType: documentTypes,
  deregistrationReason: deregistrationReasons,
  proofType: proofTypes,
  protectionStatus: protectionStatuses,
  successor: successorTypes,
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type RegisterCodeList = keyof typeof registerCodes;

/** One entry of a fact. Everything but `required` parts may be left open. */
export type FactPart = {
  readonly name: string;
  readonly required?: true;
  /** Only where another part has this value, as the reason of an end that is known. */
  readonly onlyWith?: string;
} & (
  | { readonly type: 'code'; readonly list: FactCodeList | RegisterCodeList }
  /** `past` days cannot lie ahead. */
  | { readonly type: 'day'; readonly past?: true }
  /** `blank`: kept as '' where nothing was typed, because the record had it so before there were facts. */
  | { readonly type: 'text'; readonly max: number; readonly blank?: true }
  | { readonly type: 'count'; readonly max: number }
  | { readonly type: 'country' | 'oblast' | 'occupation' }
);

/**
 * A kind of fact about a resident: its parts say how it is checked, kept, shown and asked for. `keyed` is what tells two
 * of them apart: the day they start (part `from`, kept in the field id alone), a key of their own, or nothing: only one.
 */
export type FactKind = {
  readonly stem: string;
  readonly keyed: 'start' | 'id' | 'once';
  readonly parts: readonly FactPart[];
};

/** `key` is the variable part of the field id; '' for a fact of which there is only one. */
export type Fact = { readonly key: string; readonly values: FieldValues };

/** The codes of a list, in the order in which they are offered. */
export const codesOf = (list: FactCodeList | RegisterCodeList): readonly string[] =>
  Object.hasOwn(factCodes, list) ? factCodes[list as FactCodeList] : registerCodes[list as RegisterCodeList];

function partSchema(part: FactPart): z.ZodType {
  switch (part.type) {
    case 'code':
      return z.enum([...codesOf(part.list)]);
    case 'day':
      return isoDateSchema;
    case 'text':
      return part.required === true ? textSchema(part.max).min(1) : textSchema(part.max);
    case 'count':
      return z.int().min(0).max(part.max);
    case 'country':
      return countryCodeSchema;
    case 'oblast':
      return z.string().regex(/^UA\d{17}$/);
    case 'occupation':
      return z.string().regex(/^\d{2}(\d{2})?$/);
  }
}

const isKept = (kind: FactKind, part: FactPart) => kind.keyed !== 'start' || part.name !== 'from';

/** The field rule of a kind of fact, for the record kind `resident`. */
export function factRule(kind: FactKind, fieldClass: FieldClass, compartment: Compartment): FieldRule {
  const shape = kind.parts
    .filter((part) => isKept(kind, part))
    .map((part) => [part.name, part.required === true ? partSchema(part) : partSchema(part).nullable().default(null)]);
  return field(fieldClass, compartment, z.object(Object.fromEntries(shape) as Record<string, z.ZodType>));
}

/** Where the record keeps a fact; `key` as in `Fact`. */
export const factFieldId = (kind: FactKind, key: string): string => (key === '' ? kind.stem : `${kind.stem}.${key}`);

/**
 * All facts of a kind as the record has them, the newest first. A fact of a later version with a part that this one
 * does not know is there with what it does know.
 */
export function factsOf(kind: FactKind, values: FieldValues): readonly Fact[] {
  const facts = Object.entries(values).flatMap(([fieldId, value]): readonly Fact[] => {
    const isOwn = kind.keyed === 'once' ? fieldId === kind.stem : fieldId.startsWith(`${kind.stem}.`);
    if (!isOwn || !isGroup(value)) return [];
    const key = fieldId.slice(kind.stem.length + 1);
    const from = kind.keyed === 'start' ? parseIsoDate(key.slice(0, 10)) : undefined;
    if (kind.keyed === 'start' && from === undefined) return [];
    return [{ key, values: from === undefined ? value : { from, ...value } }];
  });
  return facts.sort((a, b) => (startOf(a) > startOf(b) ? -1 : startOf(a) < startOf(b) ? 1 : a.key < b.key ? -1 : 1));
}

/** The day a fact is sorted by; '' where it has none. */
function startOf({ values }: Fact): string {
  for (const name of ['from', 'since', 'validUntil']) {
    const day = values[name];
    if (typeof day === 'string') return day;
  }
  return '';
}

/** Whether a fact holds on `day`: it has begun and has not ended. Without days it always holds. */
export function holdsOn({ values }: Fact, day: IsoDate): boolean {
  const { from, to } = values;
  return (typeof from !== 'string' || from <= day) && (typeof to !== 'string' || to >= day);
}

export const factProblems = ['missing', 'ends-before-start', 'in-future', 'too-long', 'too-high'] as const;
export type FactProblem = { readonly part: string; readonly problem: (typeof factProblems)[number] };

/** What keeps a typed fact from being saved, at most one problem per part; empty when it is right. */
export function checkFact(kind: FactKind, values: FieldValues, today: IsoDate): readonly FactProblem[] {
  return kind.parts.flatMap((part): readonly FactProblem[] => {
    const problem = problemOf(part, values, today);
    return problem === undefined ? [] : [{ part: part.name, problem }];
  });
}

function problemOf(part: FactPart, values: FieldValues, today: IsoDate): FactProblem['problem'] | undefined {
  const value = values[part.name] ?? null;
  if (value === null || (typeof value === 'string' && value.trim() === '')) {
    return part.required === true ? 'missing' : undefined;
  }
  if (part.type === 'text' && typeof value === 'string' && value.length > part.max) return 'too-long';
  if (part.type === 'count' && typeof value === 'number' && (value < 0 || value > part.max)) return 'too-high';
  if (part.type === 'day' && typeof value === 'string') {
    if (part.past === true && value > today) return 'in-future';
    const start = part.name === 'to' ? values.from : undefined;
    if (typeof start === 'string' && value < start) return 'ends-before-start';
  }
  return undefined;
}

/**
 * A typed fact as edits of the record: the register it is kept in, and the emptied one when its start was corrected.
 * `freshKey` names a new fact that is not told apart by its start. Text loses the space around it.
 */
export function factEdits(
  kind: FactKind,
  typed: FieldValues,
  before: { readonly key: string | null; readonly taken: readonly string[] },
  freshKey: string,
): readonly { readonly field: string; readonly value: Value }[] {
  const kept = kind.parts
    .filter((part) => isKept(kind, part))
    .map((part) => {
      const value = typed[part.name] ?? null;
      const hidden = part.onlyWith !== undefined && (typed[part.onlyWith] ?? null) === null;
      const text = typeof value === 'string' ? value.trim().normalize('NFC') : value;
      const none = part.required === true || (part.type === 'text' && part.blank === true) ? '' : null;
      return [part.name, hidden || text === '' || text === null ? none : text] as const;
    });
  const key = keyOf(kind, typed, before, freshKey);
  const moved = before.key !== null && before.key !== key;
  return [
    { field: factFieldId(kind, key), value: Object.fromEntries(kept) },
    ...(moved ? [{ field: factFieldId(kind, before.key), value: null }] : []),
  ];
}

function keyOf(
  kind: FactKind,
  typed: FieldValues,
  before: { readonly key: string | null; readonly taken: readonly string[] },
  freshKey: string,
): string {
  if (kind.keyed === 'once') return '';
  if (kind.keyed === 'id') return before.key ?? freshKey;
  const from = typeof typed.from === 'string' ? typed.from : '';
  if (before.key?.startsWith(from) === true) return before.key;
  // Two jobs can start on one day.
  let key = from;
  for (let next = 2; before.taken.includes(key); next++) key = `${from}-${String(next)}`;
  return key;
}
