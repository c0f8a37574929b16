import * as z from 'zod';
import isco from './code-lists/isco08.json' with { type: 'json' };
import iso from './code-lists/iso3166-1.json' with { type: 'json' };
import regions from './code-lists/ukraine-regions.json' with { type: 'json' };
import type { Text } from './questionnaire-schema.ts';

export type CodeListEntry = { readonly code: string; readonly label: Text };
export type CodeList = { readonly key: string; readonly entries: readonly CodeListEntry[] };

const name = z.object({ nl: z.string().min(1), uk: z.string().min(1), en: z.string().min(1) });
const toList = (key: string, rows: readonly { readonly code: string; readonly name: Text }[]): CodeList => ({
  key,
  entries: rows.map((row) => ({ code: row.code, label: row.name })),
});

const oblasts = z.array(z.object({ katotth: z.string().regex(/^UA\d{17}$/), name })).parse(regions.regions);
const countries = z.array(z.object({ alpha2: z.string().regex(/^[A-Z]{2}$/), name })).parse(iso.countries);
const occupations = z.array(z.object({ code: z.string().regex(/^\d{2}(\d{2})?$/), name })).parse(isco.occupations);

const lists: readonly CodeList[] = [
  toList(
    'ua_oblast',
    oblasts.map((row) => ({ code: row.katotth, name: row.name })),
  ),
  toList(
    'iso3166-1',
    countries.map((row) => ({ code: row.alpha2, name: row.name })),
  ),
  toList('isco08', occupations),
];

/** The codes that come with the app. Undefined for a list that is not shipped (raion, hromada): the name is typed instead. */
export const findCodeList = (key: string): CodeList | undefined => lists.find((list) => list.key === key);

/** The wording of a code; undefined when the list is not shipped or does not hold it (any more). */
export const findCodeLabel = (listKey: string, code: string): Text | undefined =>
  findCodeList(listKey)?.entries.find((entry) => entry.code === code)?.label;
