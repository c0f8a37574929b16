import type { ResidentSummary, SummaryStatus } from './resident-summary.ts';

/** Columns of texts; equal texts of one part of the list have the same number. */
export const textColumns = [
  'family',
  'given',
  'patronymic',
  'familyCyrillic',
  'givenCyrillic',
  'birthDate',
  'room',
  'bed',
  'protectionUntil',
] as const satisfies readonly (keyof ResidentSummary)[];
export type TextColumn = (typeof textColumns)[number];

/** The number of a text that is not there. */
export const noText = 0xffffffff;

/** Lines of the list as columns: an object is made only of a line that somebody looks at. */
export interface SummaryColumns {
  readonly length: number;
  /** 16 bytes a line. */
  readonly ids: Uint8Array;
  /** The line as an object, the same one each time; undefined past the end. */
  readonly at: (row: number) => ResidentSummary | undefined;
  /** The same, but nothing is kept of a line that was not looked at before. */
  readonly peek: (row: number) => ResidentSummary | undefined;
  readonly statusAt: (row: number) => SummaryStatus;
  readonly siteAt: (row: number) => string | null;
  /** Sites of all lines, each once; '' where a line has none. */
  readonly sites: () => readonly string[];
  readonly lacksGuardianAt: (row: number) => boolean;
  /** Whether it went into another record. */
  readonly isMergedAt: (row: number) => boolean;
  /** For each line the number of its text, or `noText`. */
  readonly column: (name: TextColumn) => Uint32Array;
  /** '' for `noText`. */
  readonly text: (no: number) => string;
  /** The place of a text by its first two letters (`startOf`). */
  readonly startOf: (no: number) => number;
}

/** As many places as `startOf` knows. */
export const startCount = 27 * 27;

/**
 * A number from 1 that grows with the first two letters of a text in every language of the app, whatever their case:
 * texts of different numbers need not be compared. 0 where only a comparison tells, as for letters outside a to z.
 */
export function startOf(first: number | undefined, second: number | undefined): number {
  const [a, b] = [letterOf(first), letterOf(second)];
  return a === 0 || (b === 0 && (second ?? 0) >= 0x80) ? 0 : (a - 1) * 27 + b + 1;
}
function letterOf(code = 0): number {
  const letter = (code | 0x20) - 0x60;
  return code < 0x80 && letter >= 1 && letter <= 26 ? letter : 0;
}

/** The columns of lines that are objects already. */
export function columnsOf(residents: readonly ResidentSummary[], ids: Uint8Array): SummaryColumns {
  const numbers = new Map<string, number>();
  const texts: string[] = [];
  const columns = new Map<TextColumn, Uint32Array>();
  const numberOf = (text: string | null): number => {
    if (text === null) return noText;
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, texts.length);
    texts.push(text);
    return texts.length - 1;
  };
  const at = (row: number) => residents[row];
  return {
    length: residents.length,
    ids,
    at,
    peek: at,
    statusAt: (row) => residents[row]?.status ?? 'departed',
    siteAt: (row) => residents[row]?.site ?? null,
    sites: () => [...new Set(residents.map(({ site }) => site ?? ''))],
    lacksGuardianAt: (row) => residents[row]?.lacksGuardian === true,
    isMergedAt: (row) => residents[row]?.mergedInto !== undefined,
    column: (name) => {
      const made = columns.get(name) ?? Uint32Array.from(residents, (resident) => numberOf(resident[name]));
      columns.set(name, made);
      return made;
    },
    text: (no) => texts[no] ?? '',
    startOf: (no) => startOf(texts[no]?.charCodeAt(0), texts[no]?.charCodeAt(1) || undefined),
  };
}
