import * as z from 'zod';
import { fromUtf8 } from '../kernel/bytes.ts';
import { parseIsoDate, type IsoDate } from '../kernel/dates.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { readJsonLines, type JsonLines } from './json-lines.ts';

/** More than a municipality with a value for everything writes (SEC-49). */
export const mostFileBytes = 1_000_000;

/** What is wrong with a value; `wanted` words are of the file, not of the screen. */
type ValueProblem =
  | { readonly type: 'missing-key' | 'unknown-key' | 'stands-twice'; readonly key: string }
  | { readonly type: 'wrong-type'; readonly wanted: 'text' | 'number' | 'list' | 'group' | 'yes-no' }
  | { readonly type: 'not-a-date' | 'not-a-choice' | 'unknown-paragraph'; readonly found: string }
  | { readonly type: 'not-cents' | 'not-in-range'; readonly least: number; readonly most: number }
  | { readonly type: 'text-empty' | 'ends-before-begin' | 'in-future' | 'unknown-site' | 'needs-administrator' }
  | { readonly type: 'too-long' | 'too-many'; readonly most: number }
  | { readonly type: 'overlap'; readonly from: IsoDate }
  | { readonly type: 'unknown-placeholder' | 'placeholder-not-here'; readonly name: string };
/** Of a value: the path to it as a programmer writes it, `overrides[2].value`, and its line in the file. */
export type FileProblem =
  | { readonly type: 'too-big'; readonly mostKb: number }
  | { readonly type: 'not-utf8' | 'other-format' }
  | { readonly type: 'newer-version'; readonly version: number }
  | { readonly type: 'not-json' | 'too-deep'; readonly line: number }
  | { readonly type: 'other-municipality'; readonly name: string; readonly code: string }
  | (ValueProblem & { readonly line: number; readonly path: string });

/** Params of an issue that say which of our own problems it is. */
export const asProblem = (problem: ValueProblem) => ({ params: { problem } });
export const problemAt = (lines: JsonLines, path: readonly PropertyKey[], problem: ValueProblem): FileProblem => ({
  ...problem,
  line: lines.lineOf(path),
  path: pathText(path),
});

export const fileDay = z
  .string()
  .superRefine((text, context) => {
    if (parseIsoDate(text) === undefined)
      context.addIssue({ code: 'custom', ...asProblem({ type: 'not-a-date', found: text }) });
  })
  .transform((text) => text as IsoDate);
/** As a form keeps it: in NFC, without spaces around it. */
export const fileText = (most: number) => z.string().normalize('NFC').trim().max(most);
export const fileWords = (most: number) =>
  fileText(most).refine((text) => text !== '', asProblem({ type: 'text-empty' }));

/** The file as it is written: two spaces, a line feed at the end, everywhere the same bytes for the same content. */
export const fileTextOf = (file: object): string => `${JSON.stringify(file, null, 2)}\n`;

export type ReadFile<T> = { readonly file: T; readonly lines: JsonLines };

/**
 * A file of one of our formats, checked by its schema; every problem names the key or the line. `format` and `version`
 * are looked at first: a file of something else, or of a later version of the app, is not judged by its keys.
 */
export function readSettledFile<T>(
  bytes: Uint8Array,
  { format, version, schema }: { readonly format: string; readonly version: number; readonly schema: z.ZodType<T> },
): Result<ReadFile<T>, readonly FileProblem[]> {
  if (bytes.length > mostFileBytes) return err([{ type: 'too-big', mostKb: mostFileBytes / 1000 }]);
  const text = fromUtf8(bytes);
  if (text === undefined) return err([{ type: 'not-utf8' }]);
  // Some editors begin a file with a mark of their encoding.
  const read = readJsonLines(text.replace(/^\uFEFF/, ''));
  if (!read.ok) {
    const { error } = read;
    return err(['key' in error ? { ...error, path: error.key } : error]);
  }
  const { value } = read.value;
  const envelope = z.looseObject({ format: z.literal(format), version: z.int().min(1) }).safeParse(value);
  if (!envelope.success) {
    const isOurs = z.looseObject({ format: z.literal(format) }).safeParse(value).success;
    return err(isOurs ? problemsOf(envelope.error, read.value) : [{ type: 'other-format' }]);
  }
  if (envelope.data.version > version) return err([{ type: 'newer-version', version: envelope.data.version }]);
  const parsed = schema.safeParse(value);
  return parsed.success ? ok({ file: parsed.data, lines: read.value }) : err(problemsOf(parsed.error, read.value));
}

function problemsOf(error: z.ZodError, lines: JsonLines): readonly FileProblem[] {
  return error.issues
    .flatMap((issue) => problemsOfIssue(issue, valueAt(lines.value, issue.path)).map((one) => ({ issue, ...one })))
    .map(({ issue, key, problem }) => problemAt(lines, key === undefined ? issue.path : [...issue.path, key], problem))
    .sort((a, b) => ('line' in a && 'line' in b ? a.line - b.line : 0));
}

type Found = { readonly key?: string; readonly problem: ValueProblem };

function problemsOfIssue(issue: z.core.$ZodIssue, value: unknown): readonly Found[] {
  const own: unknown = issue.code === 'custom' ? issue.params?.['problem'] : undefined;
  // Only `asProblem` puts one there.
  if (own !== undefined) return [{ problem: own as ValueProblem }];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ key, problem: { type: 'unknown-key', key } }));
  if (value === undefined) return [{ problem: { type: 'missing-key', key: String(issue.path.at(-1) ?? '') } }];
  if (issue.code === 'invalid_type')
    return [{ problem: { type: 'wrong-type', wanted: wanted[issue.expected] ?? 'text' } }];
  if (issue.code === 'too_big')
    return [{ problem: { type: issue.origin === 'string' ? 'too-long' : 'too-many', most: Number(issue.maximum) } }];
  return [{ problem: { type: 'not-a-choice', found: foundText(value) } }];
}

/** A value as it stands in the file, cut where nobody reads on. */
export const foundText = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, 60);

const wanted: Readonly<Record<string, Extract<ValueProblem, { type: 'wrong-type' }>['wanted']>> = {
  string: 'text',
  number: 'number',
  int: 'number',
  array: 'list',
  object: 'group',
  record: 'group',
  boolean: 'yes-no',
};

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (found, key) =>
      typeof found === 'object' && found !== null && Object.hasOwn(found, key)
        ? (found as Readonly<Record<PropertyKey, unknown>>)[key]
        : undefined,
    value,
  );
}

const pathText = (path: readonly PropertyKey[]): string =>
  path.map((key, at) => (typeof key === 'number' ? `[${key}]` : `${at === 0 ? '' : '.'}${String(key)}`)).join('');
