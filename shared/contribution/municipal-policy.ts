import * as z from 'zod';
import { parseIsoDate, type IsoDate } from '../kernel/dates.ts';
import { defineKind, readField, readFields } from '../records/field-rule.ts';
import type { FieldValues } from '../records/record.ts';
import { contactRule } from '../register/contacts.ts';
import { protectionEndRule } from '../register/protection-decision.ts';
import { retentionRule } from '../register/retention.ts';
import { lastResidenceRule } from '../register/territories.ts';
import { field, isoDateSchema, municipalityCodeSchema, placementSchema, textSchema } from '../register/schemas.ts';
import type { DatedOverride, DatedPolicy } from './dated-policy.ts';
import { incomeKinds, type IncomeKind } from './month-facts.ts';
import { isParameterValue, parameterNames, type ParameterName } from './parameter-row.ts';

/** Kinds the law does not name; pay for chores on the site is never income (RooO art. 11a). */
export const extraGroundKinds = [
  'pension',
  'student-finance',
  'alimony',
  'expense-allowance',
  'other',
] as const satisfies readonly IncomeKind[];
/** Parts of pay that a municipality can leave out. */
export const payParts = ['holiday-pay', 'bonus'] as const satisfies readonly IncomeKind[];

const reason = textSchema(500).refine((text) => text.trim() !== '', 'reason-missing');
const municipality = z.object({ code: municipalityCodeSchema, name: textSchema(80) });
const basis = z.object({ incomeBasis: z.enum(['net', 'gross']), reason });
const kindList = z.array(z.enum(incomeKinds)).max(incomeKinds.length);
/** `kinds` count beside the law, `excluded` are parts of pay that do not. */
const grounds = z.object({ kinds: kindList, excluded: z.exactOptional(kindList), reason });
const collectsFrom = z.object({ day: isoDateSchema, reason });
const sourceText = textSchema(500);
const catering = z.object({ to: isoDateSchema.nullable(), catered: z.boolean(), reason, source: sourceText });
/** Somebody looked whether the amounts of the regulation are still those, on the day in the field id. */
const amountsChecked = z.object({ reason, source: sourceText });
const override = z.object({
  to: isoDateSchema.nullable(),
  value: z.union([z.int(), textSchema(60)]),
  reason,
  source: sourceText,
});

/**
 * What a municipality has settled for its families (contribution.md §8). Everything that decides an amount is in
 * `finance`, with those who work out amounts; which municipality it is only routes.
 */
export const municipalPolicyKind = defineKind('municipalPolicy', {
  placement: field('review', 'core', placementSchema),
  municipality: field('review', 'core', municipality),
  /** `basis.<from>` and `grounds.<from>`, in force until the next one. */
  basis: field('review', 'finance', basis),
  grounds: field('review', 'finance', grounds),
  collectsFrom: field('review', 'finance', collectsFrom),
  /** `override.<parameter>.<from>` with dashes for the dots of the parameter. */
  override: field('review', 'finance', override),
  /** `catering.<site id>.<from>`. */
  catering: field('review', 'finance', catering),
  amountsChecked: field('review', 'finance', amountsChecked),
  /** `protectionEnd.<group>.<decided on>`: Dutch end dates that came after this version of the app. */
  protectionEnd: protectionEndRule,
  /** `lastResidence.<from>`: whether the last residence in Ukraine may be kept, and by which act. */
  lastResidence: lastResidenceRule,
  /** `retention.<class>`: how long the municipality keeps what is in it. */
  retention: retentionRule,
  contact: contactRule,
  _deleted: field('review', 'core', z.boolean(), [false, true]),
});

export type DatedBasis = z.infer<typeof basis> & { readonly from: IsoDate };
export type DatedGrounds = {
  readonly from: IsoDate;
  readonly kinds: readonly IncomeKind[];
  readonly excluded?: readonly IncomeKind[];
  readonly reason: string;
};
/** Whether a site gives meals from … to, both included; outside it the site's own default holds. */
export type DatedCatering = z.infer<typeof catering> & { readonly site: string; readonly from: IsoDate };
export type AmountsChecked = z.infer<typeof amountsChecked> & { readonly on: IsoDate };
export type MunicipalSettings = {
  readonly id: string;
  readonly municipality: { readonly code: string; readonly name: string } | null;
  /** Oldest first. */
  readonly bases: readonly DatedBasis[];
  readonly grounds: readonly DatedGrounds[];
  readonly collectsFrom: { readonly day: IsoDate; readonly reason: string } | null;
  readonly overrides: readonly DatedOverride[];
  readonly caterings: readonly DatedCatering[];
  readonly checks: readonly AmountsChecked[];
  /** Ids of fields that this version cannot use: they count for nothing, and somebody has to know. */
  readonly unreadable: readonly string[];
  readonly deleted: boolean;
};

/** Typed view of a policy record; never fails: what is absent, unreadable or not a possible value is left out. */
export function toMunicipalSettings(id: string, values: FieldValues): MunicipalSettings {
  const { fields } = municipalPolicyKind;
  const dated = <T extends object>(entries: readonly (readonly [string, T])[]) =>
    entries.flatMap(([key, value]) => {
      const from = parseIsoDate(key);
      return from === undefined ? [] : [{ ...value, from }];
    });
  const settings = {
    id,
    municipality: readField(values, 'municipality', fields.municipality) ?? null,
    bases: dated(readFields(values, 'basis', fields.basis)),
    grounds: dated(readFields(values, 'grounds', fields.grounds)),
    collectsFrom: readField(values, 'collectsFrom', fields.collectsFrom) ?? null,
    overrides: readFields(values, 'override', fields.override).flatMap(([key, value]) => {
      const [name = '', fromText = ''] = key.split('.');
      const param = paramOfKey.get(name);
      const from = parseIsoDate(fromText);
      if (param === undefined || from === undefined || !isParameterValue(param, value.value)) return [];
      return [{ ...value, param, from }];
    }),
    caterings: readFields(values, 'catering', fields.catering).flatMap(([key, value]) => {
      const [site = '', fromText = ''] = key.split('.');
      const from = parseIsoDate(fromText);
      return from === undefined ? [] : [{ ...value, site, from }];
    }),
    checks: dated(readFields(values, 'amountsChecked', fields.amountsChecked)).map(({ from, ...rest }) => ({
      ...rest,
      on: from,
    })),
    deleted: readField(values, '_deleted', fields._deleted) ?? false,
  };
  return { ...settings, unreadable: unreadableIn(values, settings) };
}

/** What other pages settle in the same record, and look after. */
const otherPages: ReadonlySet<string> = new Set(['protectionEnd', 'lastResidence', 'retention']);

/** Settled fields that did not come through: an unknown parameter, a value that cannot be, a day that does not exist. */
function unreadableIn(values: FieldValues, settings: Omit<MunicipalSettings, 'unreadable'>): readonly string[] {
  const read = new Set<string>([
    ...settings.bases.map(({ from }) => basisFieldId(from)),
    ...settings.grounds.map(({ from }) => groundsFieldId(from)),
    ...settings.overrides.map(({ param, from }) => overrideFieldId(param, from)),
    ...settings.caterings.map(({ site, from }) => cateringFieldId(site, from)),
    ...settings.checks.map(({ on }) => amountsCheckedFieldId(on)),
    ...(settings.collectsFrom === null ? [] : ['collectsFrom']),
    'placement',
    'municipality',
    '_deleted',
  ]);
  return Object.keys(values)
    .filter((field) => values[field] !== null && values[field] !== undefined && !read.has(field))
    .filter((field) => !otherPages.has(field.split('.')[0] ?? ''))
    .sort();
}

/** No name of a parameter holds a dash, so a dash can stand for its dots. */
const keyOfParam = (param: ParameterName): string => param.replaceAll('.', '-');
const paramOfKey = new Map(parameterNames.map((param) => [keyOfParam(param), param]));

export const basisFieldId = (from: IsoDate): string => `basis.${from}`;
export const groundsFieldId = (from: IsoDate): string => `grounds.${from}`;
export const cateringFieldId = (site: string, from: IsoDate): string => `catering.${site}.${from}`;
export const amountsCheckedFieldId = (on: IsoDate): string => `amountsChecked.${on}`;
export const overrideFieldId = (param: ParameterName, from: IsoDate): string => `override.${keyOfParam(param)}.${from}`;

/**
 * The policy of municipality `code` on `day`, for `familyMonth`. Two laptops can each have begun a record for the same
 * municipality: together they are its policy, and of two choices from the same day that of the last record id holds.
 * Without a code (a family without a site) the only municipality of this device is meant.
 */
export function toDatedPolicy(settings: readonly MunicipalSettings[], code: string | null, day: IsoDate): DatedPolicy {
  const known = datedPolicies.get(settings) ?? new Map<string, DatedPolicy>();
  datedPolicies.set(settings, known);
  const key = `${day} ${code ?? ''}`;
  const policy = known.get(key) ?? findDatedPolicy(settings, code, day);
  known.set(key, policy);
  return policy;
}

// One object for all households of a municipality, so that its rules are worked out once.
const datedPolicies = new WeakMap<readonly MunicipalSettings[], Map<string, DatedPolicy>>();

function findDatedPolicy(settings: readonly MunicipalSettings[], code: string | null, day: IsoDate): DatedPolicy {
  const { wanted, own } = settingsOf(settings, code);
  const grounds = lastOn(
    own.flatMap((one) => one.grounds),
    day,
  );
  const starts = own.flatMap((one) => (one.collectsFrom === null ? [] : [one.collectsFrom.day]));
  return {
    municipality: wanted ?? '',
    incomeBasis:
      lastOn(
        own.flatMap(({ bases }) => bases),
        day,
      )?.incomeBasis ?? null,
    extraGrounds: grounds?.kinds ?? [],
    ...(grounds?.excluded === undefined ? {} : { excludedKinds: grounds.excluded }),
    collectsFrom: starts.at(-1) ?? null,
    overrides: own.flatMap(({ overrides }) => overrides),
  };
}

/** Meals on a site as the municipality settled them, oldest first. */
export const cateringsOf = (settings: readonly MunicipalSettings[], site: string): readonly DatedCatering[] =>
  settings
    .filter(({ deleted }) => !deleted)
    .flatMap(({ caterings }) => caterings)
    .filter((one) => one.site === site)
    .sort((a, b) => (a.from < b.from ? -1 : 1));

/** The last day on which somebody of the municipality checked the national amounts; null if nobody did. */
export const lastCheckOf = (settings: readonly MunicipalSettings[], code: string | null): IsoDate | null =>
  settingsOf(settings, code)
    .own.flatMap(({ checks }) => checks.map(({ on }) => on))
    .sort()
    .at(-1) ?? null;

function settingsOf(settings: readonly MunicipalSettings[], code: string | null) {
  const alive = settings.filter(({ deleted }) => !deleted).sort((a, b) => (a.id < b.id ? -1 : 1));
  const codes = new Set(alive.flatMap(({ municipality: own }) => own?.code ?? []));
  const wanted = code ?? (codes.size === 1 ? [...codes][0] : undefined);
  return { wanted, own: alive.filter((one) => wanted !== undefined && one.municipality?.code === wanted) };
}

/** The latest entry that has begun; of two from the same day the last one. */
function lastOn<T extends { readonly from: IsoDate }>(entries: readonly T[], day: IsoDate): T | undefined {
  let last: T | undefined;
  for (const entry of entries) {
    if (entry.from <= day && (last === undefined || last.from <= entry.from)) last = entry;
  }
  return last;
}
