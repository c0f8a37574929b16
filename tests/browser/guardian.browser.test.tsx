import { beforeAll, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { startI18n } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import { aResident, aResidentId } from '../../shared/demo/builders.ts';
import { isoDate } from '../../shared/kernel/dates.ts';
import { toResident } from '../../shared/register/resident.ts';
import { memoryServices } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));
const { register, facts, common } = texts.nl;
const ref = { kind: 'resident', id: aResidentId } as const;
const optional = (label: string) => common.form.optional.replace('{{label}}', label);
const kinds = facts.code.guardianKind;
const said = (state: 'nobody' | 'companion' | 'reported') => page.getByText(register.guardian.state[state]);

function begin(values: object) {
  const services = memoryServices({ day: isoDate('2026-11-25') });
  services.put(ref, aResident({ ...values }).values);
  return services;
}
async function add(kind: string, name: string) {
  await userEvent.click(page.getByRole('button', { name: facts.addTo.replace('{{what}}', facts.one.guardian) }));
  const dialog = page.getByRole('dialog');
  await userEvent.click(dialog.getByRole('button', { name: new RegExp(facts.part.guardianKind) }));
  await userEvent.click(page.getByRole('option', { name: kind, exact: true }));
  await userEvent.fill(dialog.getByLabelText(optional(facts.part.guardianName), { exact: true }), name);
  await userEvent.click(dialog.getByRole('button', { name: common.action.save, exact: true }));
  await expect.element(dialog).not.toBeInTheDocument();
}

it('asks for a guardian of a child without parents until somebody with authority is recorded, and keeps all', async () => {
  const services = begin({ birthDate: '2012-05-01', unaccompanied: true });
  await showPage(`/residents/${aResidentId}`, services);
  await expect.element(said('nobody')).toBeVisible();
  await expectAccessible();
  await add(kinds.companion, 'Oksana Bila');
  await expect.element(said('companion')).toBeVisible();
  await add(kinds.reported, '');
  await expect.element(said('reported')).toBeVisible();
  await add(kinds.institution, 'A. Jansen');
  await expect.element(said('reported')).not.toBeInTheDocument();
  await expect.element(page.getByText(new RegExp('Oksana Bila'))).toBeVisible();
  const { guardians } = toResident(aResidentId, services.valuesIn(ref));
  expect(guardians.map(({ kind }) => kind).sort()).toEqual(['companion', 'institution', 'reported']);
});

it('says nothing of a child with a parent', async () => {
  await showPage(`/residents/${aResidentId}`, begin({ birthDate: '2012-05-01' }));
  await expect.element(page.getByRole('heading', { name: register.guardian.title })).toBeVisible();
  await expect.element(said('nobody')).not.toBeInTheDocument();
});

it('is not there for a grown-up', async () => {
  await showPage(`/residents/${aResidentId}`, begin({ unaccompanied: true }));
  await expect.element(page.getByRole('heading', { name: register.section.contact })).toBeVisible();
  await expect.element(page.getByRole('heading', { name: register.guardian.title })).not.toBeInTheDocument();
});
