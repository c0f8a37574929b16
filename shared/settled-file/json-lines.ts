import { err, ok, type Result } from '../kernel/result.ts';

export type JsonLinesError =
  | { readonly type: 'not-json' | 'too-deep'; readonly line: number }
  | { readonly type: 'stands-twice' | 'unknown-key'; readonly line: number; readonly key: string };
type Path = readonly PropertyKey[];
export type JsonLines = {
  readonly value: unknown;
  /** The line, from 1, where what the path leads to begins; of something absent that of what should hold it. */
  readonly lineOf: (path: Path) => number;
};

/** Deeper than any file we read (SEC-49). */
const mostDeep = 20;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const literals = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const;
/** Thrown and caught in this file only: a wrong sign anywhere ends the reading. */
class Refused extends Error {
  readonly error: JsonLinesError;
  constructor(error: JsonLinesError) {
    super(error.type);
    this.error = error;
  }
}

/**
 * Reads JSON that somebody may have written by hand, and knows the line of everything in it. Stricter than JSON: a key
 * stands once in a group, and what holds others is at most 20 deep.
 */
export function readJsonLines(text: string): Result<JsonLines, JsonLinesError> {
  const lines = new Map<string, number>();
  let at = 0;
  let line = 1;
  const wrong = (): Refused => new Refused({ type: 'not-json', line });

  const skipSpace = () => {
    for (; at < text.length; at++) {
      const sign = text[at];
      if (sign === '\n') line += 1;
      else if (sign !== ' ' && sign !== '\t' && sign !== '\r') return;
    }
  };
  const take = (sign: string) => {
    if (text[at] !== sign) throw wrong();
    at += 1;
  };
  const readString = (): string => {
    const start = at;
    take('"');
    while (text[at] !== '"') {
      if (at >= text.length || text.charCodeAt(at) < 0x20) throw wrong();
      at += text[at] === '\\' ? 2 : 1;
    }
    at += 1;
    try {
      const read = JSON.parse(text.slice(start, at)) as string;
      if (read.isWellFormed()) return read;
    } catch {
      // A sign after a backslash that means nothing.
    }
    throw wrong();
  };
  const readNumber = (): number => {
    number.lastIndex = at;
    const found = number.exec(text)?.[0];
    if (found === undefined) throw wrong();
    at += found.length;
    return Number(found) || 0;
  };
  /** What stands between two signs with commas in between. */
  const readAll = (open: string, close: string, one: () => void) => {
    take(open);
    skipSpace();
    if (text[at] !== close) {
      for (;;) {
        one();
        skipSpace();
        if (text[at] !== ',') break;
        at += 1;
        skipSpace();
      }
    }
    take(close);
  };
  const readValue = (path: Path): unknown => {
    skipSpace();
    if (path.length > mostDeep) throw new Refused({ type: 'too-deep', line });
    lines.set(keyOf(path), line);
    if (text[at] === '"') return readString();
    if (text[at] === '[') {
      const list: unknown[] = [];
      readAll('[', ']', () => list.push(readValue([...path, list.length])));
      return list;
    }
    if (text[at] === '{') {
      const group: Record<string, unknown> = {};
      readAll('{', '}', () => {
        const key = readString();
        // Would change what a group is, not what it holds.
        if (key === '__proto__') throw new Refused({ type: 'unknown-key', line, key });
        if (Object.hasOwn(group, key)) throw new Refused({ type: 'stands-twice', line, key });
        skipSpace();
        take(':');
        group[key] = readValue([...path, key]);
      });
      return group;
    }
    for (const [word, value] of literals) {
      if (!text.startsWith(word, at)) continue;
      at += word.length;
      return value;
    }
    return readNumber();
  };

  try {
    const value = readValue([]);
    skipSpace();
    if (at < text.length) throw wrong();
    const lineOf = (path: Path): number =>
      lines.get(keyOf(path)) ?? (path.length === 0 ? 1 : lineOf(path.slice(0, -1)));
    return ok({ value, lineOf });
  } catch (refused) {
    if (refused instanceof Refused) return err(refused.error);
    throw refused;
  }
}

const keyOf = (path: Path): string => path.map(String).join('\u0000');
