import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson, type Json } from '../../../shared/vault/canonical-json.ts';

it('sorts keys by UTF-16 units and leaves no blanks', () => {
  const value = { б: 1, a: [true, null, { z: 'é"\n', b: -7 }], '\u{1f600}': 2, '\uffff': 3, A: {} };
  expect(canonicalJson(value)).toBe('{"A":{},"a":[true,null,{"b":-7,"z":"é\\"\\n"}],"б":1,"\u{1f600}":2,"\uffff":3}');
});

it('does not depend on the order in which a value was made', () => {
  const json = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constant(null),
      fc.boolean(),
      fc.integer(),
      fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed()),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.string({ maxLength: 4 }), tie('value'), { maxKeys: 5, noNullPrototype: true }),
    ),
  })).value;
  const turned = (value: Json): Json => {
    if (Array.isArray(value)) return (value as readonly Json[]).map(turned);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, member]) => [key, turned(member)]),
    );
  };
  fc.assert(
    fc.property(json, (value) => {
      expect(canonicalJson(turned(value))).toBe(canonicalJson(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { seed: 20260503 },
  );
});

it.each([[0.5], [Number.NaN], [2 ** 53], ['\ud800']])('has no form for %s', (value) => {
  expect(() => canonicalJson(value)).toThrow('Bug');
});
