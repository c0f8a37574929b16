import { afterAll, beforeAll, expect, it } from 'vitest';
import pg from 'pg';
import { inflate, isSignedBy, sha256 } from '../../../endpoint/server-key.ts';
import { startEndpoint, type Endpoint } from '../../../endpoint/start-endpoint.ts';
import { decideContribution } from '../../../renderer/use-cases/decide-contribution.ts';
import { registerReader } from '../../../renderer/use-cases/register-reader.ts';
import { recompute, toContributionDecision } from '../../../shared/contribution/decision.ts';
import { isoMonth } from '../../../shared/kernel/dates.ts';
import { recordIdOf } from '../../../shared/kernel/ids.ts';
import type { RecordRef, Value } from '../../../shared/records/record.ts';
import { decodeFrame, type Frame } from '../../../shared/sync/frame.ts';
import { aDevice, aName, creating, type Device } from '../../fakes/device.ts';
import { transportOf } from './laptop-transport.ts';
import { adminUrlOf, enrolled, makeDataFolder, type TestDevice } from './test-device.ts';

const folder = await makeDataFolder();
let endpoint: Endpoint;
let client: pg.Client;
beforeAll(async () => {
  endpoint = await startEndpoint({ data: folder.path });
  client = new pg.Client({ connectionString: await adminUrlOf(endpoint, folder.path) });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await endpoint.stop();
  await folder.remove();
});

/** One adult with income on a site without meals, with a hardship decision, in a municipality that settled net income. */
async function aHousehold(device: Device): Promise<RecordRef> {
  const refOf = async (kind: RecordRef['kind'], values: Readonly<Record<string, Value>>) => {
    const ref = device.newRef(kind);
    expect(await device.save(creating(ref, values))).toMatchObject({ ok: true });
    return ref;
  };
  const municipality = { code: '0402', name: 'Hilversum' };
  const site = await refOf('site', {
    placement: { site: null },
    name: 'Noord 1',
    municipality,
    kind: 'building',
    cateredByDefault: false,
  });
  const placement = { site: site.id };
  await refOf('municipalPolicy', {
    placement: { site: null },
    municipality,
    'basis.2022-04-01': { incomeBasis: 'net', reason: 'Besluit college' },
  });
  const mother = await refOf('resident', {
    placement,
    name: aName('Bondar', 'Iryna'),
    birthDate: '1988-03-12',
    nationality: ['UA'],
    arrival: { date: '2022-05-01', from: null },
    'income.employment.2025-10': { amountCents: 200_000, evidence: 'payslip' },
  });
  const family = await refOf('family', {
    placement,
    label: 'Bondar',
    [`member.${mother.id}.2022-05-01`]: { to: null, relation: 'main-person' },
  });
  const about = {
    type: 'hardship',
    familyId: family.id,
    grownChild: null,
    day: '2025-10-01',
    month: null,
    decision: null,
  };
  await refOf('followUp', {
    placement,
    about,
    hardship: { amountCents: 10_037, until: '2026-03-31', reason: 'hoge zorgkosten', evidence: 'rekeningen' },
  });
  return family;
}

async function framesAt(laptop: TestDevice): Promise<readonly { readonly bytes: Uint8Array; readonly frame: Frame }[]> {
  const { rows } = await client.query<{ bytes: Buffer }>('SELECT bytes FROM frame WHERE device = $1 ORDER BY g', [
    laptop.id,
  ]);
  return rows.map(({ bytes }) => {
    const decoded = decodeFrame(bytes, readerFor(laptop));
    if (!decoded.ok) throw new Error(decoded.error.type);
    return { bytes, frame: decoded.value };
  });
}

/** Knows the key of this laptop and no other. */
const readerFor = (laptop: TestDevice) => ({
  sha256,
  inflate,
  verify: (device: string, digest: Uint8Array, signature: Uint8Array) =>
    device === laptop.id && isSignedBy(Buffer.from(laptop.publicKey, 'base64url'), digest, signature),
});

it('a decision lies in a frame that its laptop signed, and comes to the same cent when it is worked out from there', async () => {
  const laptop = await enrolled(endpoint);
  const device = await aDevice({ user: laptop.user });
  const family = await aHousehold(device);
  const decided = await decideContribution(
    {
      reader: registerReader(device.vault),
      save: device.save,
      newId: () => device.newRef('contributionDecision').id,
      nowMs: () => Date.parse('2025-11-03T10:00:00Z'),
      user: laptop.user,
      appVersion: '0.1.0',
    },
    { familyId: family.id, month: isoMonth('2025-10'), grownChild: null, judgement: null, confirmation: null },
  );
  if (!decided.ok) throw new Error(decided.error.type);
  expect(await device.sync(transportOf(laptop))).toMatchObject({ ok: true });

  const frames = await framesAt(laptop);
  const found = frames.flatMap(({ bytes, frame }) =>
    frame.ops
      .filter(({ id, f }) => recordIdOf(id) === decided.value.id && f === 'decision')
      .map((op) => ({ bytes, frame, op })),
  );
  expect(found).toHaveLength(1);
  const [{ bytes, frame, op }] = found as [(typeof found)[number]];
  expect(frame.header).toMatchObject({ device: laptop.id, user: laptop.user, c: 'finance' });

  const { receipt } = toContributionDecision(decided.value.id, { decision: op.v ?? null });
  if (receipt === null) throw new Error('a receipt that can be read');
  expect(receipt).toMatchObject({ familyId: family.id, decidedBy: laptop.user });
  expect(receipt.assessment).toMatchObject({ allowanceCents: 0, contributionCents: 10_037, zone: 'full' });
  expect(recompute(receipt)).toEqual({ ok: true, value: receipt.assessment });

  // Nobody can change the amount afterwards, nor put it under the name of another laptop.
  for (const at of [bytes.length - 70, Math.floor(bytes.length / 2)]) {
    const changed = Uint8Array.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(decodeFrame(changed, readerFor(laptop)).ok).toBe(false);
  }
  expect(decodeFrame(bytes, readerFor(await enrolled(endpoint)))).toMatchObject({
    ok: false,
    error: { type: 'bad-signature' },
  });
});
