import { expect, it } from 'vitest';
import { findPayment, paymentValues, type Payment } from '../../../shared/follow-up/payment.ts';
import { isoDate, isoMonth } from '../../../shared/kernel/dates.ts';
import { cents } from '../../../shared/kernel/money.ts';
import type { RecordRef } from '../../../shared/records/record.ts';
import { openRecord } from '../../../renderer/use-cases/open-record.ts';
import { aDevice, creating, type Device } from '../../fakes/device.ts';
import { memoryEndpoint } from '../../fakes/memory-endpoint.ts';

const today = isoDate('2026-01-15');
const aPayment = (amount: number): Omit<Payment, 'id' | 'withdrawn'> => ({
  site: null,
  familyId: 'fa300000-0000-4000-8000-000000000001',
  grownChild: null,
  day: isoDate('2026-01-10'),
  month: isoMonth('2025-10'),
  decision: 'd0000000-0000-4000-8000-000000000001',
  of: 'contribution',
  amountCents: cents(amount),
  booking: '',
  recordedOn: today,
});
const listed: RecordRef = { kind: 'followUp', id: 'e1000000-0000-4000-8000-000000000001' };

async function two() {
  const endpoint = memoryEndpoint();
  const [a, b] = [await aDevice({ seed: 1 }), await aDevice({ seed: 2, user: 'u_0000000000000002' })];
  const meet = async () => {
    for (const device of [a, b, a, b]) expect(await device.sync(endpoint.transport)).toMatchObject({ ok: true });
  };
  return { a, b, meet };
}
const paymentsOn = async (device: Device, refs: readonly RecordRef[]) =>
  Promise.all(refs.map(async (ref) => findPayment(ref.id, (await device.valuesIn(ref)) ?? {})));
const put = async (device: Device, ref: RecordRef, amount: number) =>
  expect(await device.save(creating(ref, paymentValues(aPayment(amount))))).toMatchObject({ ok: true });

it('payments that two laptops typed in without a connection are both there', async () => {
  const { a, b, meet } = await two();
  const refs = [a.newRef('followUp'), b.newRef('followUp')] as const;
  await put(a, refs[0], 10_000);
  await put(b, refs[1], 4_422);
  await meet();
  for (const device of [a, b])
    expect((await paymentsOn(device, refs)).map((one) => one?.amountCents)).toEqual([10_000, 4_422]);
});

it('a line of the same list that two laptops read in is one payment, with nothing to choose', async () => {
  const { a, b, meet } = await two();
  await put(a, listed, 24_422);
  await put(b, listed, 24_422);
  await meet();
  for (const device of [a, b]) {
    expect(await paymentsOn(device, [listed])).toMatchObject([{ amountCents: 24_422, withdrawn: null }]);
    const opened = await openRecord(device.vault, listed, null);
    expect(opened.ok && opened.value.unsettled).toEqual([]);
  }
});

it('a payment is withdrawn by adding to it: what it said stays, also where both laptops withdraw it', async () => {
  const { a, b, meet } = await two();
  await put(a, listed, 24_422);
  await meet();
  for (const [device, on] of [
    [a, '2026-01-20'],
    [b, '2026-01-18'],
  ] as const) {
    const edits = [{ field: 'withdrawn', value: { on, reason: 'verkeerd gezin' }, base: [] }];
    expect(await device.save({ records: [{ ref: listed, edits }], action: 'edit', purpose: null })).toMatchObject({
      ok: true,
    });
  }
  await meet();
  for (const device of [a, b])
    expect(await paymentsOn(device, [listed])).toMatchObject([
      { amountCents: 24_422, withdrawn: { on: '2026-01-18' } },
    ]);
});

it('a record of this kind that is no payment is none, and a payment is nothing to follow up', () => {
  const values = paymentValues(aPayment(100));
  expect(
    findPayment(listed.id, { ...values, about: { ...(values['about'] as object), type: 'arrear' } }),
  ).toBeUndefined();
  expect(findPayment(listed.id, { ...values, _deleted: true })).toBeUndefined();
  expect(
    findPayment(listed.id, { ...values, payment: [{ ...(values['payment'] as object), amountCents: 0 }] }),
  ).toBeUndefined();
});
