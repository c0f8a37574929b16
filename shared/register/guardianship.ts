import { parseIsoDate, type IsoDate } from '../kernel/dates.ts';
import { readFields } from '../records/field-rule.ts';
import type { FieldValues } from '../records/record.ts';
import { factCodes } from './fact-codes.ts';
import { factRule } from './fact-kind.ts';
import { guardianFacts } from './facts.ts';
import { ageOfPartial, type PartialDate } from './partial-date.ts';

/** Who answers for a child without parents here; a companion with a letter of the parents has no authority by it. */
export const guardianKinds = factCodes.guardianKind;
export type GuardianKind = (typeof guardianKinds)[number];

export const guardianRule = factRule(guardianFacts, 'review', 'core');

/** `from … to` inclusive; `to` null while it lasts. */
export type Guardian = {
  readonly from: IsoDate;
  readonly to: IsoDate | null;
  readonly kind: GuardianKind;
  readonly name: string;
  readonly organisation: string;
  readonly contact: string;
};

/** Everybody who was or is guardian or companion, the oldest first; what this version cannot read is left out. */
export function guardiansOf(values: FieldValues): readonly Guardian[] {
  return readFields(values, guardianFacts.stem, guardianRule)
    .flatMap(([key, value]): readonly (Guardian & { readonly key: string })[] => {
      const from = parseIsoDate(key.slice(0, 10));
      const { guardianKind, to, guardianName, organisation, contact } = value as Readonly<
        Record<string, string | null>
      >;
      const kind = guardianKinds.find((known) => known === guardianKind);
      if (from === undefined || kind === undefined) return [];
      const end = parseIsoDate(to ?? '') ?? null;
      const who = { name: guardianName ?? '', organisation: organisation ?? '', contact: contact ?? '' };
      return [{ key, from, to: end, kind, ...who }];
    })
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.key < b.key ? -1 : 1))
    .map(({ key: _key, ...guardian }) => guardian);
}

/** From somebody with authority to nobody at all; only the first needs nothing more. */
export const guardianStates = ['guardian', 'reported', 'companion', 'nobody'] as const;
export type GuardianState = (typeof guardianStates)[number];

const holdsOn = ({ from, to }: Guardian, day: IsoDate) => from <= day && (to === null || to >= day);
const stateOf = ({ kind }: Guardian): GuardianState =>
  kind === 'reported' || kind === 'companion' ? kind : 'guardian';

/** Who answers for a child on `day`: the one with most authority, of two the last one; undefined for nobody. */
export function guardianOn(guardians: readonly Guardian[], day: IsoDate): Guardian | undefined {
  const present = guardians.filter((one) => holdsOn(one, day));
  for (const state of guardianStates) {
    const found = present.findLast((one) => stateOf(one) === state);
    if (found !== undefined) return found;
  }
  return undefined;
}

type Child = {
  readonly unaccompanied: boolean;
  readonly birthDate: PartialDate | null;
  readonly guardians: readonly Guardian[];
};

/** Whether somebody is a child without parents on `day`; whose age is not known counts as one. */
export const isLoneMinor = ({ unaccompanied, birthDate }: Omit<Child, 'guardians'>, day: IsoDate): boolean =>
  unaccompanied && ((birthDate === null ? undefined : ageOfPartial(birthDate, day)) ?? 0) < 18;

/**
 * How it stands with the guardian of a child without parents on `day`; null for everybody else. The municipality
 * reports such a child to the guardianship institution at once (return-intake.md §7).
 */
export const guardianStateOn = (child: Child, day: IsoDate): GuardianState | null => {
  if (!isLoneMinor(child, day)) return null;
  const guardian = guardianOn(child.guardians, day);
  return guardian === undefined ? 'nobody' : stateOf(guardian);
};

/** Whether there is something left to do: a child without parents for whom nobody with authority is recorded. */
export function needsGuardian(child: Child, day: IsoDate): boolean {
  const state = guardianStateOn(child, day);
  return state !== null && state !== 'guardian';
}
