import { expect, it } from 'vitest';
import { decideMany } from '../../../renderer/use-cases/decide-many.ts';
import { assessRun, type RunLine } from '../../../renderer/use-cases/month-run.ts';
import { registerReader } from '../../../renderer/use-cases/register-reader.ts';
import { saveRecord } from '../../../renderer/use-cases/save-record.ts';
import { overrideFieldId } from '../../../shared/contribution/municipal-policy.ts';
import { canApprove, exceptionsOf, lacksIncome } from '../../../shared/contribution/month-run.ts';
import type { ParameterName } from '../../../shared/contribution/parameter-row.ts';
import { isoDate, isoMonth } from '../../../shared/kernel/dates.ts';
import type { RecordKind, Value } from '../../../shared/records/record.ts';
import { aDevice, aResident, creating, type Device } from '../../fakes/device.ts';

const month = isoMonth('2026-10');
const site = '5117b0aa-0000-4000-8000-000000000001';
const id = (start: string, at: number) => `${start}-0000-4000-8000-${String(at).padStart(12, '0')}`;
const families = (at: number) => id('fa300000', at);
const residents = (at: number) => id('ee500000', at);

type Settings = Readonly<Partial<Record<ParameterName | 'month.first' | 'month.last' | 'no_income_info', string>>>;

async function aSite(settings: Settings = {}): Promise<Device> {
  const device = await aDevice();
  await put(device, 'site', site, {
    placement: { site },
    name: 'Noord 1',
    municipality: { code: '0402', name: 'Hilversum' },
    kind: 'building',
    cateredByDefault: false,
  });
  await put(device, 'municipalPolicy', id('b0110000', 1), {
    placement: { site: null },
    municipality: { code: '0402', name: 'Hilversum' },
    'basis.2022-04-01': { incomeBasis: 'net', reason: 'besluit' },
    ...Object.fromEntries(
      Object.entries(settings).map(([param, value]) => [
        overrideFieldId(param as ParameterName, isoDate('2022-04-01')),
        { to: null, value, reason: 'beleidsregel', source: 'gemeenteblad 1' },
      ]),
    ),
  });
  return device;
}
async function put(device: Device, kind: RecordKind, of: string, values: Readonly<Record<string, Value>>) {
  const saved = await device.save(creating({ kind, id: of }, values));
  if (!saved.ok) throw new Error(saved.error.type);
}
/** One adult; `from` is also the day of the membership where nothing else is given. */
async function household(
  device: Device,
  at: number,
  given: { from: string; arrival?: string; departure?: string; resident?: number; to?: string; income?: number },
) {
  const { from, arrival = from, departure, resident = at, to = null, income } = given;
  if (resident === at)
    await put(device, 'resident', residents(at), {
      ...aResident('Bondar', site),
      arrival: { date: arrival, from: null },
      ...(departure === undefined ? {} : { departure: { date: departure, reason: 'own-housing', destination: null } }),
      ...(income === undefined ? {} : { [`income.employment.${month}`]: { amountCents: income, evidence: 'payslip' } }),
    });
  await put(device, 'family', families(at), {
    placement: { site },
    label: `Bondar ${String(at)}`,
    [`member.${residents(resident)}.${from}`]: { to, relation: 'main-person' },
  });
}
const run = async (device: Device): Promise<readonly RunLine[]> =>
  (await assessRun(
    {
      reader: registerReader(device.vault),
      pause: () => Promise.resolve(),
      onProgress: () => undefined,
      signal: new AbortController().signal,
    },
    { month, site },
  )) ?? [];
const byFamily = (lines: readonly RunLine[]) =>
  Object.fromEntries(lines.map((line) => [Number(line.familyId.slice(-2)), line.now?.assessment]));

it('lists who arrives during the month and who leaves in it, by the days that the municipality settled', async () => {
  const device = await aSite({ 'month.first': 'pro_rata', 'month.last': 'pro_rata' });
  await household(device, 1, { from: '2026-01-10', income: 0 });
  await household(device, 2, { from: '2026-10-12', income: 0 });
  await household(device, 3, { from: '2026-01-10', departure: '2026-10-21', income: 0 });
  await household(device, 4, { from: '2026-11-01', income: 0 });
  // Moves from the first household on 15 October into one that begins with the next month.
  await household(device, 5, { from: '2026-10-15', resident: 1 });
  const lines = await run(device);
  const assessments = byFamily(lines);
  expect(Object.keys(assessments).map(Number)).toEqual([1, 2, 3]);
  // 314.84 a month: 20 of 31 days, each half a cent or more rounded up.
  expect(assessments[1]?.allowanceCents).toBe(31_484);
  expect(assessments[2]?.allowanceCents).toBe(Math.floor((31_484 * 20) / 31 + 0.5));
  expect(assessments[3]?.allowanceCents).toBe(Math.floor((31_484 * 20) / 31 + 0.5));
  expect(exceptionsOf(lines.find(({ familyId }) => familyId === families(2))!)).toEqual(['first-month']);
});

it('has no household of somebody who left before the month or is only expected, though the membership stands', async () => {
  const device = await aSite();
  await household(device, 1, { from: '2026-01-10', departure: '2026-09-20' });
  await household(device, 2, { from: '2026-01-10', departure: '2026-10-01' });
  await household(device, 3, { from: '2026-01-10', departure: '2026-10-02' });
  await household(device, 4, { from: '2026-01-10', arrival: '2026-11-05' });
  expect((await run(device)).map(({ familyId }) => familyId)).toEqual([families(3)]);
});

it('an arrival is decided in the run, to the amount of the part of the month', async () => {
  const device = await aSite({ 'month.first': 'pro_rata' });
  await household(device, 2, { from: '2026-10-12', income: 0 });
  const [line] = await run(device);
  const { familyId, grownChild, now } = line!;
  const report = await decideMany(
    {
      reader: registerReader(device.vault),
      save: (request) => saveRecord(device.vault, request),
      newId: () => device.newRef('contributionDecision').id,
      nowMs: () => 1_800_000_000_000,
      user: 'u_0000000000000001',
      appVersion: '0.0.0-test',
      pause: () => Promise.resolve(),
      onProgress: () => undefined,
      signal: new AbortController().signal,
    },
    [
      {
        ...{ familyId, grownChild, month, replaces: [] },
        allowanceCents: now!.assessment.allowanceCents,
        contributionCents: now!.assessment.contributionCents,
      },
    ],
  );
  expect(report).toMatchObject({ decided: 1, passed: [], error: null });
  const [again] = await run(device);
  expect(again!.standing[0]?.receipt.facts.partMonth).toEqual({ which: 'first', days: 20, of: 31 });
  expect(again!.standing[0]?.receipt.assessment.allowanceCents).toBe(now!.assessment.allowanceCents);
});

it('asks for an amount in the month of arrival where the municipality settled nothing', async () => {
  const device = await aSite();
  await household(device, 2, { from: '2026-10-12', income: 0 });
  const [line] = await run(device);
  expect(exceptionsOf(line!)).toEqual(['judge', 'first-month']);
  expect(canApprove(exceptionsOf(line!))).toBe(false);
});

it('a contribution imposed after an unanswered request is looked at and approved, and is no missing income', async () => {
  const device = await aSite({ no_income_info: 'default_impose' });
  await household(device, 1, { from: '2026-01-10' });
  await household(device, 2, { from: '2026-01-10' });
  const about = { type: 'request', familyId: families(1), grownChild: null, day: '2026-09-01', month, decision: null };
  await put(device, 'followUp', id('0a000000', 1), { placement: { site }, about });
  const [asked, silent] = await run(device);
  expect(asked!.now!.assessment).toMatchObject({ allowanceCents: 0, contributionCents: 24_422 });
  expect(lacksIncome(asked!.now!.assessment)).toBe(false);
  expect(exceptionsOf(asked!)).toContain('imposed');
  expect(exceptionsOf(asked!)).not.toContain('missing-income');
  expect(canApprove(exceptionsOf(asked!))).toBe(true);
  expect(exceptionsOf(silent!)).toContain('missing-income');
  expect(exceptionsOf(silent!)).not.toContain('imposed');
});
