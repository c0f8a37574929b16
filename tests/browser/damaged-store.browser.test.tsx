import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { page } from 'vitest/browser';
import { composeServices } from '../../renderer/app/compose-services.ts';
import { makeDatabase } from '../../renderer/adapters/database.ts';
import { languages, startI18n } from '../../renderer/i18n/i18n.ts';
import { useSession } from '../../renderer/stores/session-store.ts';
import type { Repair } from '../../shared/ports.ts';
import { recordKinds } from '../../shared/records/record.ts';
import { aResident, creating } from '../fakes/device.ts';
import { memoryServices } from '../fakes/memory-services.ts';
import { unlockingHost } from '../fakes/unlocking-host.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

const id = '5b0c7f64-8f2f-4f0e-9a39-3a1f6f1f0c11';

beforeEach(async () => {
  await startI18n('nl');
  for (const name of ['onderdak', 'onderdak-2']) await makeDatabase(name).delete();
  useSession.setState({ user: null, notices: [], repairs: [] });
});

/** Every look into the usual store fails from now on, as when its files are damaged. */
function breakUsualStore(): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own transaction below
  const { objectStore } = IDBTransaction.prototype;
  IDBTransaction.prototype.objectStore = function (this: IDBTransaction, name) {
    if (this.db.name === 'onderdak') throw new DOMException('gone', 'UnknownError');
    return objectStore.call(this, name);
  };
  onTestFinished(() => void (IDBTransaction.prototype.objectStore = objectStore));
}

it('a store that cannot be read is left as it is, and another one is filled from the second copy', async () => {
  const { host, main, user } = unlockingHost();
  const start = async () => {
    const { services } = await composeServices(host, {
      'app:locking': () => undefined,
      'app:second-start': () => undefined,
    });
    return services;
  };
  const before = await start();
  expect(await before.unlock(user.user, 'x')).toMatchObject({ ok: true });
  const ref = { kind: 'resident', id } as const;
  await before.save(creating(ref, { ...aResident('Kovalenko'), bsn: '111222333' }));
  breakUsualStore();

  const services = await start();
  expect(await services.unlock(user.user, 'x')).toMatchObject({ ok: true });
  expect(await services.open(ref)).toMatchObject({ ok: true, value: { values: { bsn: '111222333' } } });
  const ops = [...main.journal.values()].reduce((sum, { m }) => sum + (m ?? 1), 0);
  expect(useSession.getState().repairs).toEqual([{ type: 'restored', ops, locals: 0 }]);
  expect(useSession.getState().notices).toMatchObject([{ tone: 'error', text: /Vandaag leest u/ }]);
  const edit = { field: 'callName', value: 'Lena', base: [] };
  expect(await services.save({ records: [{ ref, edits: [edit] }], action: 'edit', purpose: null })).toMatchObject({
    ok: true,
  });
});

const repairs: readonly Repair[] = [
  { type: 'restored', ops: 74, locals: 2 },
  { type: 'rebuilt', records: [{ kind: 'returnIntake', id }] },
  { type: 'lost', records: recordKinds.map((kind) => ({ kind, id })) },
  { type: 'lost-ops', ops: 1 },
  { type: 'missing', ops: 12 },
  { type: 'copied-again', ops: 3, locals: 1 },
];
const sentences = {
  nl: [
    '74 wijzigingen zijn teruggezet',
    'teruggezet in 2 gesprekken',
    'opnieuw opgebouwd: gesprek 5b0c7f64',
    'niet te herstellen: locatie 5b0c7f64',
    '1 wijziging is beschadigd',
    '12 wijzigingen die op deze laptop stonden',
    'Het tweede exemplaar op deze laptop',
  ],
  uk: [
    'відновлено 74 зміни',
    'відновлено в 2 розмовах',
    'відтворено: розмова 5b0c7f64',
    'відновити тут неможливо: центр розміщення 5b0c7f64',
    '1 зміну пошкоджено',
    '12 змін, що були на цьому ноутбуці',
    'Друга копія на цьому ноутбуці',
  ],
  en: [
    '74 changes were brought back',
    'brought back in 2 interviews',
    'rebuilt: interview 5b0c7f64',
    'cannot be repaired here: site 5b0c7f64',
    '1 change is damaged',
    '12 changes that were on this laptop',
    'The second copy on this laptop',
  ],
};

it.each(languages)('what happened is told on the Today page, in %s', async (language) => {
  useSession.setState({ user: { id: unlockingHost().user.user, label: 'Anna', role: 'lead' }, repairs });
  await showPage('/', memoryServices(), language);
  for (const sentence of sentences[language]) await expect.element(page.getByText(new RegExp(sentence))).toBeVisible();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(window.innerWidth);
  await expectAccessible();
});
