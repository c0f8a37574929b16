import { beforeAll, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { startI18n } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import { aBedStay, aFamily, aResident, aResidentId, aSite } from '../../shared/demo/builders.ts';
import { isoDate } from '../../shared/kernel/dates.ts';
import type { RecordRef } from '../../shared/records/record.ts';
import { residentCode } from '../../shared/register/resident.ts';
import { memoryServices, type MemoryServices } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));
const { register, sync, common } = texts.nl;
const otherId = '6b6b6b6b-0000-4000-8000-000000000002';
const person = (id: string): RecordRef => ({ kind: 'resident', id });

/** One person twice: the second record has another spelling, another V-number and the bed. */
function twoRecords(): MemoryServices {
  const services = memoryServices({ day: isoDate('2026-11-24') });
  const [site, first, family, stay] = [aSite(), aResident(), aFamily(), aBedStay()];
  services.put(site, site.values);
  services.put(first, first.values);
  const name = { ...(first.values.name as Record<string, string>), given: 'Julia' };
  services.put(person(otherId), { ...first.values, name, vNumber: '2812345679', callName: 'Юля' });
  services.put(family, family.values);
  services.put(stay, { ...stay.values, stay: { ...(stay.values.stay as object), resident: otherId } });
  return services;
}
const button = (name: string) => page.getByRole('button', { name, exact: true });
const press = async (name: string) => {
  await expect.element(button(name)).toBeVisible();
  (button(name).element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
};

it('asks only what differs, by keyboard, moves what belongs to the person, and gives it all back', async () => {
  const services = twoRecords();
  const { stay } = aBedStay().values;
  const stayRef: RecordRef = { kind: 'bedStay', id: aBedStay().id };
  const before = [person(aResidentId), person(otherId), stayRef].map((ref) => services.valuesIn(ref));
  await showPage(`/residents/${aResidentId}/merge/${otherId}`, services, 'uk');
  await expect.element(page.getByRole('heading', { level: 1, name: texts.uk.register.merge.title })).toBeVisible();
  await page.viewport(1366, 768);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1366);
  await expectAccessible();
  expect(page.getByRole('radiogroup').elements()).toHaveLength(2);
  await press(texts.uk.register.merge.submit);
  await expect.element(page.getByRole('alert')).toHaveFocus();
  const [nameGroup, numberGroup] = page.getByRole('radiogroup').elements() as HTMLElement[];
  for (const [group, keys] of [
    [nameGroup, ' '],
    [numberGroup, '{ArrowDown}'],
  ] as const) {
    group?.querySelector('input')?.focus();
    await userEvent.keyboard(keys);
  }
  await press(texts.uk.register.merge.submit);
  await expect.element(page.getByText(texts.uk.register.merge.done)).toBeVisible();
  const kept = services.valuesIn(person(aResidentId));
  expect(kept).toMatchObject({ vNumber: '2812345679', callName: 'Юля', name: { given: 'Yuliia' } });
  expect(services.valuesIn(stayRef).stay).toMatchObject({ resident: aResidentId });
  await expect.element(page.getByRole('link', { name: residentCode(otherId) })).toBeVisible();
  await page.getByRole('link', { name: residentCode(otherId) }).click();
  await expect.element(page.getByText(texts.uk.register.merge.goneTitle)).toBeVisible();
  await expectAccessible();
  await press(texts.uk.register.merge.undo);
  await expect.element(page.getByText(texts.uk.register.merge.undone)).toBeVisible();
  expect([person(aResidentId), person(otherId), stayRef].map((ref) => services.valuesIn(ref))).toEqual(before);
  expect(services.valuesIn(stayRef).stay).toEqual({ ...(stay as object), resident: otherId });
});

it('leaves the record that went out of the list', async () => {
  const services = twoRecords();
  services.put(person(otherId), { mergedInto: aResidentId });
  await showPage('/residents', services);
  await expect.element(page.getByText('Kovalenko, Yuliia')).toBeVisible();
  expect(page.getByText('Kovalenko, Julia').elements()).toEqual([]);
});

it('asks once which record stays when two went into each other', async () => {
  const services = twoRecords();
  services.put(person(otherId), { mergedInto: aResidentId });
  services.put(person(aResidentId), { mergedInto: otherId });
  await showPage('/review', services);
  const keep = register.merge.keepRecord.replace('{{code}}', residentCode(aResidentId));
  await expect.element(button(keep)).toBeVisible();
  await expectAccessible();
  await press(keep);
  await expect.element(page.getByText(register.merge.settled)).toBeVisible();
  expect(services.valuesIn(person(aResidentId)).mergedInto).toBeUndefined();
  expect(services.valuesIn(person(otherId)).mergedInto).toBe(aResidentId);
  // What the other one had goes along in the same save.
  expect(services.valuesIn({ kind: 'bedStay', id: aBedStay().id }).stay).toMatchObject({ resident: aResidentId });
  await expect.element(page.getByText(sync.review.none)).toBeVisible();
});

it('takes along what a colleague recorded on the record that went', async () => {
  const services = twoRecords();
  services.put(person(otherId), { mergedInto: aResidentId });
  await showPage('/review', services);
  await press(register.merge.moveAlong);
  await expect.element(page.getByText(register.merge.movedAlong)).toBeVisible();
  expect(services.valuesIn({ kind: 'bedStay', id: aBedStay().id }).stay).toMatchObject({ resident: aResidentId });
});

it('goes through likely doubles one by one, keeps a pair apart for good, and can take that back', async () => {
  const services = twoRecords();
  await showPage('/residents/doubles', services);
  await press(register.likely.start);
  await expect.element(page.getByText(register.likely.left_one.replace('{{count}}', '1'))).toBeVisible();
  await expectAccessible();
  await press(register.likely.later);
  await press(register.likely.showLater);
  await press(register.likely.notSame);
  await expect.element(page.getByText(register.likely.keptApart)).toBeVisible();
  expect(services.valuesIn(person(otherId))[`notSame.${aResidentId}`]).toBe(true);
  expect(services.valuesIn(person(aResidentId))[`notSame.${otherId}`]).toBe(true);
  await press(register.likely.again);
  await expect.element(page.getByText(/geen paren meer/)).toBeVisible();
  await press(common.action.undo);
  await press(register.likely.again);
  await expect.element(button(register.likely.merge)).toBeVisible();
  expect(services.log.filter((entry) => entry.startsWith('scan'))).toHaveLength(3);
});
