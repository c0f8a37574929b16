import { findBedPlace, type Site } from '../../shared/reception/site.ts';
import type { Resident } from '../../shared/register/resident.ts';
import type { ResidentSummary } from '../../shared/register/resident-summary.ts';
import { searchTerms, type MatchReason } from '../../shared/search/match-reason.ts';
import { buildNumberIndex, findNumbers, type NumberIndex } from '../../shared/search/number-index.ts';
import { isAtPlace, matchPlaces, type NamedPlaces, type PlaceMatch } from '../../shared/search/place-term.ts';
import type { LayeredMap } from './layered-map.ts';
import type { ResidentRows } from './resident-rows.ts';

type Numbers = { readonly index: NumberIndex; readonly ids: readonly string[] };

/** Numbers of a register, read on demand because the list does not hold them; gone with the register on lock. */
export type NumberBook = {
  readonly residents: LayeredMap<ResidentSummary>;
  readonly vNumber: Numbers;
  readonly document: Numbers;
  /** Only of records whose BSN this user may open. */
  readonly bsn: Numbers;
};

/** Collects from one pass over all residents. */
export function collectNumbers(residents: LayeredMap<ResidentSummary>) {
  const lists = { vNumber: [] as Entry[], document: [] as Entry[], bsn: [] as Entry[] };
  return {
    visit: ({ id, vNumber, documents, bsn }: Resident): void => {
      if (vNumber !== null) lists.vNumber.push([id, vNumber]);
      if (bsn !== null) lists.bsn.push([id, bsn]);
      for (const { number } of documents) lists.document.push([id, number]);
    },
    done: (): NumberBook => ({
      residents,
      vNumber: toNumbers(lists.vNumber),
      document: toNumbers(lists.document),
      bsn: toNumbers(lists.bsn),
    }),
  };
}

type Entry = readonly [id: string, number: string];
const toNumbers = (entries: readonly Entry[]): Numbers => ({
  index: buildNumberIndex(entries.map(([, number]) => number)),
  ids: entries.map(([id]) => id),
});

/** Who has exactly this number, whatever stands between its signs. */
export function idsWithNumber({ index, ids }: Numbers, typed: string): readonly string[] {
  const key = typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
  const found: string[] = [];
  if (key === '') return found;
  for (let at = index.numbers.indexOf(key); at >= 0 && index.numbers[at] === key; at++) {
    found.push(ids[index.rows[at] ?? -1] ?? '');
  }
  return found;
}

/** What a term means beside a name. */
type TermFacts = {
  readonly place: PlaceMatch | null;
  readonly numbers: ReadonlyMap<string, MatchReason>;
  /** Bits of the short code that the list shows, from the front; see `residentCode`. */
  readonly code: { readonly bits: number; readonly shift: number } | null;
};
export type SearchFacts = ReadonlyMap<string, TermFacts>;

/** Works out every term of a query once, for the search and for the reasons beside its hits. */
export function readTerms(query: string, places: readonly NamedPlaces[], book: NumberBook | null): SearchFacts {
  return new Map(
    searchTerms(query).map((term) => [
      term,
      { place: matchPlaces(places, term), numbers: numbersOf(term, book), code: codeOf(term) },
    ]),
  );
}

function numbersOf(term: string, book: NumberBook | null): ReadonlyMap<string, MatchReason> {
  const found = new Map<string, MatchReason>();
  if (book === null) return found;
  for (const reason of ['document', 'vNumber'] as const) {
    const { index, ids } = book[reason];
    findNumbers(index, term, (row) => found.set(ids[row] ?? '', reason));
  }
  // A BSN is no handle to browse by: only the whole number finds somebody.
  const bsn = term.replaceAll(/[.\s-]/g, '');
  if (/^\d{8,9}$/.test(bsn)) {
    findNumbers(book.bsn.index, bsn.padStart(9, '0'), (row) => found.set(book.bsn.ids[row] ?? '', 'bsn'));
  }
  return found;
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function codeOf(term: string): TermFacts['code'] {
  const signs = /^oa-?([0-9a-z]{2,6})$/i.exec(term)?.[1]?.toUpperCase();
  if (signs === undefined) return null;
  const bits = [...signs].reduce((sum, sign) => (sum < 0 ? sum : sum * 32 + valueOf(sign)), 0);
  return bits < 0 ? null : { bits, shift: 30 - 5 * signs.length };
}

/** A letter outside the code makes the whole negative. */
const valueOf = (sign: string): number => {
  const at = crockford.indexOf(sign);
  return at < 0 ? Number.NEGATIVE_INFINITY : at;
};

const hasCode = (idStart: number, { bits, shift }: NonNullable<TermFacts['code']>): boolean =>
  (idStart >>> 2) >>> shift === bits;

/** Marks the rows that a term fits by place, number or short code. */
export const markerOf =
  (facts: SearchFacts, rows: ResidentRows) =>
  (term: string, mark: (row: number) => void): void => {
    const known = facts.get(term);
    if (known === undefined) return;
    const { place, numbers, code } = known;
    if (place === null && numbers.size === 0 && code === null) return;
    // A line becomes an object only where its site has the bed.
    const isThere = (row: number): boolean => {
      const site = place === null ? null : rows.siteAt(row);
      if (place === null || site === null || !(place.sites.has(site) || place.beds.has(site))) return false;
      const resident = rows.peek(row);
      return resident !== undefined && isAtPlace(resident, place);
    };
    for (let row = 0; row < rows.length; row++) {
      const fits =
        (numbers.size > 0 && numbers.has(rows.idAt(row) ?? '')) ||
        isThere(row) ||
        (code !== null && hasCode(rows.idStartAt(row), code));
      if (fits) mark(row);
    }
  };

/** Whether a term fits somebody by something that is no name. */
export const elsewhereOf =
  (facts: SearchFacts, resident: ResidentSummary) =>
  (term: string): MatchReason | null => {
    const known = facts.get(term);
    const number = known?.numbers.get(resident.id);
    if (number !== undefined) return number;
    return known?.place !== null && known !== undefined && isAtPlace(resident, known.place) ? 'place' : null;
  };

const placesOfSite = new WeakMap<Site, NamedPlaces>();

/** Sites with the signs on their doors; those are read when somebody looks for a room or a bed. */
export const namedPlaces = (sites: readonly Site[]): readonly NamedPlaces[] =>
  sites.map((site) => {
    const known = placesOfSite.get(site);
    if (known !== undefined) return known;
    let beds: NamedPlaces['beds'] | undefined;
    const places = {
      id: site.id,
      name: site.name,
      get beds() {
        return (beds ??= bedsOf(site));
      },
    };
    placesOfSite.set(site, places);
    return places;
  });

const bedsOf = (site: Site): NamedPlaces['beds'] =>
  [...site.beds.keys()].flatMap((key) => {
    const place = findBedPlace(site, key);
    return place === undefined ? [] : [{ key, room: place.room, bed: place.bed }];
  });
