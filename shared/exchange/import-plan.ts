import type { IsoDate } from '../kernel/dates.ts';
import type { Value } from '../records/record.ts';
import { memberFieldId } from '../register/family.ts';
import type { Relation } from '../register/codes.ts';
import { addToSites, type SitePlan } from './import-sites.ts';
import type { PlannedRecord, PlannedSave, PlanOptions } from './planned-save.ts';
import type { ImportedLine } from './spreadsheet.ts';

/**
 * The saves that bring checked lines into the register, piece by piece for a list of a hundred thousand: `sites` first,
 * then `plan` makes the save of one household when its turn comes. `withoutBed` are the lines whose bed is taken: the
 * person is in, the bed is not given. Everything is new: nobody is overwritten.
 */
export function makeImportPlanner(lines: readonly ImportedLine[], options: PlanOptions) {
  const sitePlan = addToSites(lines, options);
  const withoutBed = lines.flatMap((line) => {
    const place = sitePlan.placeOf(line);
    const bed = place?.bed ?? null;
    const from = arrivalOf(line) ?? options.today;
    return place !== undefined && bed !== null && options.isTaken(place.site, bed, from) ? [line.line] : [];
  });
  const taken = new Set(withoutBed);
  const plan = (household: Household): PlannedSave => {
    const records = household.lines.flatMap((line) => planPerson(line, sitePlan, options, taken));
    const people = records.filter(({ ref }) => ref.kind === 'resident');
    records.push(planFamily(household, people, sitePlan, options));
    return { lines: household.lines.length, records };
  };
  const sites: PlannedSave | null = sitePlan.records.length === 0 ? null : { lines: 0, records: sitePlan.records };
  return { sites, households: householdsOf(lines), plan, withoutBed };
}

type Household = { readonly key: string | null; readonly lines: ImportedLine[] };

/** Lines with one key together, in the order of the file; without a key everybody is a family of one. */
function householdsOf(lines: readonly ImportedLine[]): readonly Household[] {
  const byKey = new Map<string, Household>();
  const households: Household[] = [];
  for (const line of lines) {
    const known = line.household === null ? undefined : byKey.get(line.household);
    if (known !== undefined) {
      known.lines.push(line);
      continue;
    }
    const household = { key: line.household, lines: [line] };
    households.push(household);
    if (line.household !== null) byKey.set(line.household, household);
  }
  return households;
}

const edit = (field: string, value: Value) => ({ field, value, base: [] as const });
const editsOf = (values: Readonly<Record<string, Value>>) =>
  Object.entries(values).map(([field, value]) => edit(field, value));

function planPerson(
  line: ImportedLine,
  sites: SitePlan,
  options: PlanOptions,
  withoutBed: ReadonlySet<number>,
): readonly PlannedRecord[] {
  const id = options.newId();
  const place = sites.placeOf(line);
  const arrival = arrivalOf(line) ?? options.today;
  const resident: PlannedRecord = {
    ref: { kind: 'resident', id },
    edits: [edit('placement', { site: place?.site ?? null }), ...editsOf(line.resident)],
  };
  const isGone = line.resident['departure'] !== undefined;
  if (place === undefined || place.bed === null || isGone || withoutBed.has(line.line)) return [resident];
  const stay: PlannedRecord = {
    ref: { kind: 'bedStay', id: options.newId() },
    edits: [
      edit('placement', { site: place.site }),
      edit('stay', { site: place.site, bed: place.bed, resident: id, from: arrival }),
    ],
  };
  return [resident, stay];
}

function planFamily(
  { key, lines }: Household,
  people: readonly PlannedRecord[],
  sites: SitePlan,
  options: PlanOptions,
): PlannedRecord {
  const first = lines[0];
  const name = first?.resident['name'];
  const label = typeof name === 'object' && name !== null && 'family' in name ? name.family || name.familyCyrillic : '';
  const known = key === null ? undefined : options.familyOf?.(key);
  const hasMain = known !== undefined || lines.some(({ relation }) => relation === 'main-person');
  const members = people.map(({ ref }, at) => {
    const line = lines[at];
    const fallback: Relation = !hasMain && at === 0 ? 'main-person' : 'other-relative';
    const from = (line === undefined ? undefined : arrivalOf(line)) ?? options.today;
    return edit(memberFieldId(ref.id, from), { to: null, relation: line?.relation ?? fallback });
  });
  if (known !== undefined) return { ref: { kind: 'family', id: known }, edits: members };
  const site = first === undefined ? undefined : sites.placeOf(first)?.site;
  return {
    ref: { kind: 'family', id: options.newId() },
    edits: [
      edit('placement', { site: site ?? null }),
      edit('label', typeof label === 'string' ? label : ''),
      ...members,
    ],
  };
}

function arrivalOf(line: ImportedLine): IsoDate | undefined {
  const arrival = line.resident['arrival'];
  return typeof arrival === 'object' && arrival !== null && 'date' in arrival ? (arrival.date as IsoDate) : undefined;
}
