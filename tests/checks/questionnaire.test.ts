import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findCodeList } from '../../shared/questionnaire/code-lists.ts';
import { findLanguageProblems } from '../../shared/questionnaire/language-checks.ts';
import { loadQuestionnaire } from '../../shared/questionnaire/questionnaire.ts';
import { currentQuestionnaireVersion, findQuestionnaire } from '../../shared/questionnaire/return-intake.ts';

const folder = new URL('../../shared/questionnaire/versions/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

/** Keys that stand twice in one object: `JSON.parse` would silently keep the last. */
function doubleKeys(text: string): readonly string[] {
  const found: string[] = [];
  const open: Set<string>[] = [];
  for (const [token, key] of text.matchAll(/"((?:[^"\\]|\\.)*)"\s*:|"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (key !== undefined) {
      if (open.at(-1)?.has(key) === true) found.push(key);
      open.at(-1)?.add(key);
    }
  }
  return found;
}

describe.each(files)('questionnaire file %s', (name) => {
  const text = readFileSync(new URL(name, folder), 'utf8');
  const loaded = loadQuestionnaire(JSON.parse(text));

  it('loads, holds no key twice and is named after its id and version', () => {
    expect(loaded).toMatchObject({ ok: true });
    expect(doubleKeys(text)).toEqual([]);
    if (loaded.ok) expect(name).toBe(`${loaded.value.id}.${String(loaded.value.version)}.json`);
  });

  it('speaks three languages by the fixed choices', () => {
    expect(loaded.ok && findLanguageProblems(loaded.value.file)).toEqual([]);
  });

  it('is known to the app', () => {
    if (!loaded.ok) throw new Error(loaded.error.problem);
    expect(findQuestionnaire(loaded.value.version)).toMatchObject({ ok: true });
    expect(loaded.value.version).toBeLessThanOrEqual(currentQuestionnaireVersion);
  });

  it('tells eight points of information, as rule 1 counts them', () => {
    if (!loaded.ok) throw new Error(loaded.error.problem);
    const points = loaded.value.file.optionSets['info']?.map(({ code }) => code);
    expect(points).toEqual([
      'purpose',
      'voluntary',
      'no_effect',
      'who_sees',
      'storage',
      'rights',
      'stop',
      'not_decision',
    ]);
  });
});

it('the check for double keys finds one, and not the same key in two objects', () => {
  expect(doubleKeys('{"a": {"b": 1}, "c": {"b": "x: {y}"}}')).toEqual([]);
  expect(doubleKeys('{"a": 1, "b": {"a": 2}, "a": 3}')).toEqual(['a']);
});

it.each(['ua_oblast', 'iso3166-1', 'isco08'])('code list %s has unique codes and clean names', (key) => {
  const entries = findCodeList(key)?.entries ?? [];
  expect(new Set(entries.map(({ code }) => code)).size).toBe(entries.length);
  for (const { label } of entries) {
    expect(label.uk).not.toMatch(/[ыэёъ'’]|\p{Script=Latin}/iu);
    for (const name of Object.values(label)) expect(name).toBe(name.trim());
  }
});
