import { plain, plainWords } from './plain.ts';

/** A site with its beds as people say them: `room` and `bed` are the signs on the doors, not keys. */
export type NamedPlaces = {
  readonly id: string;
  readonly name: string;
  readonly beds: readonly { readonly key: string; readonly room: string; readonly bed: string }[];
};

/** What a term says about where somebody sleeps; `beds` of a site by its id. */
export type PlaceMatch = {
  readonly sites: ReadonlySet<string>;
  readonly beds: ReadonlyMap<string, ReadonlySet<string>>;
};

type Placed = { readonly site: string | null; readonly bed: string | null };

const sign = (text: string): string => plain(text).replaceAll(' ', '');

type Signs = { readonly key: string; readonly room: string; readonly bed: string };
/** Worked out once for a site: a country has as many signs as people, and every letter asks. */
const wordsOfSite = new WeakMap<NamedPlaces, readonly string[]>();
const signsOfSite = new WeakMap<NamedPlaces, readonly Signs[]>();

function wordsOf(site: NamedPlaces): readonly string[] {
  const words = wordsOfSite.get(site) ?? plainWords(site.name);
  wordsOfSite.set(site, words);
  return words;
}

function signsOf(site: NamedPlaces): readonly Signs[] {
  const signs =
    signsOfSite.get(site) ?? site.beds.map(({ key, room, bed }) => ({ key, room: sign(room), bed: sign(bed) }));
  signsOfSite.set(site, signs);
  return signs;
}

/**
 * Sites with a word that begins with `term` (from two letters), and beds whose room, bed or "room.bed" is it; only a
 * term with a digit is taken for a room or bed. Null when no place fits.
 */
export function matchPlaces(places: readonly NamedPlaces[], term: string): PlaceMatch | null {
  const sites = new Set<string>();
  const beds = new Map<string, Set<string>>();
  const words = plainWords(term);
  const wanted = sign(term);
  const mayBeBed = /\d/.test(term);
  for (const site of places) {
    if (words.length > 0 && words.every((word) => wordsOf(site).some((part) => isPart(part, word)))) sites.add(site.id);
    if (!mayBeBed) continue;
    const found = signsOf(site).filter(
      ({ room, bed }) =>
        room === wanted || bed === wanted || (wanted.length === room.length + bed.length && wanted === room + bed),
    );
    if (found.length > 0) beds.set(site.id, new Set(found.map(({ key }) => key)));
  }
  return sites.size + beds.size === 0 ? null : { sites, beds };
}

const isPart = (part: string, word: string): boolean => part === word || (word.length > 1 && part.startsWith(word));

/** Whether somebody is on one of the sites or in one of the beds; nobody without a site is. */
export const isAtPlace = ({ site, bed }: Placed, { sites, beds }: PlaceMatch): boolean =>
  site !== null && (sites.has(site) || (bed !== null && beds.get(site)?.has(bed) === true));
