import { beforeAll, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { startI18n } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import { aResident } from '../../shared/demo/builders.ts';
import { isoDate } from '../../shared/kernel/dates.ts';
import { safetyRegionsOn } from '../../shared/reception/safety-regions.ts';
import { memoryServices, type MemoryServices } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));
const { register, common, reports } = texts.nl;
const today = isoDate('2026-11-25');
const [own, host] = ['5a5a5a5a-0000-4000-8000-0000000000a1', '5a5a5a5a-0000-4000-8000-0000000000a2'] as const;
const region = safetyRegionsOn(today)[2] ?? expect.fail('no region');
const brp = { municipality: '0344', destination: null };
const court = { guardianKind: 'court', guardianName: 'A. Jansen', organisation: null, contact: null, reference: null };

function begin(): MemoryServices {
  const services = memoryServices({ day: today });
  services.put({ kind: 'site', id: own }, { placement: { site: own }, name: 'De Linde', safetyRegion: region.code });
  services.put({ kind: 'site', id: host }, { placement: { site: host }, name: 'Gastgezinnen', shelter: 'private' });
  const protection = { status: 'transition', since: null, proofType: null, validUntil: '2027-01-15', successor: null };
  const child = { birthDate: '2012-05-01', unaccompanied: true };
  const people = {
    Adult: { placement: { site: own } },
    Hosted: { placement: { site: host }, protection },
    Alone: { ...child, placement: { site: own } },
    Guarded: { ...child, 'guardian.2026-03-01': { ...court, to: null } },
    Former: { ...child, 'guardian.2026-03-01': { ...court, to: '2026-11-24' } },
    Grown: { ...child, birthDate: '2008-11-25' },
    Moved: { 'brp.a': { ...brp, from: '2024-01-01', to: '2026-03-31', reason: 'moved' } },
    Abroad: {
      'brp.a': { ...brp, from: '2024-01-01', to: '2026-06-30', reason: 'left-country' },
      departure: { date: '2026-07-01', reason: 'other-country', destination: 'PL' },
    },
  };
  Object.entries(people).forEach(([family, values], at) => {
    const name = { ...(aResident().values['name'] as object), family };
    const { id, values: all } = aResident({ name, ...values }, `5a5a5a5a-0000-4000-8000-00000000030${String(at)}`);
    services.put({ kind: 'resident', id }, all);
  });
  return services;
}
const names = () =>
  page
    .getByRole('rowheader')
    .elements()
    .map((cell) => cell.textContent?.split(',')[0]);
const choose = async (label: string, option: string) => {
  await userEvent.click(page.getByRole('button', { name: new RegExp(`${label}$`) }));
  await userEvent.click(page.getByRole('option', { name: option, exact: true }));
};

it.each([
  ['alone=alone', ['Alone', 'Former', 'Guarded']],
  ['alone=guardian', ['Guarded']],
  ['alone=noGuardian', ['Alone', 'Former']],
  [`region=${region.code}`, ['Adult', 'Alone']],
  ['shelter=private', ['Hosted']],
  [`region=${region.code}&alone=noGuardian`, ['Alone']],
  ['protection=transition', ['Hosted']],
  ['ends=2027-01-15', ['Hosted']],
  ['ends=2027-01-14', []],
  ['out=any&status=all', ['Abroad', 'Moved']],
  ['out=moved&status=all', ['Moved']],
  ['outFrom=2026-06-30&status=all', ['Abroad']],
  ['outUntil=2026-06-29&status=all', ['Moved']],
  ['out=wizardry', ['Adult', 'Alone', 'Former', 'Grown', 'Guarded', 'Hosted', 'Moved']],
])('%s leaves %j', async (address, wanted) => {
  await showPage(`/residents?${address}`, begin());
  if (wanted.length === 0) await expect.element(page.getByText(register.list.noneFound)).toBeVisible();
  else await expect.poll(names).toEqual(wanted);
});

it('is opened, chosen and cleared by hand, and a deregistration looks at who has left too', async () => {
  await showPage('/residents', begin());
  await expect.poll(names).toHaveLength(7);
  await userEvent.click(page.getByRole('button', { name: register.more.title, exact: true }));
  await expectAccessible();
  await choose(register.more.out, register.more.anyReason);
  await expect.poll(names).toEqual(['Abroad', 'Moved']);
  await expect.element(page.getByRole('button', { name: 'Meer filters (1)' })).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: register.more.clear, exact: true }));
  await expect.poll(names).toHaveLength(8);
  await choose(register.more.shelter, reports.regions.shelter.private);
  await expect.poll(names).toEqual(['Hosted']);
});

it('the start of the day names the children for whom a guardian is missing and opens them', async () => {
  await showPage('/', begin());
  await userEvent.click(page.getByRole('link', { name: `${common.today.guardian}: 2` }));
  await expect.poll(names).toEqual(['Alone', 'Former']);
});
