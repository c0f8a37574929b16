import { invariant } from '../kernel/assert.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * One text for one value, by the rules of RFC 8785: no blanks, keys sorted by UTF-16 units.
 * Only whole numbers: what is signed here never needs another, and fractions are where implementations differ.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number') {
    invariant(Number.isSafeInteger(value), 'only whole numbers have a canonical form here');
    return JSON.stringify(value);
  }
  if (typeof value === 'string') invariant(value.isWellFormed(), 'lone surrogate');
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
}

const isList = (value: readonly Json[] | { readonly [key: string]: Json }): value is readonly Json[] =>
  Array.isArray(value);
