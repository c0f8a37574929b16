import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { page } from 'vitest/browser';
import { startI18n } from '../../renderer/i18n/i18n.ts';
import type { Services } from '../../renderer/services.tsx';
import { isoMonth } from '../../shared/kernel/dates.ts';
import { aHilversumFamily, familyId, siteId } from '../fakes/contribution-family.ts';
import { memoryServices, type MemoryServices } from '../fakes/memory-services.ts';
import { showPage } from './show-page.tsx';

let services: MemoryServices;
beforeAll(async () => {
  await startI18n('nl');
  services = await decided();
}, 120_000);

const month = isoMonth('2025-10');
const count = 210;
const idOf = (start: string, at: number) => `${start}-0000-4000-8000-${String(at).padStart(12, '0')}`;
/** Names that are no part of one another, in the order of the letters. */
const nameOf = (at: number) => `Nr${String(at).padStart(3, '0')}x`;
const all = Array.from({ length: count }, (_, at) => nameOf(at));
const text = () => (document.body.textContent ?? '').replaceAll(/\s/gu, ' ');
const letters = () => [...document.querySelectorAll('article.letter')];
/** The page is long: only whether it says so. */
const said = (part: string) => expect.poll(() => text().includes(part), { timeout: 60_000 }).toBe(true);
/** Whose letters these are, as their texts say. */
const whose = (texts: readonly (string | null)[]) =>
  texts.map((one) => [...new Set((one ?? '').match(/Nr\d{3}x/g))].join('+'));
const press = async (name: string) => {
  const button = page.getByRole('button', { name });
  await expect.element(button).toBeInTheDocument();
  (button.element() as HTMLElement).click();
};

function household(services: MemoryServices, at: number, name: string) {
  const resident = idOf('ee700000', at);
  const names = { family: name, given: 'Olha', patronymic: '', familyCyrillic: '', givenCyrillic: '' };
  services.put(
    { kind: 'resident', id: resident },
    {
      placement: { site: siteId },
      name: { ...names, patronymicCyrillic: '' },
      birthDate: '1980-03-12',
      nationality: ['UA'],
      arrival: { date: '2025-01-10', from: null },
      'income.employment.2025-10': { amountCents: at % 3 === 0 ? 200_000 : 0, evidence: 'payslip' },
    },
  );
  services.put(
    { kind: 'family', id: idOf('fa700000', at) },
    {
      placement: { site: siteId },
      label: name,
      [`member.${resident}.2025-01-10`]: { to: null, relation: 'main-person' },
    },
  );
}
const decide = async (services: MemoryServices, at: number) => {
  const made = await services.decide(idOf('fa700000', at), month, null, null, null);
  if (!made.ok) throw new Error(made.error.type);
};
async function decided(): Promise<MemoryServices> {
  const services = aHilversumFamily(memoryServices());
  services.put({ kind: 'family', id: familyId }, { _deleted: true });
  for (const [at, name] of all.entries()) household(services, at, name);
  for (const at of all.keys()) await decide(services, at);
  return services;
}

/** Every value the progress shows, in order. */
function watchProgress(): number[] {
  const values: number[] = [];
  const look = () => {
    const shown = document.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow');
    if (shown !== null && shown !== undefined && Number(shown) !== values.at(-1)) values.push(Number(shown));
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, { subtree: true, childList: true, attributes: true });
  onTestFinished(() => observer.disconnect());
  return values;
}
const expectRising = (values: readonly number[]) => {
  expect(values.length).toBeGreaterThan(5);
  expect(values).toEqual([...values].sort((a, b) => a - b));
  expect(values.at(-1)).toBeLessThanOrEqual(count);
};

/** Holds the work at its `at`th step until it is released, so that a stop falls in the middle. */
function holdAt<Asked extends unknown[], Answer>(at: number, work: (...asked: Asked) => Promise<Answer>) {
  const gate = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  let step = 0;
  const held = async (...asked: Asked) => {
    step += 1;
    if (step === at) {
      reached.resolve();
      await gate.promise;
    }
    return work(...asked);
  };
  return { held, reached: reached.promise, release: () => gate.resolve(), steps: () => step };
}

it('of 210 decisions is stopped in the middle, gone on with, and made into one PDF: no letter missing, none twice', async () => {
  const { held, reached, release, steps } = holdAt(95, services.assess);
  const printed: string[][] = [];
  const savePdf: Services['savePdf'] = () => {
    printed.push(whose(letters().map((one) => one.textContent)));
    return Promise.resolve('saved');
  };
  await showPage('/letters?month=2025-10', { ...services, assess: held, savePdf });
  const progress = watchProgress();
  await press('Brieven maken');
  await reached;
  await press('Stoppen');
  release();
  await said('Gestopt na 94 van 210 huishoudens');
  expect(whose(letters().map((one) => one.textContent))).toEqual(all.slice(0, 94));
  await press('Verdergaan');
  await said('210 brieven klaar');
  expectRising(progress);
  // The one that was being made when it was stopped is the only one that had to be worked out again.
  expect(steps()).toBe(count + 1);
  await press('Opslaan als PDF');
  await expect.poll(() => printed.length).toBe(1);
  expect(printed[0]).toEqual(all);
}, 120_000);

it('writes 210 files, each of one household, stopped in the middle and gone on with', async () => {
  const folder = new Map<string, string[]>();
  const { held, reached, release, steps } = holdAt(120, (name: string) => {
    expect(folder.has(name)).toBe(false);
    folder.set(name, whose(letters().map((one) => one.textContent)));
    return Promise.resolve('saved' as const);
  });
  await showPage('/letters?month=2025-10', {
    ...services,
    letterFolder: () => Promise.resolve({ files: [...folder.keys()] }),
    saveLetter: held,
  });
  await press('Brieven maken');
  await said('210 brieven klaar');
  const progress = watchProgress();
  await press('Map kiezen en opslaan');
  await reached;
  await press('Stoppen');
  release();
  await said('Gestopt. 120 van 210 brieven staan in de map.');
  expect([...folder.values()].flat()).toEqual(all.slice(0, 120));
  await press('Verdergaan');
  await said('Daarvan stonden er al: 120.');
  expectRising(progress);
  expect(steps()).toBe(count);
  expect([...folder.values()].flat()).toEqual(all);
  expect(folder.size).toBe(count);
}, 180_000);

it('goes on with who came in meanwhile, and has nobody twice', async () => {
  const { held, reached, release } = holdAt(50, services.assess);
  await showPage('/letters?month=2025-10', { ...services, assess: held });
  await press('Brieven maken');
  await reached;
  await press('Stoppen');
  release();
  await said('Gestopt na 49 van 210 huishoudens');
  // Before all others in the list, so that every place in it moves.
  household(services, 900, 'Nr000a');
  household(services, 901, 'Nr999x');
  for (const at of [900, 901]) await decide(services, at);
  await said('Gestopt na 49 van 212 huishoudens');
  await press('Verdergaan');
  await said('212 brieven klaar');
  const made = letters().map((one) => one.textContent ?? '');
  expect(whose(made.filter((one) => !one.includes('Nr000a'))).sort()).toEqual([...all, 'Nr999x']);
  expect(made).toHaveLength(212);
}, 120_000);
