import { beforeAll, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { startI18n, type Language } from '../../renderer/i18n/i18n.ts';
import { useWorkspace } from '../../renderer/stores/workspace-store.ts';
import { aSiteId } from '../../shared/demo/builders.ts';
import { isoDate } from '../../shared/kernel/dates.ts';
import { findRollCall } from '../../shared/reception/roll-call.ts';
import { memoryServices, type MemoryServices } from '../fakes/memory-services.ts';
import { aReceptionSite, iryna, olena, taras } from '../fakes/reception-site.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));

const today = isoDate('2026-11-24');
const make = () => aReceptionSite(memoryServices({ day: today }));
const button = (name: string | RegExp) => page.getByRole('button', { name });
const said = (text: string) => expect.element(page.getByText(text, { exact: false }).first()).toBeVisible();
const callsIn = (services: MemoryServices) =>
  [...useWorkspace.getState().records.values()]
    .filter(({ kind }) => kind === 'rollCall')
    .flatMap(({ id }) => findRollCall(id, services.valuesIn({ kind: 'rollCall', id })) ?? []);
const choose = async (name: string, state: string) => {
  const group = page.getByRole('radiogroup', { name });
  await expect.element(group).toBeVisible();
  (group.getByRole('radio', { name: state }).element() as HTMLElement).click();
};
let absences = 0;
const away = (services: MemoryServices, resident: string, from: string, until: string | null) => {
  absences += 1;
  services.put(
    { kind: 'absence', id: `5a5a5a5a-0000-4000-8000-0000000003${String(absences).padStart(2, '0')}` },
    {
      placement: { site: aSiteId },
      notice: { resident, from, reason: 'announced' },
      ...(until === null ? {} : { until }),
    },
  );
};

it.each<Language>(['nl', 'uk', 'en'])('is accessible, fits and has large targets in %s', async (language) => {
  const services = make();
  away(services, olena, '2026-11-20', null);
  await showPage('/presence', services, language);
  await expect.poll(() => document.querySelectorAll('[role=radiogroup]').length).toBe(4);
  await expectAccessible();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(window.innerWidth);
  for (const target of document.querySelectorAll('.roll-call__state, .roll-call__all'))
    expect(target.getBoundingClientRect().height).toBeGreaterThanOrEqual(48);
});

it('keeps a whole site in few operations: rooms by the round, marks for who is not as expected', async () => {
  const services = make();
  away(services, olena, '2026-11-20', null);
  await showPage('/presence', services);
  await button('Zoals verwacht A · kamer 1').click();
  await choose('Melnyk, Taras', 'Niet gezien');
  await choose('Koval, Iryna', 'Aanwezig');
  await said('4 van 4 nagelopen, 1 niet gezien, 1 aangekondigd weg');
  await button('Ronde afronden').click();
  await said('De ronde is bewaard');
  const [call, ...others] = callsIn(services);
  expect(others).toEqual([]);
  expect([...(call?.rounds[0]?.rooms ?? [])]).toEqual([['a1', '14:05']]);
  expect([...(call?.marks ?? [])]).toEqual([
    [taras, { state: 'not-seen', at: '14:05' }],
    [iryna, { state: 'present', at: '14:05' }],
  ]);
  expect(call?.finishedAt).toBe('14:05');
  const ops = services.recordOf({ kind: 'rollCall', id: call?.id ?? '' }).ops;
  expect(ops).toHaveLength(6);
  await said('Niet gezien: 1');
});

it('is done with the keyboard alone', async () => {
  const services = make();
  await showPage('/presence', services);
  await expect.element(page.getByRole('radiogroup', { name: 'Melnyk, Taras' })).toBeVisible();
  page.getByRole('radiogroup', { name: 'Melnyk, Taras' }).getByRole('radio').first().element().focus();
  await userEvent.keyboard(' {ArrowRight}{ArrowRight}');
  await said('1 van 4 nagelopen, 1 niet gezien');
});

it('goes on where it was left, also when nothing had reached the register', async () => {
  const services = make();
  services.drafts.set(
    `roll-call ${aSiteId} 2026-11-24`,
    JSON.stringify({ rooms: { a1: '09:00' }, marks: { [taras]: { state: 'not-seen', at: '09:01' } } }),
  );
  await showPage('/presence', services);
  await said('3 van 4 nagelopen, 1 niet gezien');
  await button('Ronde afronden').click();
  await expect.poll(() => callsIn(services)[0]?.marks.get(taras)?.at).toBe('09:01');
  await expect.poll(() => services.drafts.size).toBe(0);
});

it('keeps why a room was entered', async () => {
  const services = make();
  await showPage('/presence', services);
  await button('Kamer binnengegaan…').click();
  await button('Opslaan').click();
  await said('Kies een kamer');
  await expectAccessible();
  await page.getByRole('combobox').fill('kamer 2');
  await page.getByRole('option').first().click();
  await page.getByRole('textbox', { name: 'Reden' }).fill('al een week niet bereikt');
  await button('Opslaan').click();
  await said('14:05 · kamer 2: al een week niet bereikt');
});

it('shows on the page of a resident who saw whom, and proposes an absence from the first day not seen', async () => {
  const services = make();
  for (const [at, day] of ['2026-11-22', '2026-11-23'].entries()) {
    services.put(
      { kind: 'rollCall', id: `5a5a5a5a-0000-4000-8000-00000000040${String(at)}` },
      {
        placement: { site: aSiteId },
        call: { site: aSiteId, day },
        [`mark.${taras}`]: { state: 'not-seen', at: '10:00' },
      },
    );
  }
  await showPage(`/residents/${taras}`, services);
  await said('Niet gezien bij 2 rondes, vanaf 22-11-2026.');
  await page.getByText('Wie zag deze bewoner wanneer').click();
  await said('23-11-2026, 10:00 · Niet gezien');
  await button('Afwezigheid vastleggen').click();
  await expectAccessible();
  await button('Opslaan').click();
  await said('3 dagen weg in 2026.');
  await said('Nu 3 dagen achter elkaar.');
});

it('warns before the limit, on the page of the resident and on the page of the day', async () => {
  const services = make();
  away(services, taras, '2026-11-02', null);
  await showPage(`/residents/${taras}`, services);
  await said('23 dagen weg in 2026.');
  await said('Bijna 28 dagen weg in dit jaar.');
  await showPage('/', services);
  await said('Bij of over het aantal dagen afwezigheid: 1');
});
