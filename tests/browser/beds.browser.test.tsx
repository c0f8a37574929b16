import { beforeAll, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { startI18n, type Language } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import { aSite, aSiteId } from '../../shared/demo/builders.ts';
import { isoDate } from '../../shared/kernel/dates.ts';
import { findBedStay, staysOn } from '../../shared/reception/bed-stay.ts';
import type { Value } from '../../shared/records/record.ts';
import { memoryServices, type MemoryServices } from '../fakes/memory-services.ts';
import { aReceptionSite, danylo, iryna, olena, stayOf, taras } from '../fakes/reception-site.ts';
import { useWorkspace } from '../../renderer/stores/workspace-store.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));

const today = isoDate('2026-11-24');
const make = () => aReceptionSite(memoryServices({ day: today }));
const button = (name: string | RegExp) => page.getByRole('button', { name });
const said = (text: string) => expect.element(page.getByText(text, { exact: false }).first()).toBeVisible();
const bedsOf = (services: MemoryServices, resident: string, day = today) => {
  const stays = [...useWorkspace.getState().records.values()]
    .filter(({ kind }) => kind === 'bedStay')
    .flatMap(({ id }) => findBedStay(id, services.valuesIn({ kind: 'bedStay', id })) ?? []);
  return staysOn(stays, day)
    .filter((stay) => stay.resident === resident)
    .map(({ bed }) => bed);
};

describe('the plan of beds', () => {
  it.each<Language>(['nl', 'uk', 'en'])('is accessible and fits in %s, as plan and as list', async (language) => {
    await showPage('/beds', make(), language);
    await expect.element(button(/Bondar, Olena/)).toBeVisible();
    await expectAccessible();
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(window.innerWidth);
    document.querySelectorAll<HTMLElement>('.choice-field__choice')[1]?.click();
    await expect.element(page.getByRole('grid')).toBeVisible();
    await expectAccessible();
  });

  it('moves somebody to a bed that is suggested, with the reason in words', async () => {
    const services = make();
    await showPage(`/beds?resident=${iryna}`, services);
    await said('Bedden die passen');
    await said('lege kamer');
    await button('A · Bed 3.1').click();
    await said('De bewoner heeft nu bed Bed 3.1');
    expect(bedsOf(services, iryna)).toEqual(['a3-1']);
  });

  it('moves by the menu of a bed, with the keyboard alone, and takes it back', async () => {
    const services = make();
    await showPage('/beds', services);
    await expect.element(button(/Melnyk, Taras/)).toBeVisible();
    bed('a2-1').focus();
    await userEvent.keyboard('{Enter}');
    button('Verplaatsen…').element().focus();
    await userEvent.keyboard('{Enter}');
    await said('Bed kiezen voor Melnyk, Taras');
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    button('A · Bed 3.1').element().focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => bedsOf(services, taras)).toEqual(['a3-1']);
    expect(bedsOf(services, taras, isoDate('2026-11-23'))).toEqual(['a2-1']);
    await button('Ongedaan maken').click();
    await expect.poll(() => bedsOf(services, taras)).toEqual(['a2-1']);
  });

  it('swaps two residents', async () => {
    const services = make();
    await showPage(`/beds?resident=${taras}`, services);
    await button(/1 Bondar, Olena/).click();
    await button('Ruilen met Bondar, Olena').click();
    await expect.poll(() => [bedsOf(services, taras), bedsOf(services, olena)]).toEqual([['a1-1'], ['a2-1']]);
  });

  it('moves by drag, and asks where something speaks against it', async () => {
    const services = make();
    await showPage('/beds', services);
    await expect.element(button(/Melnyk, Taras/)).toBeVisible();
    drag(bed('a2-1'), bed('a3-1'));
    await expect.poll(() => bedsOf(services, taras)).toEqual(['a3-1']);
    drag(bed('a3-1'), bed('a1-1'));
    await expect.element(button('Ruilen met Bondar, Olena')).toBeVisible();
    expect(bedsOf(services, taras)).toEqual(['a3-1']);
  });

  it('warns before strangers share a room, and gives the bed when it is asked again', async () => {
    const services = make();
    await showPage(`/beds?resident=${iryna}`, services);
    await button(/^2 vrij/)
      .first()
      .click();
    await button('Dit bed geven').click();
    await said('In deze kamer slaapt iemand van het andere geslacht');
    expect(bedsOf(services, iryna)).toEqual([]);
    await button('Dit bed toch geven').click();
    await expect.poll(() => bedsOf(services, iryna)).toEqual(['a2-2']);
  });

  it('lets a household share a bed, and says so first', async () => {
    const services = make();
    await showPage(`/beds?resident=${danylo}`, services);
    await button(/1 Bondar, Olena/).click();
    await button('Dit bed geven').click();
    await said('Ze delen het bed dan.');
    await button('Bed laten delen').click();
    await expect.poll(() => bedsOf(services, danylo)).toEqual(['a1-1']);
    await expect.element(button('1 Bondar, Olena + Bondar, Danylo')).toBeVisible();
    expect(document.querySelectorAll('.double')).toHaveLength(0);
  });

  it('reserves a bed until a day, and takes one out of service', async () => {
    const services = make();
    await showPage('/beds', services);
    await button(/^1 vrij/).click();
    await button('Reserveren…').click();
    await button('Bed reserveren').click();
    await said('Geef een reden');
    await page.getByRole('textbox', { name: 'Reden' }).fill('gezin komt morgen');
    await typeDay('Gereserveerd tot', '01122026');
    await button('Bed reserveren').click();
    await expect.element(button(/1 gereserveerd/)).toBeVisible();
    const site = services.valuesIn({ kind: 'site', id: aSiteId });
    expect(site['reserved.a3-1.2026-11-24']).toEqual({
      reason: 'gezin komt morgen',
      family: null,
      until: '2026-12-01',
    });
    await button(/^2 vrij/).click();
    await button('Buiten gebruik stellen…').click();
    await page.getByRole('textbox', { name: 'Reden' }).fill('lekkage');
    await button('Bed buiten gebruik stellen').click();
    await expect.element(button(/2 buiten gebruik/)).toBeVisible();
    await button(/2 buiten gebruik/).click();
    await expectAccessible();
    await button('Weer in gebruik nemen').click();
    await expect.element(button(/^2 vrij/)).toBeVisible();
  });

  it('asks of a new site in which safety region it lies and whether it is private shelter, by keyboard', async () => {
    const services = make();
    await showPage('/beds', services);
    const { reception, reports } = texts.nl;
    await button(reception.beds.newSite).click();
    const dialog = page.getByRole('dialog');
    await expect.element(dialog.getByRole('textbox', { name: reception.siteForm.address })).toBeVisible();
    await expectAccessible();
    await dialog.getByRole('textbox', { name: reception.siteForm.name }).fill('Bij gastgezinnen');
    await dialog.getByRole('textbox', { name: reception.siteForm.municipalityName, exact: true }).fill('Goes');
    await dialog.getByRole('textbox', { name: reception.siteForm.municipalityCode }).fill('0664');
    const region = dialog.getByRole('button', { name: new RegExp(reports.regions.region) });
    (region.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('option', { name: 'Zeeland' })).toBeVisible();
    await userEvent.keyboard('Zeel{Enter}{Tab}{ArrowDown}');
    await dialog.getByRole('button', { name: reception.siteForm.save }).click();
    await said(reception.siteForm.created);
    const made = [...useWorkspace.getState().records.values()]
      .filter(({ kind }) => kind === 'site')
      .map(({ id }) => services.valuesIn({ kind: 'site', id }))
      .find(({ name }) => name === 'Bij gastgezinnen');
    expect(made).toMatchObject({ safetyRegion: 'VR19', shelter: 'private', municipality: { code: '0664' } });
  });

  it('shows what was and what is planned on another day', async () => {
    const services = make();
    services.put({ kind: 'bedStay', id: stayOf(3) }, { until: '2026-11-25' });
    await showPage('/beds?day=2026-11-30', services);
    await said('U ziet wat er voor deze dag gepland is.');
    await expect.element(button(/Melnyk, Taras/)).not.toBeInTheDocument();
    await showPage('/beds?day=2026-01-31', make());
    await said('U ziet hoe het op deze dag was.');
  });

  it('renames a room and gives it up, and keeps the past', async () => {
    const services = make();
    await showPage('/beds', services);
    await button('Kamer 3 wijzigen').click();
    await page.getByRole('textbox', { name: 'Naam of nummer' }).fill('3b');
    await page.getByText('familiekamer').click();
    await typeDay('Niet meer in gebruik vanaf (optioneel)', '24112026');
    await expectAccessible();
    await button('Opslaan').click();
    await expect.element(page.getByRole('heading', { name: 'Kamer 3b' })).not.toBeInTheDocument();
    const site = services.valuesIn({ kind: 'site', id: aSiteId });
    expect(site['room.a3']).toEqual({ building: 'a', name: '3b', floor: 1 });
    expect(site['traits.room.a3.2026-11-24']).toEqual({ traits: ['family-room'] });
    await button('Dag eerder').click();
    await expect.element(page.getByRole('heading', { name: 'Kamer 3b' })).toBeVisible();
  });

  it('adds no room below the deepest floor or with more beds than a room holds', async () => {
    const services = make();
    const rooms = () =>
      Object.keys(services.valuesIn({ kind: 'site', id: aSiteId })).filter((key) => /^room/.test(key));
    const before = rooms();
    await showPage('/beds', services);
    await button('Kamer met bedden toevoegen').click();
    await page.getByRole('textbox', { name: 'Kamer', exact: true }).fill('9');
    await page.getByLabelText('Verdieping').fill('-6');
    await page.getByLabelText('Aantal bedden').fill('13');
    await button('Opslaan').click();
    await said('Vul een verdieping in van -5 tot 60');
    await said('Vul een aantal van 1 tot 12 in');
    expect(rooms()).toEqual(before);
    await page.getByLabelText('Verdieping').fill('-5');
    await page.getByLabelText('Aantal bedden').fill('12');
    await button('Opslaan').click();
    await expect.poll(() => rooms().length).toBe(before.length + 1);
  });

  it('keeps what a site agrees, dated', async () => {
    const services = make();
    await showPage(`/beds/site?site=${aSiteId}`, services);
    await button('Nieuwe afspraken').click();
    await page.getByText('Eén huishouden per kamer').click();
    await expectAccessible();
    await button('Opslaan').click();
    await said('De afspraken zijn bewaard');
    expect(services.valuesIn({ kind: 'site', id: aSiteId })['rules.2026-11-24']).toEqual({
      oneHouseholdPerRoom: true,
      womenOnlyRooms: false,
      absenceCount: 'both-days',
    });
  });

  it('holds 200 beds without making a button wait', async () => {
    const services = make();
    const parts: Record<string, Value> = {};
    for (let room = 10; room < 110; room++) {
      parts[`room.b${String(room)}`] = { building: 'a', name: String(room), floor: 2 };
      for (const bedName of ['1', '2'])
        parts[`bed.b${String(room)}-${bedName}`] = { room: `b${String(room)}`, name: bedName, outOfService: null };
    }
    services.put({ kind: 'site', id: aSiteId }, aSite(parts).values);
    await showPage('/beds', services);
    await expect.poll(() => document.querySelectorAll('[data-bed]').length).toBeGreaterThan(200);
    const before = bed('b50-1');
    bed('b50-2').click();
    await expect.element(page.getByRole('dialog')).toBeVisible();
    // A dialog over the plan makes no bed anew.
    expect(bed('b50-1')).toBe(before);
  });
});

describe('a double booking', () => {
  it.each<Language>(['nl', 'uk', 'en'])('is one question on the review page in %s', async (language) => {
    const services = make();
    services.put(
      { kind: 'bedStay', id: stayOf(9) },
      { placement: { site: aSiteId }, stay: { site: aSiteId, bed: 'a2-1', resident: iryna, from: '2026-11-20' } },
    );
    await showPage('/review', services, language);
    await expect.poll(() => document.querySelectorAll('.double').length).toBe(1);
    await expectAccessible();
  });

  it('is settled with one choice, and nobody loses another night', async () => {
    const services = make();
    services.put(
      { kind: 'bedStay', id: stayOf(9) },
      { placement: { site: aSiteId }, stay: { site: aSiteId, bed: 'a2-1', resident: iryna, from: '2026-11-20' } },
    );
    await showPage('/beds', services);
    await expect.element(button(/dubbel geboekt: Melnyk, Taras \+ Koval, Iryna/)).toBeVisible();
    await button('Koval, Iryna houdt het bed').click();
    await expect.poll(() => [bedsOf(services, iryna), bedsOf(services, taras)]).toEqual([['a2-1'], []]);
    expect(bedsOf(services, taras, isoDate('2026-11-19'))).toEqual(['a2-1']);
    await expect.element(button('Koval, Iryna houdt het bed')).not.toBeInTheDocument();
  });

  it('and a bed that closes under somebody are both on the review page', async () => {
    const services = make();
    services.put({ kind: 'site', id: aSiteId }, { 'closed.a2-1.2026-12-01': { reason: 'lekkage', until: null } });
    await showPage('/review', services);
    await expect.element(page.getByRole('link', { name: /Melnyk, Taras, bed De Havenkade/ })).toBeVisible();
    await expectAccessible();
  });

  it('can be a bed that a household shares', async () => {
    const services = make();
    services.put({ kind: 'bedStay', id: stayOf(2) }, { void: { reason: 'test' } });
    services.put(
      { kind: 'bedStay', id: stayOf(8) },
      { placement: { site: aSiteId }, stay: { site: aSiteId, bed: 'a1-1', resident: danylo, from: '2026-11-20' } },
    );
    await showPage('/review', services);
    await button('Ze delen het bed (zelfde huishouden)').click();
    await said('Er zijn geen gegevens met twee versies.');
    expect(bedsOf(services, danylo)).toEqual(['a1-1']);
  });
});

const bed = (key: string) => {
  const found = document.querySelector<HTMLElement>(`[data-bed="${key}"]`);
  if (found === null) throw new Error(`no bed ${key}`);
  return found;
};

function drag(from: HTMLElement, to: HTMLElement): void {
  const dataTransfer = new DataTransfer();
  const fire = (target: HTMLElement, type: string) =>
    target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
  fire(from, 'dragstart');
  fire(to, 'dragover');
  fire(to, 'drop');
  fire(from, 'dragend');
}

/** A day as it is typed, digit after digit, in the order of the language. */
async function typeDay(label: string, digits: string): Promise<void> {
  const group = page.getByRole('group', { name: label });
  group.getByRole('spinbutton').first().element().focus();
  await userEvent.keyboard(digits);
}
