/** A birth date or a part of it, as typed into the search; null parts match everything. */
export type DateTerm = { readonly year: number | null; readonly month: number | null; readonly day: number | null };

const dutch = /^(\d{1,2})[-./](\d{1,2})(?:[-./](\d{4})?)?$/;
const iso = /^(\d{4})[-./](\d{1,2})(?:[-./](\d{1,2})?)?$/;
const monthAndYear = /^(\d{1,2})[-./](\d{4})$/;

/** `12-03-1985`, `12.3.1985`, `1985-03-12`, `03-1985`, `12-03`, `1985`; undefined for what is no date. */
export function parseDateTerm(term: string): DateTerm | undefined {
  const year = /^(19|20)\d{2}$/.exec(term);
  if (year !== null) return { year: Number(term), month: null, day: null };
  const withYear = monthAndYear.exec(term);
  if (withYear !== null) return checked(withYear[2], withYear[1], undefined);
  const first = iso.exec(term);
  if (first !== null) return checked(first[1], first[2], first[3]);
  const last = dutch.exec(term);
  return last === null ? undefined : checked(last[3], last[2], last[1]);
}

function checked(year?: string, month?: string, day?: string): DateTerm | undefined {
  const number = (text: string | undefined) => (text === undefined ? null : Number(text));
  const term = { year: number(year), month: number(month), day: number(day) };
  const isPossible = (term.month ?? 1) <= 12 && (term.day ?? 1) <= 31;
  return isPossible ? term : undefined;
}
