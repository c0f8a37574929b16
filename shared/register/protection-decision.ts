import * as z from 'zod';
import { addDays, parseIsoDate, type IsoDate } from '../kernel/dates.ts';
import { readFields } from '../records/field-rule.ts';
import type { FieldValues } from '../records/record.ts';
import { protectionGroups, protectionPeriods, type ProtectionPeriod } from './registration.ts';
import { field, isoDateSchema, textSchema } from './schemas.ts';

export type ProtectionGroup = Exclude<ProtectionPeriod['group'], 'all'>;

/** `protectionEnd.<group>.<decided on>` of a municipal policy: a Dutch end date that an administrator wrote down. */
export const protectionEndRule = field(
  'review',
  'core',
  z.object({ end: isoDateSchema, legalAct: textSchema(200).min(1) }),
);
export type ProtectionDecision = {
  readonly group: ProtectionGroup;
  readonly decidedOn: IsoDate;
  readonly end: IsoDate;
  readonly legalAct: string;
};

/** Field id of a decision: one a group and day, so that an earlier one stays. */
export const protectionEndFieldId = (group: ProtectionGroup, decidedOn: IsoDate): string =>
  `protectionEnd.${group}.${decidedOn}`;

/** The decisions that one policy record holds; what is unreadable is left out. */
export function protectionDecisionsOf(values: FieldValues): readonly ProtectionDecision[] {
  return readFields(values, 'protectionEnd', protectionEndRule).flatMap(([key, value]) => {
    const [groupText = '', dayText = ''] = key.split('.');
    const group = protectionGroups.find((known) => known === groupText);
    const decidedOn = parseIsoDate(dayText);
    return group === undefined || group === 'all' || decidedOn === undefined ? [] : [{ ...value, group, decidedOn }];
  });
}

/**
 * The periods with the end that the last decision for each group says: its last Dutch row of the protection is made
 * shorter, or a row is put behind it. European rows, the transition and other groups stay as they are (register.md §4).
 */
export function withDecisions(
  decisions: readonly ProtectionDecision[],
  periods: readonly ProtectionPeriod[] = protectionPeriods,
): readonly ProtectionPeriod[] {
  return [...lastByGroup(decisions).values()].reduce(withEnd, periods);
}

function lastByGroup(decisions: readonly ProtectionDecision[]): ReadonlyMap<ProtectionGroup, ProtectionDecision> {
  const last = new Map<ProtectionGroup, ProtectionDecision>();
  for (const decision of decisions) {
    const known = last.get(decision.group);
    if (known === undefined || known.decidedOn <= decision.decidedOn) last.set(decision.group, decision);
  }
  return last;
}

function withEnd(periods: readonly ProtectionPeriod[], decision: ProtectionDecision): readonly ProtectionPeriod[] {
  const { group, end, legalAct, decidedOn } = decision;
  const isOwn = (row: ProtectionPeriod) =>
    row.scope === 'NL' && row.status === 'in-force' && row.kind === 'rtb' && row.group === group;
  const ends = periods.filter(isOwn).flatMap(({ to }) => to ?? []);
  const formerEnd = ends.sort().at(-1);
  const kept = periods
    .filter((row) => !isOwn(row) || row.from <= end)
    .map((row) => (isOwn(row) && row.to !== null && row.to > end ? { ...row, to: end, legalAct } : row));
  if (formerEnd === undefined || end <= formerEnd) return kept;
  const added: ProtectionPeriod = {
    scope: 'NL',
    group,
    kind: 'rtb',
    from: addDays(formerEnd, 1),
    to: end,
    legalAct,
    status: 'in-force',
    confidence: 'M',
    source: legalAct,
    checkedOn: decidedOn,
  };
  return [...kept, added];
}
