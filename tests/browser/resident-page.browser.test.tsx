import { beforeAll, expect, it } from 'vitest';
import { page, userEvent, type Locator } from 'vitest/browser';
import { startI18n } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import { aBedStay, aResident } from '../../shared/demo/builders.ts';
import { isoDate } from '../../shared/kernel/dates.ts';
import { memoryServices, type MemoryServices } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));
const { facts, register, common } = texts.nl;
const { id, values } = aResident({
  'brp.p1': { from: '2026-02-03', to: null, municipality: '0344', reason: null, destination: null },
});
const ref = { kind: 'resident', id } as const;
const today = isoDate('2026-11-24');
const begin = (): MemoryServices => {
  const services = memoryServices({ day: today });
  services.put(ref, values);
  return services;
};
const named = (text: string, what: string) => text.replace('{{what}}', what);
const button = (name: string, within: Locator = page.elementLocator(document.body)) =>
  within.getByRole('button', { name, exact: true });
const dialog = () => page.getByRole('dialog');
const optional = (label: string) => common.form.optional.replace('{{label}}', label);

async function typeDay(label: string, digits: string): Promise<void> {
  const group = dialog().getByRole('group', { name: label, exact: true });
  await userEvent.click(group.getByRole('spinbutton').first());
  await userEvent.keyboard(digits);
}
async function pick(label: string, choice: string): Promise<void> {
  await userEvent.click(dialog().getByRole('button', { name: new RegExp(label.replace(/[()]/g, '.')) }));
  await userEvent.click(page.getByRole('option', { name: choice, exact: true }));
}
const saveDialog = async () => {
  await userEvent.click(button(common.action.save, dialog()));
  await expect.poll(() => document.querySelector('[role=dialog]')).toBeNull();
};
const fieldsOf = (services: MemoryServices, stem: string) =>
  Object.fromEntries(Object.entries(services.valuesIn(ref)).filter(([field]) => field.startsWith(`${stem}.`)));
const undo = () => userEvent.click(button(common.action.undo));

it('takes a second document beside the first, and changes the first without losing the second', async () => {
  const services = begin();
  await showPage(`/residents/${id}`, services);
  await userEvent.click(button(named(facts.addTo, facts.one.document)));
  await expectAccessible();
  await userEvent.click(button(common.action.save, dialog()));
  await expect
    .element(dialog().getByText(facts.problem.missing.replace('{{label}}', facts.part.type)).first())
    .toBeVisible();
  await pick(facts.part.type, register.documentType['birth-certificate']);
  await userEvent.fill(dialog().getByLabelText(optional(facts.part.number)), 'I-АБ 123456');
  await saveDialog();
  const { 'document.passport': first, ...added } = fieldsOf(services, 'document');
  expect(first).toEqual(values['document.passport']);
  const second = {
    type: 'birth-certificate',
    number: 'I-АБ 123456',
    issuingCountry: null,
    validUntil: null,
    seenOn: null,
  };
  expect(Object.values(added)).toEqual([second]);
  const passport = page.getByRole('listitem').filter({ hasText: 'FA123456' });
  await userEvent.click(passport.getByRole('button'));
  await userEvent.fill(dialog().getByLabelText(optional(facts.part.number)), 'FA999999');
  await saveDialog();
  await expect.element(page.getByRole('listitem').filter({ hasText: 'FA999999' })).toBeVisible();
  const { 'document.passport': changed, ...others } = fieldsOf(services, 'document');
  expect(changed).toMatchObject({ number: 'FA999999' });
  expect(others).toEqual(added);
});

it('ends a registration with its reason and begins a new one; the ended one stays', async () => {
  const services = begin();
  await showPage(`/residents/${id}`, services);
  const lines = page.getByRole('listitem').filter({ hasText: '0344' });
  await userEvent.click(lines.getByRole('button'));
  await typeDay(optional(facts.part.to), '01012026');
  await userEvent.click(button(common.action.save, dialog()));
  const problem = facts.problem['ends-before-start'].replace('{{label}}', facts.part.to);
  await expect.element(dialog().getByText(problem).first()).toBeVisible();
  await typeDay(optional(facts.part.to), '31052026');
  await pick(facts.part.reason, register.deregistrationReason['left-country']);
  await saveDialog();
  await userEvent.click(button(named(facts.addTo, facts.one.brp)));
  await typeDay(facts.part.from, '01092026');
  await userEvent.fill(dialog().getByLabelText(facts.part.municipality, { exact: true }), '0363');
  await saveDialog();
  const period = {
    from: '2026-02-03',
    to: '2026-05-31',
    municipality: '0344',
    reason: 'left-country',
    destination: null,
  };
  const { 'brp.p1': first, ...begun } = fieldsOf(services, 'brp');
  expect(first).toEqual(period);
  expect(Object.values(begun)).toEqual([
    { from: '2026-09-01', to: null, municipality: '0363', reason: null, destination: null },
  ]);
  await expect.element(page.getByRole('listitem').filter({ hasText: '0363' })).toBeVisible();
  await expect.element(page.getByRole('listitem').filter({ hasText: '0344' })).toBeVisible();
});

it('removes a fact, and undo brings it back', async () => {
  const services = begin();
  services.put(ref, { 'work.2026-03-01': { to: null, employer: 'Bakkerij Jansen', hours: 24 } });
  await showPage(`/residents/${id}`, services);
  const line = page.getByRole('listitem').filter({ hasText: 'Bakkerij Jansen' });
  await userEvent.click(line.getByRole('button'));
  await userEvent.click(button(facts.remove, dialog()));
  await expect.element(line).not.toBeInTheDocument();
  expect(services.valuesIn(ref)['work.2026-03-01']).toBeUndefined();
  await undo();
  await expect.element(line).toBeVisible();
  expect(services.valuesIn(ref)['work.2026-03-01']).toMatchObject({ employer: 'Bakkerij Jansen', hours: 24 });
});

it('undoes a departure: the resident and the bed are as they were', async () => {
  const services = begin();
  const stay = { kind: 'bedStay', id: aBedStay().id } as const;
  services.put(stay, aBedStay().values);
  const before = services.valuesIn(stay);
  await showPage(`/residents/${id}`, services);
  await userEvent.click(button(register.page.depart));
  await pick(register.control.departureReason, register.departureReason['own-housing']);
  await userEvent.click(button(register.page.depart, dialog()));
  await expect.element(button(common.action.undo)).toBeVisible();
  expect(services.valuesIn(ref).departure).toMatchObject({ reason: 'own-housing', date: today });
  expect(services.valuesIn(stay).until).toBe(today);
  await expect.element(page.getByText(register.status.departed, { exact: true })).toBeVisible();
  await undo();
  await expect.element(page.getByText(common.undone)).toBeVisible();
  expect(services.valuesIn(ref).departure).toBeUndefined();
  expect(services.valuesIn(stay)).toEqual(before);
  await expect.element(button(register.page.depart)).toBeVisible();
});

it.each([
  ['00-3-1988', '1988-03-00', '1988'],
  ['1988', '1988-00-00', '1988'],
  ['00-00-0000', '0000-00-00', null],
  ['31-3-1988', '1988-03-31', '31-03-1988'],
])('keeps a birth date typed as %s', async (typed, kept, shown) => {
  const services = begin();
  await showPage(`/residents/${id}/edit`, services);
  await expect.element(page.getByLabelText(register.control.birthDate, { exact: true })).toBeVisible();
  await userEvent.fill(page.getByLabelText(register.control.birthDate, { exact: true }), typed);
  await userEvent.click(button(common.action.save));
  await expect.element(page.getByRole('heading', { level: 1, name: 'Kovalenko, Yuliia' })).toBeVisible();
  expect(services.valuesIn(ref).birthDate).toBe(kept);
  if (shown !== null) {
    const item = page.getByText(register.control.birthDate, { exact: true }).element().parentElement;
    expect(item?.textContent).toContain(shown);
  }
});

it('refuses a day with an unknown month, and keeps what was typed', async () => {
  const services = begin();
  await showPage(`/residents/${id}/edit`, services);
  const field = page.getByLabelText(register.control.birthDate, { exact: true });
  await expect.element(field).toBeVisible();
  await userEvent.fill(field, '12-00-1988');
  await userEvent.click(button(common.action.save));
  const text = register.problem['impossible-date'].replace('{{field}}', register.control.birthDate);
  await expect.element(page.getByText(text).first()).toBeVisible();
  await expect.element(field).toHaveValue('12-00-1988');
});

it('shows the BSN only for a reason, which goes to the log before the number is there', async () => {
  const services = begin();
  const reasons: (string | undefined)[] = [];
  await showPage(`/residents/${id}`, {
    ...services,
    open: (opened, reason) => {
      if (opened.kind === 'resident') reasons.push(reason);
      return services.open(opened, reason);
    },
  });
  await userEvent.click(button(register.page.showBsn));
  const before = reasons.length;
  await userEvent.fill(dialog().getByLabelText(register.page.showBsnReason), '  ');
  await userEvent.click(button(register.page.showBsn, dialog()));
  await expect.element(dialog().getByText(register.page.showBsnError)).toBeVisible();
  await expectAccessible();
  expect(reasons).toHaveLength(before);
  expect(document.body.textContent).not.toContain('999993653');
  await userEvent.fill(dialog().getByLabelText(register.page.showBsnReason), 'aangifte bij de gemeente');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('999993653')).toBeVisible();
  expect(reasons.slice(before)).toEqual(['aangifte bij de gemeente']);
});
