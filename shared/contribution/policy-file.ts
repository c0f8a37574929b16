import * as z from 'zod';
import type { IsoDate } from '../kernel/dates.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import {
  asProblem,
  fileDay,
  fileText,
  fileTextOf,
  fileWords,
  problemAt,
  readSettledFile,
  foundText,
  type FileProblem,
  type ReadFile,
} from '../settled-file/settled-file.ts';
import { extraGroundKinds, payParts, type MunicipalSettings } from './municipal-policy.ts';
import { isParameterValue, ownParameters, parameterValueRule, type ParameterName } from './parameter-row.ts';
import { settled, settledEntries, type SettledEntry } from './settled-entries.ts';

const format = 'onderdak-policy';
const version = 1;
const most = 1000;
const reason = fileWords(500);
const source = fileText(500);

const period = <T extends z.ZodRawShape>(shape: T) =>
  z.strictObject({ from: fileDay, to: fileDay.nullable(), ...shape }).superRefine((value, context) => {
    const { from, to } = value as { readonly from: IsoDate; readonly to: IsoDate | null };
    if (to !== null && to < from)
      context.addIssue({ code: 'custom', path: ['to'], ...asProblem({ type: 'ends-before-begin' }) });
  });
const override = period({
  param: z.enum(ownParameters as [ParameterName, ...ParameterName[]]),
  /** What it may be depends on the parameter. */
  value: z.custom<number | string>((value) => value !== undefined),
  reason,
  source,
}).superRefine(({ param, value }, context) => {
  if (isParameterValue(param, value)) return;
  const rule = parameterValueRule(param);
  const problem =
    rule.unit === 'choice'
      ? ({ type: 'not-a-choice', found: foundText(value) } as const)
      : ({ type: rule.unit === 'cents' ? 'not-cents' : 'not-in-range', least: rule.least, most: rule.most } as const);
  context.addIssue({ code: 'custom', path: ['value'], ...asProblem(problem) });
});

/** What the screen of a municipality edits, and nothing else. */
const policyFileSchema = z.strictObject({
  format: z.literal(format),
  version: z.int(),
  municipality: z.strictObject({ code: fileWords(10), name: fileText(80) }),
  incomeBasis: z.array(z.strictObject({ from: fileDay, value: z.enum(['net', 'gross']), reason })).max(most),
  grounds: z
    .array(
      z.strictObject({
        from: fileDay,
        kinds: z.array(z.enum(extraGroundKinds)),
        excluded: z.array(z.enum(payParts)),
        reason,
      }),
    )
    .max(most),
  collectsFrom: z.strictObject({ day: fileDay, reason }).nullable(),
  catering: z.array(period({ site: fileWords(60), catered: z.boolean(), reason, source })).max(most),
  overrides: z.array(override).max(most),
  amountsChecked: z.array(z.strictObject({ on: fileDay, reason, source: fileWords(500) })).max(most),
});
type PolicyFile = z.infer<typeof policyFileSchema>;
type Municipality = PolicyFile['municipality'];

/** What a municipality settled as a file: `readPolicyFile` gives the same back. */
export function policyFileText(settings: MunicipalSettings | undefined, municipality: Municipality): string {
  const { bases = [], grounds = [], caterings = [], overrides = [], checks = [], collectsFrom = null } = settings ?? {};
  return fileTextOf({
    format,
    version,
    municipality: { code: municipality.code, name: municipality.name },
    incomeBasis: bases.map(({ from, incomeBasis, reason: why }) => ({ from, value: incomeBasis, reason: why })),
    grounds: grounds.map(({ from, kinds, excluded = [], reason: why }) => ({
      from,
      kinds: extraGroundKinds.filter((kind) => kinds.includes(kind)),
      excluded: payParts.filter((kind) => excluded.includes(kind)),
      reason: why,
    })),
    collectsFrom: collectsFrom === null ? null : { day: collectsFrom.day, reason: collectsFrom.reason },
    catering: caterings.map(({ site, from, to, catered, reason: why, source: where }) => ({
      ...{ site, from, to, catered, reason: why, source: where },
    })),
    overrides: overrides.map(({ param, from, to, value, reason: why, source: where }) => ({
      ...{ param, from, to, value, reason: why, source: where },
    })),
    amountsChecked: checks.map(({ on, reason: why, source: where }) => ({ on, reason: why, source: where })),
  } satisfies PolicyFile);
}

export type PolicyFileContext = {
  readonly municipality: Municipality;
  /** What is settled now. */
  readonly settings: MunicipalSettings | undefined;
  /** Ids of the sites of the municipality that this device knows. */
  readonly sites: ReadonlySet<string>;
  /** Whether the reader may record that amounts were checked. */
  readonly mayCheck: boolean;
  readonly today: IsoDate;
};
/** `before`: what the record has in that place now. */
export type SettledChange = { readonly before: SettledEntry | undefined; readonly after: SettledEntry };

/**
 * What a file of a municipality would change: the entries that are not settled in the same way already. What is settled
 * and does not stand in the file stays. Refused as a whole, with every problem found, while something in it is wrong.
 */
export function readPolicyFile(
  bytes: Uint8Array,
  context: PolicyFileContext,
): Result<readonly SettledChange[], readonly FileProblem[]> {
  const read = readSettledFile(bytes, { format, version, schema: policyFileSchema });
  if (!read.ok) return read;
  const { code, name } = read.value.file.municipality;
  if (code !== context.municipality.code) return err([{ type: 'other-municipality', name, code }]);
  const now = new Map((context.settings ? settledEntries(context.settings) : []).map((one) => [one.field, one]));
  const placed = entriesIn(read.value.file);
  const changes = placed.flatMap(({ path, entry }) => {
    const before = now.get(entry.field);
    return before !== undefined && isSame(before, entry) ? [] : [{ path, before, after: entry }];
  });
  const problems = [...repeated(placed, read.value), ...refusals(changes, now, read.value, context)];
  return problems.length > 0 ? err(problems) : ok(changes.map(({ before, after }) => ({ before, after })));
}

type Placed = { readonly path: readonly PropertyKey[]; readonly entry: SettledEntry };

function entriesIn(file: PolicyFile): readonly Placed[] {
  const placed = <T>(list: readonly T[], key: string, of: (one: T) => SettledEntry): readonly Placed[] =>
    list.map((one, at) => ({ path: [key, at], entry: of(one) }));
  const { collectsFrom } = file;
  return [
    ...placed(file.incomeBasis, 'incomeBasis', ({ from, value, reason: why }) =>
      settled.basis(from, { incomeBasis: value, reason: why }),
    ),
    ...placed(file.grounds, 'grounds', ({ from, ...value }) => settled.grounds(from, value)),
    ...(collectsFrom === null ? [] : [{ path: ['collectsFrom'], entry: settled.collectsFrom(collectsFrom) }]),
    ...placed(file.catering, 'catering', ({ site, from, ...value }) => settled.catering(site, from, value)),
    ...placed(file.overrides, 'overrides', ({ param, from, ...value }) => settled.override(param, from, value)),
    ...placed(file.amountsChecked, 'amountsChecked', ({ on, ...value }) => settled.amountsChecked(on, value)),
  ];
}

/** The same fact from the same day twice: nobody could say which one holds. */
function repeated(placed: readonly Placed[], { lines }: ReadFile<PolicyFile>): readonly FileProblem[] {
  const seen = new Set<string>();
  return placed.flatMap(({ path, entry }) => {
    const isAgain = seen.has(entry.field);
    seen.add(entry.field);
    return isAgain ? [problemAt(lines, path, { type: 'stands-twice', key: entry.from })] : [];
  });
}

type PlacedChange = SettledChange & Pick<Placed, 'path'>;

/** What the forms of the screen would refuse as well. What is settled already was judged when it was settled. */
function refusals(
  changes: readonly PlacedChange[],
  now: ReadonlyMap<string, SettledEntry>,
  { lines }: ReadFile<PolicyFile>,
  { sites, mayCheck, today }: PolicyFileContext,
): readonly FileProblem[] {
  const then = new Map([...now, ...changes.map(({ after }) => [after.field, after] as const)]);
  return changes.flatMap(({ path, after }): readonly FileProblem[] => {
    const [section] = path;
    if (section === 'amountsChecked') {
      if (!mayCheck) return [problemAt(lines, path, { type: 'needs-administrator' })];
      return after.from > today ? [problemAt(lines, [...path, 'on'], { type: 'in-future' })] : [];
    }
    if (section === 'catering' && !sites.has(after.field.split('.')[1] ?? ''))
      return [problemAt(lines, [...path, 'site'], { type: 'unknown-site' })];
    const other = [...then.values()].find((one) => one.field !== after.field && meets(one, after));
    return other === undefined ? [] : [problemAt(lines, path, { type: 'overlap', from: other.from })];
  });
}

const meets = (one: SettledEntry, other: SettledEntry): boolean =>
  one.subject !== null &&
  one.subject === other.subject &&
  (other.to === null || one.from <= other.to) &&
  (one.to === null || one.to >= other.from);

const isSame = (one: SettledEntry, other: SettledEntry): boolean => plain(one) === plain(other);
/** Keys in one order, and the kinds of a list of grounds as a set. */
const plain = ({ value }: SettledEntry): string =>
  JSON.stringify(
    Object.keys(value)
      .sort()
      .map((key) => [key, Array.isArray(value[key]) ? [...(value[key] as readonly string[])].sort() : value[key]]),
  );
