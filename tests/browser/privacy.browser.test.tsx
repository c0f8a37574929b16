import { beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { startI18n } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import { aResident } from '../../shared/demo/builders.ts';
import { isoDate } from '../../shared/kernel/dates.ts';
import { memoryServices, testUser } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeEach(() => startI18n('nl'));
const { privacy, facts, common } = texts.nl;
const today = isoDate('2026-11-24');
const button = (name: string) => page.getByRole('button', { name, exact: true });

function begin(extra: Parameters<typeof aResident>[0] = {}) {
  const services = memoryServices({ day: today });
  const resident = aResident(extra);
  services.put({ kind: 'resident', id: resident.id }, resident.values);
  return { services, id: resident.id };
}

it('asks what for, makes the document in the language of the person, and lets nothing out before it was read', async () => {
  const { services, id } = begin();
  await showPage(`/residents/${id}/access`, services);
  await expectAccessible();
  await userEvent.click(button(privacy.access.make));
  await expect.element(page.getByText(privacy.access.identityMissing)).toBeVisible();
  await userEvent.fill(page.getByLabelText(privacy.access.identity), 'paspoort gezien');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('heading', { name: texts.uk.privacy.document.title })).toBeVisible();
  await expectAccessible();
  expect(services.log).toContain('gather subject access, resident, paspoort gezien');
  const log = page.getByRole('table');
  await expect.element(log.getByText(texts.uk.privacy.log.access)).toBeVisible();
  await expect.element(log.getByText(new RegExp(texts.uk.privacy.log.action.view))).toBeVisible();
  await expect.element(button(privacy.access.json)).toBeDisabled();
  await userEvent.click(page.getByText(privacy.access.read));
  await userEvent.click(button(privacy.access.json));
  await expectAccessible();
  const passphrase = 'trein fiets molen kaas';
  await userEvent.fill(page.getByLabelText(privacy.seal.passphrase, { exact: true }), passphrase);
  await userEvent.fill(page.getByLabelText(privacy.seal.repeat, { exact: true }), passphrase);
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => [...services.files.keys()].length).toBe(1);
  const [name, bytes] = [...services.files][0] ?? ['', new Uint8Array(0)];
  const noted = services.log;
  expect(noted.findIndex((line) => line.startsWith('export subject-access'))).toBeLessThan(
    noted.indexOf(`file ${name}.age under "${passphrase}"`),
  );
  const file = JSON.parse(new TextDecoder().decode(bytes)) as {
    records: { kind: string; fields: unknown[] }[];
    log: { isWhole: boolean; entries: { action: string; by: string }[] };
  };
  expect(file.log.isWhole).toBe(true);
  expect(file.log.entries).toMatchObject([{ action: 'view', by: testUser }]);
  expect(file.records[0]?.kind).toBe('resident');
  expect(file.records[0]?.fields.length).toBeGreaterThan(3);
});

it.each([
  ['could not be read', null, privacy.access.noLog, texts.uk.privacy.log.unreadable],
  ['has a gap', { isWhole: false, entries: [] }, privacy.access.brokenLog, texts.uk.privacy.log.broken],
] as const)('says it on the screen and in the document when the log %s', async (_name, lines, said, written) => {
  const log = lines && { isWhole: lines.isWhole, entries: [...lines.entries] };
  const { services, id } = begin();
  await showPage(`/residents/${id}/access`, { ...services, subjectLog: () => Promise.resolve(log) });
  await userEvent.fill(page.getByLabelText(privacy.access.identity), 'paspoort gezien');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText(said)).toBeVisible();
  await expect.element(page.getByText(written)).toBeVisible();
});

it('marks what the person disputes, from the page of the resident, by keyboard', async () => {
  const key = 'correction.c1';
  const { services, id } = begin({
    [key]: {
      ...{ askedOn: '2026-11-20', about: 'birthDate', correctionOutcome: 'disputed', askedBy: 'resident' },
      ...{ source: 'geboorteakte', why: 'dag en maand verwisseld', statement: null },
    },
  });
  await showPage(`/residents/${id}`, services);
  const label = facts.code.correctedField.birthDate;
  await expect.element(page.getByText(facts.disputed.replace('{{fields}}', label))).toBeVisible();
  await expect.element(page.getByText(/dag en maand verwisseld/)).toBeVisible();
  await expectAccessible();
});

it('shows what is past its term and what has to stay, and erases nothing', async () => {
  const departure = { date: '2021-01-10', reason: 'other-municipality', destination: null };
  const { services } = begin({ departure });
  services.put(
    { kind: 'municipalPolicy', id: '7c9d1f3e-5a7c-4d2e-8f60-718293a4b5c6' },
    { placement: { site: null }, municipality: { code: '0344', name: 'Utrecht' } },
  );
  await showPage('/retention', services);
  await expect.element(page.getByText(privacy.retention.nothing)).toBeVisible();
  await expectAccessible();
  await userEvent.click(button(privacy.retention.setOf.replace('{{name}}', privacy.class.file)));
  await expectAccessible();
  await userEvent.click(page.getByRole('dialog').getByRole('button', { name: common.action.save, exact: true }));
  await expect.element(page.getByText(privacy.retention.sourceMissing)).toBeVisible();
  await userEvent.fill(page.getByLabelText(privacy.retention.monthsLabel), '24');
  await userEvent.fill(page.getByLabelText(privacy.retention.sourceLabel), 'Besluit college 2026-12');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText(new RegExp(privacy.retention.goes))).toBeVisible();
  await expect.element(page.getByText(privacy.retention.undecided)).toBeVisible();
  expect(services.log.some((line) => line.includes('erase'))).toBe(false);
});

it('takes no term shorter than the law asks for, and none without what it rests on', async () => {
  const { services } = begin();
  const policy = { kind: 'municipalPolicy', id: '7c9d1f3e-5a7c-4d2e-8f60-718293a4b5c6' } as const;
  services.put(policy, { placement: { site: null }, municipality: { code: '0344', name: 'Utrecht' } });
  await showPage('/retention', services);
  await userEvent.click(button(privacy.retention.setOf.replace('{{name}}', privacy.class.money)));
  await userEvent.fill(page.getByLabelText(privacy.retention.monthsLabel), '59');
  await userEvent.fill(page.getByLabelText(privacy.retention.sourceLabel), 'Besluit college 2026-12');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText(privacy.retention.tooShort_other.replace('{{count}}', '60'))).toBeVisible();
  expect(services.valuesIn(policy)['retention.money']).toBeUndefined();
  await userEvent.fill(page.getByLabelText(privacy.retention.monthsLabel), '60');
  await userEvent.fill(page.getByLabelText(privacy.retention.sourceLabel), ' ');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText(privacy.retention.sourceMissing)).toBeVisible();
  expect(services.valuesIn(policy)['retention.money']).toBeUndefined();
  await userEvent.fill(page.getByLabelText(privacy.retention.sourceLabel), 'Besluit college 2026-12');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => services.valuesIn(policy)['retention.money']).toMatchObject({ months: 60 });
});
