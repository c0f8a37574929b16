import { beforeAll, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { formatDate } from '../../renderer/i18n/format.ts';
import { languages, startI18n } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import { aResident } from '../../shared/demo/builders.ts';
import { isoDate } from '../../shared/kernel/dates.ts';
import { findProtectionEnd } from '../../shared/register/registration.ts';
import { toResident } from '../../shared/register/resident.ts';
import { memoryServices, type MemoryServices } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));
const { expiry, common, reports } = texts.nl;
const today = isoDate('2026-11-24');
const end = findProtectionEnd('ua', today) ?? today;
const ids = ['a', 'b', 'c'].map((letter) => `5a5a5a5a-0000-4000-8000-00000000000${letter}`);
const [moves = '', own = '', left = ''] = ids;
const refOf = (id: string) => ({ kind: 'resident', id }) as const;
const protection = (validUntil: string) => ({
  status: 'rtb-proven',
  since: null,
  proofType: 'sticker-passport',
  validUntil,
  successor: null,
});
const named = (family: string) => ({ ...(aResident().values.name as Record<string, string>), family });

function begin(more: Parameters<typeof memoryServices>[0] = {}): MemoryServices {
  const services = memoryServices({ day: today, ...more });
  const put = (id: string, over: Parameters<typeof aResident>[0]) => services.put(refOf(id), aResident(over).values);
  put(moves, { name: named('Bondar'), protection: protection(end) });
  put(own, { name: named('Tkachenko'), protection: protection('2026-12-10') });
  put(left, {
    name: named('Lysenko'),
    protection: protection(end),
    departure: { date: '2026-10-01', reason: 'own-housing', destination: null },
  });
  return services;
}
const residentOf = (services: MemoryServices, id: string) => toResident(id, services.valuesIn(refOf(id)));
const rows = () => page.getByRole('grid').getByRole('row');
const button = (name: string) => page.getByRole('button', { name, exact: true });

async function typeDay(label: string, digits: string): Promise<void> {
  await userEvent.click(page.getByRole('group', { name: label, exact: true }).getByRole('spinbutton').first());
  await userEvent.keyboard(digits);
}
async function scenario(day: string): Promise<void> {
  await userEvent.click(button(expiry.scenario.open));
  await typeDay(expiry.scenario.end, day);
  await userEvent.click(button(expiry.scenario.show));
}

it('shows the three ends side by side, the most urgent first, by term', async () => {
  const services = begin();
  await showPage('/expiry', services);
  await expect.element(rows().nth(1)).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: new RegExp(expiry.term) }));
  await userEvent.click(page.getByRole('option', { name: '180 dagen' }));
  await expect.element(rows().nth(2)).toBeVisible();
  const texts = [1, 2].map((at) => rows().nth(at).element().textContent ?? '');
  expect(texts[0]).toContain('Tkachenko');
  for (const day of [end, '2026-12-10', '2031-05-01']) expect(texts[0]).toContain(formatDate(isoDate(day), 'nl'));
  expect(texts[1]).toContain('Bondar');
  await expectAccessible();
  await userEvent.click(page.getByRole('button', { name: new RegExp(expiry.term) }));
  await userEvent.click(page.getByRole('option', { name: '30 dagen' }));
  await expect.element(page.getByText('1 bewoner', { exact: true })).toBeVisible();
  expect(services.log.filter((line) => line.startsWith('scan'))).toEqual(['scan expiry']);
});

it('previews another end and changes nothing; a decision moves the proofs along, and can be taken back', async () => {
  const services = begin();
  await showPage('/expiry', services);
  await scenario('04032028');
  await expect.element(page.getByText(expiry.scenario.affected_other.replace('{{count, number}}', '2'))).toBeVisible();
  await expect.element(page.getByText(expiry.scenario.moving_one.replace('{{count, number}}', '1'))).toBeVisible();
  await expectAccessible();
  expect(services.log.filter((line) => line.startsWith('save'))).toEqual([]);

  await userEvent.click(button(expiry.decide.open));
  await userEvent.click(button(expiry.decide.save));
  await expect.element(page.getByText(expiry.decide.actError).first()).toBeVisible();
  await typeDay(expiry.decide.day, '20112026');
  await userEvent.fill(page.getByLabelText(expiry.decide.act, { exact: true }), 'Stcrt 2026, 99999');
  await userEvent.click(button(expiry.decide.save));
  await expect.element(button(common.action.undo)).toBeVisible();
  expect(residentOf(services, moves).protection).toEqual(protection('2028-03-04'));
  expect(services.valuesIn(refOf(moves))['extension.2026-11-20']).toEqual({
    until: '2028-03-04',
    formerUntil: end,
    legalAct: 'Stcrt 2026, 99999',
  });
  expect(residentOf(services, own).protection).toEqual(protection('2026-12-10'));
  expect(residentOf(services, left).protection).toEqual(protection(end));
  // The new end counts in the list: only the proof with a date of its own is due.
  await expect.element(page.getByText('1 bewoner', { exact: true })).toBeVisible();
  expect(rows().nth(1).element().textContent).toContain(formatDate(isoDate('2028-03-04'), 'nl'));

  await userEvent.click(button(common.action.undo));
  await expect.element(page.getByText(expiry.decide.undone)).toBeVisible();
  expect(residentOf(services, moves).protection).toEqual(protection(end));
  expect(services.valuesIn(refOf(moves))['extension.2026-11-20']).toBeUndefined();
});

it('takes no decision of a day to come', async () => {
  const services = begin();
  await showPage('/expiry', services);
  await scenario('04032028');
  await userEvent.click(button(expiry.decide.open));
  await typeDay(expiry.decide.day, '25112026');
  await userEvent.fill(page.getByLabelText(expiry.decide.act, { exact: true }), 'Stcrt 2026, 99999');
  await userEvent.click(button(expiry.decide.save));
  await expect.element(page.getByText(expiry.decide.dayError).first()).toBeVisible();
  expect(services.log.filter((line) => line.startsWith('save'))).toEqual([]);
});

it.each(languages)('fits an old laptop with and without a scenario, in %s', async (language) => {
  const words = texts[language].expiry;
  await showPage('/expiry', begin(), language);
  const isWide = () =>
    [...document.querySelectorAll('main, main *')].some(
      (part) =>
        part.scrollWidth > part.clientWidth + 1 &&
        getComputedStyle(part).overflowX !== 'hidden' &&
        getComputedStyle(part).display !== 'inline',
    );
  await expect.element(rows().nth(1)).toBeVisible();
  expect(isWide()).toBe(false);
  await userEvent.click(button(words.scenario.open));
  const end = page.getByRole('group', { name: words.scenario.end, exact: true });
  await userEvent.click(end.getByRole('spinbutton').first());
  await userEvent.keyboard('04032028');
  await userEvent.click(button(words.scenario.show));
  await expect.element(rows().nth(2)).toBeVisible();
  expect(isWide()).toBe(false);
});

it('counts registrations on a reference date and the flow before it', async () => {
  const services = begin();
  const period = (from: string, to: string | null) => ({
    'brp.p1': { from, to, municipality: '0344', reason: null, destination: null },
  });
  services.put(refOf(moves), period('2026-11-20', null));
  services.put(refOf(own), period('2026-01-05', '2026-11-10'));
  services.put(refOf(left), { ...period('2026-11-21', null), nationality: ['GE'] });
  await showPage('/reports?tab=registrations', services);
  const row = (name: string) =>
    page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });
  const cells = (name: string) => [...row(name).element().querySelectorAll('td')].map((cell) => cell.textContent);
  await expect.element(row(reports.registrations.groupUa)).toBeVisible();
  expect(cells(reports.registrations.groupUa)).toEqual(['1', '1', '1', '1', '0', '0']);
  expect(cells(reports.registrations.groupOther)).toEqual(['1', '0', '1', '0', '1', '0']);
  await typeDay(reports.registrations.day, '10112026');
  await expect.element(row(reports.registrations.groupUa).getByRole('cell').nth(1)).toHaveTextContent('0');
  expect(cells(reports.registrations.groupUa)).toEqual(['1', '0', '0', '0', '0', '0']);
});

it('saves the list as it is filtered, for a purpose and with an entry in the log', async () => {
  const files = new Map<string, string>();
  const services = begin({
    exportFile: (name, bytes) => {
      files.set(name, new TextDecoder().decode(bytes));
      return Promise.resolve('saved');
    },
  });
  await showPage('/expiry', services);
  await userEvent.click(page.getByRole('button', { name: new RegExp(expiry.term) }));
  await userEvent.click(page.getByRole('option', { name: '180 dagen' }));
  await expect.element(rows().nth(2)).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: new RegExp(expiry.cause) }));
  await userEvent.click(page.getByRole('option', { name: expiry.causes.proofEnd, exact: true }));
  await userEvent.click(page.getByRole('button', { name: new RegExp(expiry.term) }));
  await userEvent.click(page.getByRole('option', { name: '30 dagen' }));
  await expect.element(page.getByText('1 bewoner', { exact: true })).toBeVisible();
  await userEvent.click(button(texts.nl.register.export.file));
  await expectAccessible();
  await userEvent.click(page.getByRole('button', { name: new RegExp(texts.nl.register.export.purpose.slice(0, 20)) }));
  await userEvent.click(page.getByRole('option', { name: texts.nl.register.export.purposes.check, exact: true }));
  await userEvent.click(page.getByText('JSON', { exact: true }));
  await userEvent.click(page.getByText(texts.nl.privacy.seal.choices.open, { exact: true }));
  await expect.element(page.getByText(texts.nl.privacy.seal.warning.persons)).toBeVisible();
  await userEvent.click(button(texts.nl.register.export.save));
  await expect.poll(() => files.size).toBe(1);
  const lines = JSON.parse(files.get('aflopend-2026-11-24.json') ?? '') as Record<string, string>[];
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ family: 'Tkachenko', proofEnd: '2026-12-10', daysLeft: '16' });
  expect(services.log).toContain('export expiry list json 1: check');
});
