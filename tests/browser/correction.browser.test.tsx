import { beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { languages, startI18n } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import { aResident } from '../../shared/demo/builders.ts';
import { isoDate } from '../../shared/kernel/dates.ts';
import { memoryServices } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeEach(() => startI18n('nl'));
const { facts, register, common } = texts.nl;
const { id, values } = aResident();
const ref = { kind: 'resident', id } as const;
const button = (name: string) => page.getByRole('button', { name, exact: true });
const save = () => userEvent.click(button(common.action.save));

function begin() {
  const services = memoryServices({ day: isoDate('2026-11-24') });
  services.put(ref, values);
  return services;
}
const corrections = (services: ReturnType<typeof begin>) =>
  Object.entries(services.valuesIn(ref)).filter(([field, value]) => field.startsWith('correction.') && value !== null);

it('is one save with the change: one line in the history, one act to undo', async () => {
  const services = begin();
  await showPage(`/residents/${id}/edit`, services);
  await userEvent.fill(page.getByLabelText(register.control.birthDate, { exact: true }), '03-12-1985');
  await userEvent.click(page.getByText(facts.changeKind.kind.correction));
  await expectAccessible();
  await save();
  await expect.element(page.getByRole('link', { name: new RegExp(facts.part.source) })).toBeVisible();
  expect(services.log.filter((line) => line.startsWith('save'))).toEqual([]);
  await userEvent.click(page.getByText(facts.code.askedBy.resident, { exact: true }));
  await userEvent.fill(page.getByLabelText(facts.part.source, { exact: true }), 'geboorteakte');
  await userEvent.fill(page.getByLabelText(facts.part.why, { exact: true }), 'dag en maand verwisseld');
  await save();
  await expect.element(button(common.action.undo)).toBeVisible();
  expect(services.log.filter((line) => line.startsWith('save'))).toEqual(['save edit']);
  expect(services.valuesIn(ref).birthDate).toBe('1985-12-03');
  expect(corrections(services).map(([, value]) => value)).toMatchObject([
    { about: 'birthDate', correctionOutcome: 'corrected', askedBy: 'resident', source: 'geboorteakte' },
  ]);
  const made = services.recordOf(ref).ops.filter(({ f }) => f === 'birthDate' || f.startsWith('correction.'));
  const acts = new Set(made.slice(-2).map(({ x }) => x.join()));
  expect(acts.size).toBe(1);
  const { birthDate, correction } = register.recordField;
  await expect
    .element(page.getByText(new RegExp(`${birthDate} en ${correction}|${correction} en ${birthDate}`)))
    .toBeVisible();

  await userEvent.click(button(common.action.undo));
  await expect.poll(() => services.valuesIn(ref).birthDate).toBe(values.birthDate);
  expect(corrections(services)).toEqual([]);
});

it('is not asked of a new resident, and takes no correction of nothing', async () => {
  const services = begin();
  await showPage(`/residents/${id}/edit`, services);
  await userEvent.click(page.getByText(facts.changeKind.kind.correction));
  await save();
  await expect.element(page.getByRole('link', { name: facts.changeKind.nothing })).toBeVisible();
  await userEvent.click(page.getByText(facts.changeKind.kind.change));
  await save();
  await expect.poll(() => services.log.at(-1)).not.toMatch(/^save/);
  expect(corrections(services)).toEqual([]);
});

it('asks nothing about a correction of somebody who is new', async () => {
  await showPage('/residents/new', begin());
  await expect.element(page.getByLabelText(register.control.birthDate, { exact: true })).toBeVisible();
  expect(page.getByText(facts.changeKind.question).elements()).toEqual([]);
});

it('keeps what was typed about the correction in the draft', async () => {
  const services = begin();
  await showPage(`/residents/${id}/edit`, services);
  await userEvent.click(page.getByText(facts.changeKind.kind.correction));
  await userEvent.fill(page.getByLabelText(facts.part.source, { exact: true }), 'geboorteakte');
  await expect.poll(() => [...services.drafts.values()].join()).toContain('geboorteakte');
});

it.each(languages)('fits and is in %s alone', async (language) => {
  await page.viewport(1366, 768);
  await showPage(`/residents/${id}/edit`, begin(), language);
  await userEvent.click(page.getByText(texts[language].facts.changeKind.kind.correction));
  await expect.element(page.getByLabelText(texts[language].facts.part.source, { exact: true })).toBeVisible();
  const main = document.querySelector('main');
  expect(main?.scrollWidth).toBe(main?.clientWidth);
  expect(main?.textContent).not.toMatch(/changeKind|facts:/);
});
