import { headerKey } from '../../../shared/exchange/header-key.ts';
import { findCodeList } from '../../../shared/questionnaire/code-lists.ts';

/** Beside the whole name also what is before the word for oblast, as lists write it: Sumy, Сумська. */
const short = (name: string) => headerKey(name).replace(/ ?(oblast|область|stad|city|місто) ?/u, '');

let codes: ReadonlyMap<string, string> | null = null;

/** The code of a part of Ukraine by its code or its name in one of the three languages; undefined for any other word. */
export function findOblast(text: string): string | undefined {
  codes ??= new Map(
    (findCodeList('ua_oblast')?.entries ?? []).flatMap(({ code, label }) =>
      [headerKey(code), ...[label.nl, label.uk, label.en].map(headerKey)].map((word) => [word, code] as const),
    ),
  );
  return codes.get(headerKey(text)) ?? shortOnes().get(headerKey(text));
}

let shorts: ReadonlyMap<string, string> | null = null;

/** Short names that only one part has. */
function shortOnes(): ReadonlyMap<string, string> {
  if (shorts !== null) return shorts;
  const found = new Map<string, Set<string>>();
  for (const { code, label } of findCodeList('ua_oblast')?.entries ?? []) {
    for (const word of [label.nl, label.uk, label.en].map(short)) {
      found.set(word, (found.get(word) ?? new Set()).add(code));
    }
  }
  shorts = new Map([...found].flatMap(([word, all]) => (all.size === 1 ? [[word, [...all][0] ?? ''] as const] : [])));
  return shorts;
}
