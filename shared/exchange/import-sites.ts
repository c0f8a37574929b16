import type { Value } from '../records/record.ts';
import type { Site } from '../reception/site.ts';
import type { PlannedRecord, PlanOptions } from './planned-save.ts';
import type { ImportedLine } from './spreadsheet.ts';

export type SitePlan = {
  /** New sites, and new rooms and beds of known ones. */
  readonly records: readonly PlannedRecord[];
  /** Where a line puts somebody; `bed` null when the list names a site only. Undefined without a site. */
  readonly placeOf: (line: ImportedLine) => { readonly site: string; readonly bed: string | null } | undefined;
};

type Draft = {
  readonly id: string;
  readonly isNew: boolean;
  readonly known: Site | undefined;
  readonly edits: Map<string, Value>;
};

/** Sites, rooms and beds that a list names and the register does not have yet. Names match without case. */
export function addToSites(lines: readonly ImportedLine[], options: PlanOptions): SitePlan {
  const drafts = new Map<string, Draft>();
  const draftOf = (name: string): Draft => {
    const key = name.toLowerCase();
    const present = drafts.get(key);
    if (present !== undefined) return present;
    const known = options.sites.find((site) => site.name.toLowerCase() === key);
    const id = known?.id ?? options.newId();
    const edits = new Map<string, Value>();
    if (known === undefined) {
      edits.set('placement', { site: id });
      edits.set('name', name);
      edits.set('municipality', options.municipality);
    }
    const draft = { id, isNew: known === undefined, known, edits };
    drafts.set(key, draft);
    return draft;
  };
  const onlySite = options.sites.length === 1 ? options.sites[0]?.name : undefined;
  const placeOf = (line: ImportedLine) => {
    const siteName = line.place === null ? undefined : line.place.site || onlySite;
    if (line.place === null || siteName === undefined) return undefined;
    const draft = draftOf(siteName);
    return { site: draft.id, bed: line.place.bed === '' ? null : bedOf(draft, line.place) };
  };
  lines.forEach(placeOf);
  const records = [...drafts.values()]
    .filter(({ edits }) => edits.size > 0)
    .map(({ id, edits }): PlannedRecord => ({
      ref: { kind: 'site', id },
      edits: [...edits].map(([field, value]) => ({ field, value, base: [] })),
    }));
  return { records, placeOf };
}

/** Key of the bed that the list names; building, room and bed are added where they are missing. */
function bedOf(draft: Draft, place: NonNullable<ImportedLine['place']>): string {
  const { known, edits } = draft;
  const buildingName = place.building === '' ? 'A' : place.building;
  const building = keyOf(known?.buildings, ({ name }) => name === buildingName) ?? slug(buildingName);
  if (known?.buildings.has(building) !== true) edits.set(`building.${building}`, { name: buildingName });
  const room =
    keyOf(known?.rooms, (one) => one.building === building && one.name === place.room) ??
    slug(`${building}-${place.room}`);
  if (known?.rooms.has(room) !== true) edits.set(`room.${room}`, { building, name: place.room, floor: 0 });
  const bed = keyOf(known?.beds, (one) => one.room === room && one.name === place.bed) ?? slug(`${room}-${place.bed}`);
  if (known?.beds.has(bed) !== true) edits.set(`bed.${bed}`, { room, name: place.bed, outOfService: null });
  return bed;
}

function keyOf<T>(parts: ReadonlyMap<string, T> | undefined, isWanted: (part: T) => boolean): string | undefined {
  for (const [key, part] of parts ?? []) if (isWanted(part)) return key;
  return undefined;
}

/** A part key of a name (`[a-z0-9-]`, at most 40 signs); signs outside that are written as their code. */
function slug(name: string): string {
  const safe = [...name.toLowerCase()]
    .map((sign) =>
      /[a-z0-9]/.test(sign) ? sign : /[\s._/-]/.test(sign) ? '-' : (sign.codePointAt(0) ?? 0).toString(16),
    )
    .join('')
    .replaceAll(/-+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return safe === '' ? 'x' : safe.slice(0, 40);
}
