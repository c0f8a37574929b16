import { numberKey } from '../kernel/number-key.ts';
import type { FieldValues } from '../records/record.ts';
import { toResident } from '../register/resident.ts';
import { findDuplicatesOf, nameWords, type DuplicateReason, type IdentityFacts } from '../search/duplicates.ts';
import type { ImportColumn } from './columns.ts';
import { compareFields, type CellDifference, type FieldEdit } from './field-diff.ts';
import type { ImportedLine } from './spreadsheet.ts';

/** Somebody in the register; `baseOf` names what was seen of a field, for the edits that come of it. */
export type RegisterPerson<Base> = {
  readonly id: string;
  readonly values: FieldValues;
  readonly baseOf: (field: string) => Base;
};

export const doubtReasons = [
  'two-people',
  'two-lines',
  'numbers-disagree',
  'other-person-with-number',
  'similar',
  'departed',
] as const;
export type DoubtReason = (typeof doubtReasons)[number];

/** Whom a line may be about, why, and what it would change about that person. */
export type Candidate<Base> = {
  readonly id: string;
  readonly reasons: readonly DuplicateReason[];
  readonly differences: readonly CellDifference[];
  readonly edits: readonly (FieldEdit & { readonly base: Base })[];
};
export type LineOutcome<Base> =
  | { readonly type: 'new' }
  | { readonly type: 'same' | 'changed'; readonly person: Candidate<Base> }
  | { readonly type: 'doubt'; readonly reason: DoubtReason; readonly candidates: readonly Candidate<Base>[] };

/** `outcomes` in the order of the lines; `gone` are people of the register who have not left and are in no line. */
export type ListDiff<Base> = { readonly outcomes: readonly LineOutcome<Base>[]; readonly gone: readonly string[] };

type Options = {
  readonly isGiven: (line: number, column: ImportColumn) => boolean;
  readonly freshKey: () => string;
};
type Match<Base> = Candidate<Base> & { readonly doubt: DoubtReason | null };

/**
 * A list held against the register. The register passes by person after person and nothing of it is kept but what the
 * list is about. BSN, V-number and document number tell who somebody is, else the name in any spelling with the date
 * of birth; whatever contradicts itself is in doubt and never decided here.
 */
export function makeListComparer<Base>(options: Options) {
  const lines: ImportedLine[] = [];
  const facts: IdentityFacts[] = [];
  const index = new Map<string, number[]>();
  const matches = new Map<number, Match<Base>[]>();
  const unmatched: string[] = [];

  /** All lines first, then the people of the register. */
  const add = (line: ImportedLine): void => {
    const identity = identityOf('', line.resident);
    for (const key of identity.keys) {
      const known = index.get(key);
      if (known === undefined) index.set(key, [lines.length]);
      else known.push(lines.length);
    }
    lines.push(line);
    facts.push(identity.facts);
  };

  const visit = (person: RegisterPerson<Base>): void => {
    const own = identityOf(person.id, person.values);
    const departed = person.values['departure'] !== undefined && person.values['departure'] !== null;
    let isListed = false;
    for (const at of new Set(own.keys.flatMap((key) => index.get(key) ?? []))) {
      const line = lines[at];
      const listed = facts[at];
      if (line === undefined || listed === undefined) continue;
      const reasons = findDuplicatesOf(own.facts, [listed])[0]?.reasons ?? [];
      if (reasons.length === 0) continue;
      const { differences, edits } = compareFields(line.resident, {
        present: person.values,
        isGiven: (column) => options.isGiven(line.line, column),
        freshKey: options.freshKey,
      });
      const match = {
        id: person.id,
        reasons,
        differences,
        edits: edits.map((edit) => ({ ...edit, base: person.baseOf(edit.field) })),
        doubt: doubtOf(own.facts, listed, reasons, departed && line.resident['departure'] === undefined),
      };
      const known = matches.get(at);
      if (known === undefined) matches.set(at, [match]);
      else known.push(match);
      isListed ||= isStrong(match);
    }
    if (!isListed && !departed) unmatched.push(person.id);
  };

  const finish = (): ListDiff<Base> => {
    const linesOf = new Map<string, number>();
    for (const found of matches.values())
      for (const match of found) if (isStrong(match)) linesOf.set(match.id, (linesOf.get(match.id) ?? 0) + 1);
    const outcomes = lines.map((_line, at) => outcomeOf(matches.get(at) ?? [], linesOf));
    return { outcomes, gone: unmatched };
  };
  return { add, visit, finish };
}

const isStrong = ({ reasons }: { readonly reasons: readonly DuplicateReason[] }): boolean =>
  reasons.some((reason) => reason !== 'similar-name-and-birth-date');

function outcomeOf<Base>(found: readonly Match<Base>[], linesOf: ReadonlyMap<string, number>): LineOutcome<Base> {
  const strong = found.filter(isStrong);
  const [person] = strong;
  const doubt = (reason: DoubtReason, candidates: readonly Match<Base>[]): LineOutcome<Base> => ({
    type: 'doubt',
    reason,
    candidates: candidates.map(withoutDoubt),
  });
  if (person === undefined) return found.length === 0 ? { type: 'new' } : doubt('similar', found);
  if (strong.length > 1) return doubt('two-people', strong);
  if (person.doubt !== null) return doubt(person.doubt, strong);
  if ((linesOf.get(person.id) ?? 0) > 1) return doubt('two-lines', strong);
  return { type: person.edits.length === 0 ? 'same' : 'changed', person: withoutDoubt(person) };
}

const withoutDoubt = <Base>({ doubt: _doubt, ...candidate }: Match<Base>): Candidate<Base> => candidate;

function doubtOf(
  person: IdentityFacts,
  line: IdentityFacts,
  reasons: readonly DuplicateReason[],
  departed: boolean,
): DoubtReason | null {
  const disagree = (a: string | null, b: string | null) => a !== null && b !== null && numberKey(a) !== numberKey(b);
  const isNamed = reasons.includes('name-and-birth-date') || reasons.includes('similar-name-and-birth-date');
  if (!isNamed && line.birthDate !== person.birthDate) return 'other-person-with-number';
  if (disagree(person.bsn, line.bsn) || disagree(person.vNumber, line.vNumber)) return 'numbers-disagree';
  return departed ? 'departed' : null;
}

/** Who somebody is, and the keys under which a line and a person meet before they are compared with care. */
function identityOf(id: string, values: FieldValues): { facts: IdentityFacts; keys: readonly string[] } {
  const { name, birthDate, bsn, vNumber, documents } = toResident(id, values);
  const documentNumbers = documents.map(({ number }) => number).filter((number) => numberKey(number) !== '');
  const keys = documentNumbers.map((number) => `d${numberKey(number)}`);
  if (bsn !== null) keys.push(`b${bsn}`);
  if (vNumber !== null) keys.push(`v${numberKey(vNumber)}`);
  if (birthDate !== null && !birthDate.startsWith('0000')) {
    const words = nameWords(name);
    keys.push(`n${birthDate.slice(0, 4)} ${words.join(' ')}`);
    // Of who were born on one day only those are compared whose names begin alike.
    for (const word of words) keys.push(`t${birthDate} ${word.slice(0, 3)}`);
  }
  const { family, given, familyCyrillic, givenCyrillic } = name;
  const facts = { id, family, given, familyCyrillic, givenCyrillic, birthDate, bsn, vNumber, documentNumbers };
  return { facts, keys: [...new Set(keys)] };
}
