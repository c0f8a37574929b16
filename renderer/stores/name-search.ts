import { ResidentImage } from '../../shared/register/resident-image.ts';
import type { ResidentSummary } from '../../shared/register/resident-summary.ts';
import { buildNameIndex, nameIndexSteps, searchRows, type NameIndex } from '../../shared/search/name-index.ts';
import { plainWords } from '../../shared/search/plain.ts';
import { inSlices } from './in-slices.ts';
import type { LayeredMap } from './layered-map.ts';
import { ResidentRows } from './resident-rows.ts';
import { markerOf, type SearchFacts } from './search-facts.ts';

type Residents = LayeredMap<ResidentSummary>;
type Indexed = { readonly rows: ResidentRows; readonly index: NameIndex };
type Built = Indexed & { readonly residents: Residents };

/** By what the maps have in common, so that an index outlives the saves that follow it and goes with the register. */
const built = new WeakMap<object, Built>();
const building = new WeakMap<object, Promise<Built>>();

/** Makes the index in slices, once; `rows` are in the order in which hits of one rank are to come. */
export function prepareSearch(residents: Residents, rows: ResidentRows): Promise<unknown> {
  const { root } = residents;
  const begun = building.get(root);
  if (begun !== undefined) return begun;
  const steps = nameIndexSteps({ length: rows.length, at: (place) => rows.peek(place) });
  const promise = inSlices(steps).then((index) => {
    const done = { residents, rows, index };
    built.set(root, done);
    return done;
  });
  building.set(root, promise);
  return promise;
}

/** Lines that changed after the index was made have a small one of their own. */
let recent: { readonly residents: Residents; readonly list: Indexed } | null = null;

/** Residents found by a query, best first; of one rank those of `site` come first. Until the index is there, names that begin with what was typed. */
export function findResidents(
  residents: Residents,
  rows: ResidentRows,
  query: string,
  facts: SearchFacts = noFacts,
  site: string | null = null,
): ResidentRows {
  const present = built.get(residents.root);
  if (present === undefined) return scan(rows, query, site);
  const changed = residents.changedSince(present.residents) ?? [];
  const search = (list: Indexed): Uint32Array =>
    searchRows(list.index, query, { marker: markerOf(facts, list.rows), first: peopleOf(list, site) });
  const { rows: all } = present;
  const unchanged = search(present).map((place) => all.order[place] ?? 0);
  if (changed.length === 0) return new ResidentRows(all.image, all.laid, unchanged);
  const list = recent?.residents === residents ? recent.list : indexChanged(residents, changed);
  recent = { residents, list };
  const { image } = all;
  const gone = new Set(changed.flatMap((id) => image.rowOf(id) ?? []));
  all.laid.forEach(({ id }, at) => {
    if (changed.includes(id)) gone.add(image.rowCount + at);
  });
  const kept = unchanged.filter((row) => !gone.has(row));
  // Those of the small index are numbered after those that were laid over the image when the large one was made.
  const fresh = search(list).map((place) => image.rowCount + all.laid.length + place);
  const order = new Uint32Array(fresh.length + kept.length);
  order.set(fresh);
  order.set(kept, fresh.length);
  return new ResidentRows(image, [...all.laid, ...list.rows.laid], order);
}

/** Who lives at a site, for the one that was asked for last. */
const people = new WeakMap<NameIndex, { readonly site: string; readonly first: Uint8Array }>();

/** Looks up who lives at a site before the first letter asks for it. */
export function prepareSite(residents: Residents, site: string | null): void {
  const present = built.get(residents.root);
  if (present !== undefined) peopleOf(present, site);
}

function peopleOf({ index, rows }: Indexed, site: string | null): Uint8Array | undefined {
  if (site === null) return undefined;
  const known = people.get(index);
  if (known?.site === site) return known.first;
  const first = new Uint8Array(rows.length);
  for (let place = 0; place < first.length; place++) first[place] = rows.siteAt(place) === site ? 1 : 0;
  people.set(index, { site, first });
  return first;
}

const noFacts: SearchFacts = new Map();

function indexChanged(residents: Residents, changed: readonly string[]): Indexed {
  const laid = changed.flatMap((id) => residents.get(id) ?? []);
  const rows = new ResidentRows(
    new ResidentImage([]),
    laid,
    Uint32Array.from(laid, (_one, at) => at),
  );
  return { rows, index: buildNameIndex(laid) };
}

function scan(rows: ResidentRows, query: string, site: string | null): ResidentRows {
  const typed = plainWords(query);
  const begins = new Map<string, boolean>();
  const nameBegins = (name: string, word: string): boolean => {
    const key = `${word} ${name}`;
    const present = begins.get(key) ?? plainWords(name).some((part) => part.startsWith(word));
    begins.set(key, present);
    return present;
  };
  const order = rows.order.filter((_row, place) => {
    const { family, given, patronymic, familyCyrillic, givenCyrillic } = rows.peek(place) ?? nobody;
    return typed.every((word) =>
      [family, given, patronymic, familyCyrillic, givenCyrillic].some((name) => nameBegins(name, word)),
    );
  });
  const found = new ResidentRows(rows.image, rows.laid, order);
  if (site === null) return found;
  const isHere = (at: number) => found.siteAt(at) === site;
  const sorted = new Uint32Array(order.length);
  const here = order.filter((_row, at) => isHere(at));
  sorted.set(here);
  sorted.set(
    order.filter((_row, at) => !isHere(at)),
    here.length,
  );
  return new ResidentRows(rows.image, rows.laid, sorted);
}

const nobody = { family: '', given: '', patronymic: '', familyCyrillic: '', givenCyrillic: '' };
