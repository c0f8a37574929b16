import { beforeAll, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { startI18n } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import { isoDate } from '../../shared/kernel/dates.ts';
import { toResident } from '../../shared/register/resident.ts';
import { memoryServices } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));
const { register, common } = texts.nl;
const today = isoDate('2026-11-24');
/** Made up; the check digits are right. */
const lines = ['P<UKRKOVALENKO<<YULIIA<<<<<<<<<<<<<<<<<<<<<<', 'FA123456<6UKR8503127F3105010<<<<<<<<<<<<<<<0'];
const inputOf = (name: string) => page.getByLabelText(name, { exact: true });
const optional = (label: string) => common.form.optional.replace('{{label}}', label);

async function scan(scanned: readonly string[]) {
  const services = memoryServices({ day: today });
  await showPage('/residents/new', services);
  await userEvent.click(page.getByRole('button', { name: register.mrz.open }));
  // As a reader does: every sign is a key, and each line ends with Enter.
  await expect.element(inputOf(register.mrz.label)).toHaveFocus();
  await userEvent.keyboard(scanned.map((line) => `${line}{Enter}`).join(''));
  await expect.element(page.getByText(register.mrz.filled)).toBeVisible();
  return services;
}

it('a reader that types the lines fills the whole form, and the resident is registered', async () => {
  const services = await scan(lines);
  await expectAccessible();
  await expect.element(inputOf(register.control.family)).toHaveValue('Kovalenko');
  await expect.element(inputOf(optional(register.control.documentNumber))).not.toBeInTheDocument();
  await userEvent.click(page.getByRole('button', { name: common.action.save, exact: true }));
  await expect.element(page.getByRole('heading', { level: 1, name: 'Kovalenko, Yuliia' })).toBeVisible();
  const id = location.hash.split('/').at(-1) ?? '';
  expect(services.log.filter((line) => line.startsWith('save'))).toEqual(['save create']);
  const viewed = services.log.find((line) => line.startsWith('view resident/'))?.slice('view resident/'.length) ?? id;
  const resident = toResident(viewed, services.valuesIn({ kind: 'resident', id: viewed }));
  expect(resident).toMatchObject({
    name: { family: 'Kovalenko', given: 'Yuliia' },
    birthDate: '1985-03-12',
    sex: 'F',
    nationality: ['UA'],
    documents: [{ type: 'passport', number: 'FA123456', issuingCountry: 'UA', validUntil: '2031-05-01' }],
  });
});

it('names the field whose check digit fails and leaves it open', async () => {
  await scan([lines[0] ?? '', (lines[1] ?? '').replace('850312', '850313')]);
  for (const check of ['birthDate', 'composite'] as const) {
    const text = register.mrz.failed.replace('{{field}}', register.mrz.check[check]);
    await expect.element(page.getByText(text)).toBeVisible();
  }
  await expect.element(inputOf(register.control.birthDate)).toHaveValue('');
  await expect.element(inputOf(register.control.given)).toHaveValue('Yuliia');
});

it('leaves what was typed as it is and says where the document differs', async () => {
  const services = memoryServices({ day: today });
  await showPage('/residents/new', services);
  await expect.element(inputOf(register.control.family)).toBeVisible();
  await userEvent.fill(inputOf(register.control.family), 'Kova-Lenko');
  await userEvent.fill(inputOf(register.control.given), 'Yulia');
  await userEvent.click(page.getByRole('button', { name: register.mrz.open }));
  await userEvent.fill(inputOf(register.mrz.label), lines.join('\n'));
  await expect.element(page.getByText(register.mrz.differs.replace('{{field}}', register.control.given))).toBeVisible();
  await expect.element(inputOf(register.control.given)).toHaveValue('Yulia');
  // A hyphen is not in the zone: it is the same name.
  await expect.element(inputOf(register.control.family)).toHaveValue('Kova-Lenko');
  expect(page.getByText(register.mrz.differs.replace('{{field}}', register.control.family)).query()).toBeNull();
});

it('says what is wrong with lines that are not whole, or typed in Ukrainian letters', async () => {
  await showPage('/residents/new', memoryServices({ day: today }));
  await userEvent.click(page.getByRole('button', { name: register.mrz.open }));
  for (const [typed, error] of [
    [lines[0] ?? '', 'no-mrz'],
    ['З<УКРКОВАЛЕНКО', 'keyboard-layout'],
  ] as const) {
    await userEvent.fill(inputOf(register.mrz.label), typed);
    await userEvent.click(page.getByRole('button', { name: register.mrz.read }));
    await expect.element(page.getByText(register.mrz.error[error]).first()).toBeVisible();
    await expect.element(inputOf(register.mrz.label)).toHaveValue(typed);
  }
});

it('proposes Latin letters for an empty name only, and none for letters that are not Ukrainian', async () => {
  await showPage('/residents/new', memoryServices({ day: today }));
  await expect.element(inputOf(register.control.family)).toBeVisible();
  await userEvent.fill(inputOf(register.control.given), 'Julia');
  await userEvent.fill(inputOf(optional(register.control.familyCyrillic)), 'Згурська');
  await userEvent.fill(inputOf(optional(register.control.givenCyrillic)), 'Юлія');
  await userEvent.click(page.getByRole('button', { name: register.hint.takeLatin }));
  await expect.element(inputOf(register.control.family)).toHaveValue('Zghurska');
  await expect.element(inputOf(register.control.given)).toHaveValue('Julia');
  await userEvent.fill(inputOf(optional(register.control.familyCyrillic)), 'Крылова');
  await expect.element(page.getByText(register.hint.notUkrainian)).toBeVisible();
  await expect.element(inputOf(register.control.family)).toHaveValue('Zghurska');
});
