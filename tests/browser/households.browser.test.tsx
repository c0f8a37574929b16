import { beforeAll, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { startI18n } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import { aFamily, aFamilyId, aResident, aResidentId, aSite } from '../../shared/demo/builders.ts';
import { isoDate } from '../../shared/kernel/dates.ts';
import type { RecordRef } from '../../shared/records/record.ts';
import { membersOn, toFamily } from '../../shared/register/family.ts';
import { memoryServices, type MemoryServices } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));
const { reception, sync } = texts.nl;
const today = isoDate('2026-11-24');
const childId = '6b6b6b6b-0000-4000-8000-000000000002';
const otherFamilyId = '6b6b6b6b-0000-4000-8000-000000000003';
const ref = (kind: RecordRef['kind'], id: string): RecordRef => ({ kind, id });

/** Mother and grown-up daughter in one household; a second household that is empty or has the daughter too. */
function aHousehold(other: Record<string, { to: string | null; relation: string }> = {}): MemoryServices {
  const services = memoryServices({ day: today });
  const [site, mother, family] = [aSite(), aResident(), aFamily()];
  const name = { ...(mother.values.name as Record<string, string>), given: 'Mariia', givenCyrillic: 'Марія' };
  services.put(site, site.values);
  services.put(mother, mother.values);
  services.put(ref('resident', childId), { ...mother.values, name, birthDate: '2005-04-01', bsn: null });
  services.put(family, { ...family.values, [`member.${childId}.2026-02-01`]: { to: null, relation: 'child' } });
  services.put(ref('family', otherFamilyId), {
    placement: family.values.placement ?? null,
    label: 'Tkachuk',
    ...other,
  });
  return services;
}
const familyOf = (services: MemoryServices, id: string) => toFamily(id, services.valuesIn(ref('family', id)));
const namesOn = (services: MemoryServices, id: string, day = today) =>
  membersOn(familyOf(services, id), day).map(({ resident }) => resident);
const press = async (name: string) => {
  const button = page.getByRole('button', { name, exact: true });
  await expect.element(button).toBeVisible();
  (button.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
};

it('splits a household by keyboard after showing how it will be, and takes it back', async () => {
  const services = aHousehold();
  const { families } = texts.uk.reception;
  await showPage(`/families/${aFamilyId}`, services, 'uk');
  await page.viewport(1366, 768);
  await press(families.split);
  await expect.element(page.getByRole('dialog')).toBeVisible();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: families.split, exact: true }).click();
  await expect.element(page.getByText(families.splitWhoError)).toBeVisible();
  const who = page.getByRole('checkbox', { name: 'Kovalenko, Mariia' });
  (who.element() as HTMLElement).focus();
  await userEvent.keyboard(' ');
  await page.getByRole('textbox', { name: families.newLabel }).fill('Kovalenko M.');
  await expect.element(page.getByText(families.preview)).toBeVisible();
  await expectAccessible();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1366);
  await dialog.getByRole('button', { name: families.split, exact: true }).click();
  await expect.element(page.getByText(families.splitDone)).toBeVisible();
  expect(namesOn(services, aFamilyId)).toEqual([aResidentId]);
  expect(namesOn(services, aFamilyId, isoDate('2026-11-23'))).toHaveLength(2);
  await press(texts.uk.common.action.undo);
  await expect.element(page.getByText(texts.uk.common.undone)).toBeVisible();
  expect(namesOn(services, aFamilyId)).toHaveLength(2);
});

it('joins another household from a day on', async () => {
  const services = aHousehold();
  const third = '6b6b6b6b-0000-4000-8000-000000000004';
  services.put(ref('resident', third), { ...aResident().values, bsn: null, birthDate: '1950-01-01' });
  services.put(ref('family', otherFamilyId), { [`member.${third}.2026-03-01`]: { to: null, relation: 'main-person' } });
  await showPage(`/families/${aFamilyId}`, services);
  await press(reception.families.join);
  const other = page.getByRole('combobox', { name: reception.families.joinOther });
  await other.fill('Tka');
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await expect.element(page.getByText(reception.families.preview)).toBeVisible();
  await expectAccessible();
  await press(reception.families.joinSubmit);
  await expect.element(page.getByText(reception.families.joinDone)).toBeVisible();
  expect(namesOn(services, aFamilyId)).toContain(third);
  expect(namesOn(services, otherFamilyId)).toEqual([]);
  expect(namesOn(services, otherFamilyId, isoDate('2026-11-23'))).toEqual([third]);
});

it('asks on the review page to which of two households somebody belongs', async () => {
  const services = aHousehold({ [`member.${childId}.2026-06-01`]: { to: null, relation: 'child' } });
  await showPage('/review', services);
  const keep = reception.families.doubleKeep.replace('{{label}}', 'Tkachuk');
  await expect.element(page.getByRole('button', { name: keep })).toBeVisible();
  await expectAccessible();
  await press(keep);
  await expect.element(page.getByText(reception.families.doubleDone)).toBeVisible();
  expect(namesOn(services, aFamilyId)).toEqual([aResidentId]);
  expect(namesOn(services, aFamilyId, isoDate('2026-05-31'))).toHaveLength(2);
  await expect.element(page.getByText(sync.review.none)).toBeVisible();
});

it('says that children live in a household without a grown-up', async () => {
  const services = aHousehold();
  services.put(ref('resident', childId), { birthDate: '2012-04-01' });
  services.put(ref('family', otherFamilyId), { [`member.${childId}.2026-06-01`]: { to: null, relation: 'child' } });
  await showPage(`/families/${otherFamilyId}`, services);
  await expect.element(page.getByText(/Zonder volwassene in dit huishouden: Kovalenko, Mariia/)).toBeVisible();
});

it('takes nobody into a second household on the same day, and says which one it is', async () => {
  const services = aHousehold();
  const { families } = reception;
  const before = services.valuesIn(ref('family', otherFamilyId));
  await showPage(`/families/${otherFamilyId}`, services);
  await press(families.addMember);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').fill('Mariia');
  await page.getByRole('option', { name: /Mariia/ }).click();
  await dialog.getByRole('button', { name: families.addMember, exact: true }).click();
  const { label } = familyOf(services, aFamilyId);
  await expect.element(page.getByText(families.inOther.replace('{{label}}', label))).toBeVisible();
  expect(services.valuesIn(ref('family', otherFamilyId))).toEqual(before);
});
