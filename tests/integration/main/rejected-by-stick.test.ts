import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { aResident, creating } from '../../fakes/device.ts';
import { ownEndpoint } from '../endpoint/own-endpoint.ts';
import { runCommand } from '../endpoint/test-device.ts';
import { aStickLaptop } from './stick-laptop.ts';

const own = await ownEndpoint();
type Laptop = Awaited<ReturnType<typeof aStickLaptop>>;

let answers = 0;
/** To the endpoint and back, in a pocket. */
async function carry(laptop: Laptop): Promise<string> {
  const taken = await own.endpoint.casebox.take(readFileSync(await laptop.write()));
  if (!taken.ok) throw new Error(taken.error.type);
  const answer = path.join(laptop.stick, `answer-${++answers}.casebox`);
  writeFileSync(answer, taken.value.answer);
  return answer;
}

it('what was not let through goes out of the record without any network, and an old stick does not bring it back', async () => {
  const laptop = await aStickLaptop(own.endpoint, 5, {}, { role: 'interviewer' });
  const { device, main } = laptop;
  const ref = device.newRef('resident');
  // An interviewer writes what belongs to finance: it is kept at the endpoint and waits.
  const income = { 'income.employment.2026-11': { amountCents: 100_000, evidence: 'payslip' } };
  expect((await device.save(creating(ref, { ...aResident('Kovalenko'), ...income }))).ok).toBe(true);
  const first = await carry(laptop);
  expect(await laptop.read(first)).toMatchObject({ ok: true, value: { held: 1 } });
  expect(await device.valuesIn(ref)).toMatchObject(income);
  const status = () => main.host['sync:status']();
  expect((await status()).waiting).toMatchObject([{ state: 'held', why: 'rights' }]);

  await runCommand(own.data, 'reject', device.vault.user.id);
  expect(await laptop.read(await carry(laptop))).toMatchObject({ ok: true });
  expect(await device.valuesIn(ref)).not.toHaveProperty(['income.employment.2026-11']);
  expect(await device.valuesIn(ref)).toMatchObject({ name: { family: 'Kovalenko' } });
  const { rejected } = await status();
  expect(rejected).toHaveLength(1);
  expect(await laptop.read(first)).toMatchObject({ ok: true });
  expect((await status()).rejected).toEqual(rejected);
  expect(await device.valuesIn(ref)).not.toHaveProperty(['income.employment.2026-11']);
});
