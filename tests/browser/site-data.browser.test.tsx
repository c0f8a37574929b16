import { beforeAll, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { startI18n, type Language } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import { aSiteId } from '../../shared/demo/builders.ts';
import { isoDate } from '../../shared/kernel/dates.ts';
import { memoryServices } from '../fakes/memory-services.ts';
import { aReceptionSite } from '../fakes/reception-site.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));

const today = isoDate('2026-11-24');
const site = { kind: 'site', id: aSiteId } as const;
const make = () => aReceptionSite(memoryServices({ day: today }));
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const box = (name: string) => page.getByRole('dialog').getByRole('textbox', { name, exact: true });
const said = (text: string) => expect.element(page.getByText(text, { exact: false }).first()).toBeVisible();
const typeDay = async (name: string, digits: string) => {
  await userEvent.click(page.getByRole('group', { name, exact: true }).getByRole('spinbutton').first());
  await userEvent.keyboard(digits);
};
const rows = () => [...document.querySelectorAll('tbody tr')].map((row) => row.textContent);

describe('the data of a site', () => {
  it.each<Language>(['nl', 'uk', 'en'])('are accessible and fit in %s, as page and as form', async (language) => {
    await showPage(`/beds/site?site=${aSiteId}`, make(), language);
    const { siteData } = texts[language].reception;
    await expect.element(button(siteData.edit)).toBeVisible();
    await expectAccessible();
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(window.innerWidth);
    await button(siteData.edit).click();
    await expect.element(page.getByRole('dialog')).toBeVisible();
    await expectAccessible();
  });

  it('change by the keyboard alone, only what differs, with a way back and a history', async () => {
    const services = make();
    await showPage('/beds', services);
    await expect.element(button('Gegevens')).toBeVisible();
    button('Gegevens').element().focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(button('Gegevens wijzigen')).toBeVisible();
    button('Gegevens wijzigen').element().focus();
    await userEvent.keyboard('{Enter}');
    box('Naam van de locatie').element().focus();
    await userEvent.keyboard('{Control>}a{/Control}Hotel Zuid{Tab}Zuidkade 3');
    page
      .getByRole('button', { name: /Soort gebouw/ })
      .element()
      .focus();
    await userEvent.keyboard('hotel{Control>}{Enter}{/Control}');
    await said('De gegevens van de locatie zijn gewijzigd');
    expect(services.valuesIn(site)).toMatchObject({ name: 'Hotel Zuid', kind: 'hotel' });
    expect(services.valuesIn(site)['municipality']).toEqual({ code: '0000', name: 'Voorbeeldstad' });
    await said('Naam');
    // One line for each save: how the site began, and this change.
    const lines = [...document.querySelectorAll('.history li')].map(({ textContent }) => textContent);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('Naam');
    await button('Ongedaan maken').click();
    await expect.poll(() => services.valuesIn(site)['name']).toBe('De Havenkade');
  });

  it('asks whether another municipality is a change or a correction, and leaves past reports as they were', async () => {
    const services = make();
    await showPage(`/beds/site?site=${aSiteId}`, services);
    await button('Gegevens wijzigen').click();
    await box('Gemeente').fill('Nieuwstad');
    await box('Gemeentecode').fill('1111');
    await button('Opslaan').click();
    await said('Kies of het veranderd is of verkeerd stond');
    await page.getByText('Het is veranderd vanaf een dag').click();
    await typeDay('Veranderd vanaf', '01122026');
    await button('Opslaan').click();
    await said('Deze dag ligt in de toekomst');
    await typeDay('Veranderd vanaf', '01072026');
    await button('Opslaan').click();
    await said('De gegevens van de locatie zijn gewijzigd');
    expect(services.valuesIn(site)['municipality']).toEqual({ code: '0000', name: 'Voorbeeldstad' });
    await said('Eerder ingedeeld bij');
    await showPage('/reports?day=2026-06-30', services);
    await expect.poll(() => rows().some((row) => row.includes('Gemeente Voorbeeldstad'))).toBe(true);
    expect(rows().some((row) => row.includes('Nieuwstad'))).toBe(false);
  });
});

describe('the plan of beds on paper', () => {
  const paper = () => document.querySelector('.bed-paper')?.textContent ?? '';

  it('prints the day that is shown with one press, names and all', async () => {
    const services = make();
    await showPage('/beds?day=2026-11-20', services);
    await expect.element(button(/Bondar, Olena/).first()).toBeVisible();
    button('Afdrukken').element().focus();
    await userEvent.keyboard('{Enter}');
    expect(services.log).toContain('print');
    expect(paper()).toContain('De Havenkade, gebouw A');
    expect(paper()).toContain('Bedden op 20 november 2026, afgedrukt op');
    expect(paper()).toContain('Melnyk, Taras');
    // Everything that is for the screen alone stays there.
    const screen = document.querySelector('.bed-plan')?.closest('.no-print');
    expect(screen?.contains(document.querySelector('.bed-paper'))).toBe(false);
  });

  it('leaves the names out where they are not to be seen, on the screen and on paper', async () => {
    const services = make();
    await showPage('/beds', services);
    await page.getByText('Namen tonen').click();
    await expect.element(button(/Melnyk/).first()).not.toBeInTheDocument();
    await button('Afdrukken').click();
    expect(paper()).toContain('bezet');
    expect(paper()).not.toContain('Melnyk');
  });

  it('prints one building where one is chosen', async () => {
    const services = make();
    services.put(site, {
      ...services.valuesIn(site),
      'building.b': { name: 'B' },
      'room.b1': { building: 'b', name: '9', floor: 0 },
      'bed.b1-1': { room: 'b1', name: '1', outOfService: null },
    });
    await showPage('/beds?building=b', services);
    await button('Afdrukken').click();
    expect(document.querySelectorAll('.bed-paper__building')).toHaveLength(1);
    expect(paper()).toContain('De Havenkade, gebouw B');
  });
});
