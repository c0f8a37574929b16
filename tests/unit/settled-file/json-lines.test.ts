import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonLines } from '../../../shared/settled-file/json-lines.ts';

const errorOf = (text: string) => {
  const read = readJsonLines(text);
  return read.ok ? 'ok' : read.error;
};

describe('JSON with its lines', () => {
  it('reads what JSON.parse reads, however it is laid out', () => {
    const anyJson = fc.jsonValue({ maxDepth: 4 }).filter((value) => !JSON.stringify(value).includes('__proto__'));
    fc.assert(
      fc.property(anyJson, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        if (!JSON.stringify(JSON.parse(text)).isWellFormed()) return;
        const read = readJsonLines(text);
        expect(read.ok ? read.value.value : read.error).toEqual(JSON.parse(text));
      }),
      { seed: 20_261_125, numRuns: 500 },
    );
  });

  it('refuses what JSON.parse refuses', () => {
    const good = JSON.stringify({ a: [1, 'b', { c: null, d: true }], e: -1.5e3 });
    fc.assert(
      fc.property(
        fc.nat(good.length),
        fc.constantFrom('', '"', '{', '}', ',', ':', '\\', '0', 'x', '\n'),
        (at, sign) => {
          const text = good.slice(0, at) + sign + good.slice(at + 1);
          let isJson = true;
          try {
            JSON.parse(text);
          } catch {
            isJson = false;
          }
          const error = errorOf(text);
          if (isJson)
            expect(['ok', 'stands-twice']).toContain(error === 'ok' ? 'ok' : (error as { type: string }).type);
          else expect(error).toMatchObject({ type: 'not-json' });
        },
      ),
      { seed: 20_261_125, numRuns: 1000 },
    );
  });

  it('names the line', () => {
    expect(errorOf('{\n  "a": 1,\n  "b": x\n}')).toEqual({ type: 'not-json', line: 3 });
    expect(errorOf('{\r\n  "a": 1,\r\n}')).toEqual({ type: 'not-json', line: 3 });
    expect(errorOf('{\n"a": "b\n"}')).toEqual({ type: 'not-json', line: 2 });
    expect(errorOf('')).toEqual({ type: 'not-json', line: 1 });
    expect(errorOf('{}\n{}')).toEqual({ type: 'not-json', line: 2 });
    expect(errorOf('{"a": "\\ud800"}')).toEqual({ type: 'not-json', line: 1 });
    const read = readJsonLines('{\n "a": [\n 1,\n {"b":\n 2}]\n}');
    const lineOf = (path: (string | number)[]) => (read.ok ? read.value.lineOf(path) : 0);
    expect([[], ['a'], ['a', 0], ['a', 1], ['a', 1, 'b'], ['a', 1, 'absent'], ['c']].map(lineOf)).toEqual([
      1, 2, 3, 4, 5, 4, 1,
    ]);
  });

  it('refuses a key that stands twice, one that would change what a group is, and what is too deep', () => {
    expect(errorOf('{"a": 1,\n"a": 2}')).toEqual({ type: 'stands-twice', line: 2, key: 'a' });
    expect(errorOf('{"__proto__": {"polluted": true}}')).toEqual({ type: 'unknown-key', line: 1, key: '__proto__' });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(errorOf('['.repeat(20) + ']'.repeat(20))).toBe('ok');
    expect(errorOf('['.repeat(100_000))).toEqual({ type: 'too-deep', line: 1 });
  });
});
