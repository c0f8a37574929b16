import { describe, expect, it } from 'vitest';
import { toUtf8 } from '../../../shared/kernel/bytes.ts';
import type { RecordRef } from '../../../shared/records/record.ts';
import { hashOfFeeds, hashOfWriters } from '../../../renderer/use-cases/manifest.ts';
import { foldSummaries, refreshSummaries } from '../../../renderer/use-cases/summaries-upkeep.ts';
import { clearCipher } from '../../fakes/clear-cipher.ts';
import { aDevice, aName, aResident, creating, sha256 } from '../../fakes/device.ts';
import { memoryRecordStore } from '../../fakes/memory-record-store.ts';

async function aList() {
  const memory = memoryRecordStore();
  const device = await aDevice({ store: memory.store });
  const refs = Array.from({ length: 3 }, () => device.newRef('resident'));
  const sites = refs.map(() => device.newRef('site').id);
  for (const [at, ref] of refs.entries())
    expect((await device.save(creating(ref, aResident(`Koval${String(at)}`, sites[at])))).ok).toBe(true);
  await foldSummaries(device.vault);
  const rename = async (ref: RecordRef | undefined, family: string) => {
    if (ref === undefined) throw new Error('no resident');
    const base = (await device.opsIn(ref)).filter(({ f }) => f === 'name').map(({ w, n }) => ({ w, n }));
    const edits = [{ field: 'name', value: aName(family), base }];
    expect((await device.save({ records: [{ ref, edits }], action: 'edit', purpose: null })).ok).toBe(true);
  };
  const families = () => [...device.vault.memory.residents.values()].map(({ family }) => family).sort();
  return { ...memory, device, refs, rename, families };
}
const now = () => Promise.resolve();

describe('the list of an earlier time', () => {
  it('is noticed when a segment is missing, and made again from the rows', async () => {
    const { device, segments, families } = await aList();
    expect(segments.size).toBe(3);
    segments.delete(2);
    await device.restart();
    expect(device.report).toMatchObject({ alarms: ['segments'], mustRefresh: true });
    await refreshSummaries(device.vault, now);
    expect(families()).toEqual(['Koval0', 'Koval1', 'Koval2']);
    await device.restart();
    expect(device.report.alarms).toEqual([]);
  });

  it('is noticed when one older segment was put back, and its lines are those of the rows again', async () => {
    const { device, segments, rename, refs, families, rows } = await aList();
    const [earlier] = segments.values();
    if (earlier === undefined) throw new Error('no segment');
    await rename(refs[0], 'Bondar');
    await foldSummaries(device.vault);
    segments.set(earlier.no, earlier);
    const gone = [...rows.keys()].find((key) => key.includes(refs[2]?.id ?? ''));
    await device.restart();
    expect(device.report).toMatchObject({ alarms: ['segments'], mustRefresh: true });
    rows.delete(gone ?? '');
    await refreshSummaries(device.vault, now);
    expect(families()).toEqual(['Bondar', 'Koval1']);
  });

  it('is noticed when the line of a save is missing, and a line that is in the segments does not come back', async () => {
    const { device, deltas, rename, refs, families } = await aList();
    await rename(refs[0], 'Bondar');
    const [first] = deltas;
    if (first === undefined) throw new Error('no line');
    deltas.clear();
    await device.restart();
    expect(device.report).toMatchObject({ alarms: ['segments'], mustRefresh: true });
    await refreshSummaries(device.vault, now);
    await rename(refs[0], 'Melnyk');
    await foldSummaries(device.vault);
    deltas.set(...first);
    await device.restart();
    expect(device.report).toMatchObject({ alarms: [], mustRefresh: false });
    expect(families()).toEqual(['Koval1', 'Koval2', 'Melnyk']);
  });
});

it('a store whose manifest names every segment opens, and its next save writes one that does not', async () => {
  const { device, store, rename, refs, families } = await aList();
  await rename(refs[1], 'Bondar');
  const { known } = device.vault.memory;
  const cipher = clearCipher();
  const named = {
    ...{ v: 1, counter: known.counter, stamp: [known.lastStamp.ms, known.lastStamp.counter], day: known.day },
    ...{ folded: known.folded, segments: known.segments },
    writers: hashOfWriters(known.writers, sha256),
    feeds: hashOfFeeds(known.feeds, sha256),
  };
  const place = { table: 'manifest', id: 'manifest', compartment: 'core', rev: known.counter } as const;
  const box = await cipher.seal(place, toUtf8(JSON.stringify(named)));
  const old = { ...store, readManifest: () => Promise.resolve({ vaultCounter: known.counter, box }) };
  await device.restart(old);
  expect(device.report).toMatchObject({ alarms: [], mustRefresh: false });
  expect(families()).toEqual(['Bondar', 'Koval0', 'Koval2']);
  await rename(refs[2], 'Melnyk');
  await device.restart(store);
  expect(device.report).toMatchObject({ alarms: [], mustRefresh: false });
  expect(families()).toEqual(['Bondar', 'Koval0', 'Melnyk']);
});
