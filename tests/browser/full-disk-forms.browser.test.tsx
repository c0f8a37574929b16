import { beforeAll, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { isoDate } from '../../shared/kernel/dates.ts';
import { err } from '../../shared/kernel/result.ts';
import { languages, startI18n, type Language } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import { aHilversumFamily, familyId, motherId } from '../fakes/contribution-family.ts';
import { memoryServices, type MemoryServices } from '../fakes/memory-services.ts';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));

/** A disk that is full at every save until `makeRoom`; drafts cannot be written either. */
function onFullDisk() {
  let isFull = true;
  let tried = 0;
  const inner: MemoryServices = memoryServices();
  const services: MemoryServices = {
    ...inner,
    save: (request) => {
      tried += 1;
      return isFull ? Promise.resolve(err({ type: 'storage-full' })) : inner.save(request);
    },
    writeDraft: (key, text) => (isFull ? Promise.resolve() : inner.writeDraft(key, text)),
  };
  return { services, tried: () => tried, makeRoom: () => void (isFull = false) };
}
const input = (id: string) =>
  document.querySelector<HTMLInputElement>(`input#${id}, #${id} input`) ?? expect.fail(`no field ${id}`);
const isTold = (language: Language) =>
  expect.poll(() => document.body.textContent).toContain(texts[language].errors['storage-full']);
const isSaved = (services: MemoryServices) =>
  expect.poll(() => services.log.filter((line) => line.startsWith('save')).length).toBe(1);

describe.each(languages)('a full disk, in %s', (language) => {
  const { register, reception, contributions, common } = texts[language];

  it('leaves a resident as typed, and the same form is saved when there is room', async () => {
    const { services, makeRoom } = onFullDisk();
    await showPage('/residents/new', services, language);
    await expect.poll(() => document.getElementById('family')).not.toBeNull();
    const typed = { family: 'Kovalenko', given: 'Olena', familyCyrillic: 'Коваленко', birthDate: '12-03-1985' };
    for (const [id, text] of Object.entries(typed)) await userEvent.fill(input(id), text);
    await userEvent.click(page.getByText(register.sex.F, { exact: true }));
    const save = page.getByRole('button', { name: common.action.save, exact: true });
    await userEvent.click(save);
    await isTold(language);
    for (const [id, text] of Object.entries(typed)) expect(input(id).value).toBe(text);
    expect(services.log.filter((line) => line.startsWith('save'))).toEqual([]);
    makeRoom();
    await userEvent.click(save);
    await isSaved(services);
  });

  it('says of a person whose page does not open after the save that the save was kept', async () => {
    const inner = memoryServices();
    const services = { ...inner, open: () => Promise.resolve(err({ type: 'not-opened' } as const)) };
    await showPage('/residents/new', services, language);
    await expect.poll(() => document.getElementById('family')).not.toBeNull();
    for (const [id, text] of Object.entries({ family: 'Kovalenko', given: 'Olena', birthDate: '12-03-1985' }))
      await userEvent.fill(input(id), text);
    await userEvent.click(page.getByText(register.sex.F, { exact: true }));
    await userEvent.click(page.getByRole('button', { name: common.action.save, exact: true }));
    await isSaved(inner);
    await expect.element(page.getByText(texts[language].errors['not-opened'])).toBeVisible();
    await expect.element(page.getByText(register.page.created)).toBeVisible();
    const told = document.body.textContent;
    for (const unsaid of ['storage-full', 'storage-failed'] as const)
      expect(told).not.toContain(texts[language].errors[unsaid]);
  });

  it('leaves the dialogs of a household open with what was chosen', async () => {
    const { services, makeRoom } = onFullDisk();
    aHilversumFamily(services);
    await showPage('/families', services, language);
    await userEvent.click(page.getByRole('button', { name: reception.families.new }));
    const dialog = page.getByRole('dialog');
    const label = dialog.getByLabelText(reception.families.label);
    await userEvent.fill(label, 'Familie Shevchenko');
    const make = dialog.getByRole('button', { name: reception.families.new });
    await userEvent.click(make);
    await isTold(language);
    await expect.element(label).toHaveValue('Familie Shevchenko');
    makeRoom();
    await userEvent.click(make);
    await isSaved(services);
  });

  it('leaves the reception of a household as chosen', async () => {
    const { services, makeRoom } = onFullDisk();
    aHilversumFamily(services);
    await showPage(`/families/${familyId}`, services, language);
    await userEvent.click(page.getByRole('button', { name: reception.families.setReception }));
    const dialog = page.getByRole('dialog');
    await userEvent.click(dialog.getByText(reception.families.catered));
    const save = dialog.getByRole('button', { name: common.action.save, exact: true });
    await userEvent.click(save);
    await isTold(language);
    expect(dialog.getByRole('checkbox').element()).toHaveProperty('checked', true);
    makeRoom();
    await userEvent.click(save);
    await isSaved(services);
  });

  it('leaves an income as typed', async () => {
    const { services, makeRoom } = onFullDisk();
    aHilversumFamily(services);
    await showPage(`/contributions/${familyId}?month=2025-10`, services, language);
    await expect.poll(() => document.querySelector('input[id^=amount]')).not.toBeNull();
    const amount = document.querySelector<HTMLInputElement>('input[id^=amount]') ?? expect.fail();
    await userEvent.fill(amount, '1423');
    const save = page.getByRole('button', { name: contributions.income.save });
    await userEvent.click(save);
    await isTold(language);
    expect(amount.value.replaceAll(/\D/g, '')).toMatch(/^1423(00)?$/);
    expect(services.valuesIn({ kind: 'resident', id: motherId })).not.toHaveProperty('income.employment.2025-10');
    makeRoom();
    await userEvent.click(save);
    await isSaved(services);
  });

  it('an income below nothing or of a million has its sentence', async () => {
    const services = aHilversumFamily(memoryServices({ day: isoDate('2025-11-24') }));
    await showPage(`/contributions/${familyId}?month=2025-10`, services, language);
    await expect.poll(() => document.querySelector('input[id^=amount]')).not.toBeNull();
    const amount = document.querySelector<HTMLInputElement>('input[id^=amount]') ?? expect.fail();
    for (const [typed, problem] of [
      ['-5', contributions.income.problem.negative],
      ['1000000', contributions.income.problem.million],
    ] as const) {
      await userEvent.fill(amount, typed);
      await userEvent.click(page.getByRole('button', { name: contributions.income.save }));
      await expect.poll(() => document.querySelector('[role=alert]')?.textContent).toContain(problem);
    }
    expect(services.log.filter((line) => line.startsWith('save'))).toEqual([]);
  });

  it('a month before April 2022 has its sentence', async () => {
    await showPage(`/contributions/${familyId}?month=2022-03`, aHilversumFamily(memoryServices()), language);
    await expect
      .poll(() => document.querySelector('main')?.textContent)
      .toContain(texts[language].errors['no-parameters']);
  });
});
