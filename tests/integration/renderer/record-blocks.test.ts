import { describe, expect, it } from 'vitest';
import { fromUtf8 } from '../../../shared/kernel/bytes.ts';
import type { Cipher, RecordStore } from '../../../shared/ports.ts';
import { refKey, type RecordRef, type Value } from '../../../shared/records/record.ts';
import { foldSummaries } from '../../../renderer/use-cases/summaries-upkeep.ts';
import { valuesOfRecord } from '../../../renderer/use-cases/resident-summaries.ts';
import { clearCipher } from '../../fakes/clear-cipher.ts';
import { aDevice, creating, type Device } from '../../fakes/device.ts';
import { memoryRecordStore } from '../../fakes/memory-record-store.ts';

const someone = '5f0c1a4e-3b1d-4a6f-8a55-1d2e3f405162';
const stayOf = (site: string, bed: string) => ({
  placement: { site },
  stay: { resident: someone, site, bed, from: '2026-03-01' },
});
const familyOf = (site: string, label: string) => ({
  ...{ placement: { site }, label, [`member.${someone}.2026-03-01`]: { to: null, relation: 'main-person' } },
  'reception.2026-03-01': { reception: 'municipal', catered: false },
});

/** What was asked of the store and opened since `clear`. */
function watched(store: RecordStore, cipher: Cipher) {
  const read: string[] = [];
  const opened: string[] = [];
  return {
    read,
    opened,
    clear: () => void (read.splice(0), opened.splice(0)),
    store: {
      ...store,
      read: (ref: RecordRef) => (read.push(refKey(ref)), store.read(ref)),
      readKind: (kind: RecordRef['kind']) => (read.push(kind), store.readKind(kind)),
    },
    cipher: {
      ...cipher,
      open: (...place: Parameters<Cipher['open']>) => (opened.push(place[0].table), cipher.open(...place)),
    },
  };
}

async function aSite() {
  const memory = memoryRecordStore();
  const seen = watched(memory.store, clearCipher());
  const device = await aDevice({ store: seen.store, cipher: seen.cipher });
  const site = device.newRef('site');
  const [family, stay, call] = [device.newRef('family'), device.newRef('bedStay'), device.newRef('rollCall')];
  await saved(device, site, { placement: { site: site.id }, name: 'De Brug' });
  await saved(device, family, familyOf(site.id, 'Koval'));
  await saved(device, stay, stayOf(site.id, 'a1'));
  await saved(device, call, { placement: { site: site.id } });
  await foldSummaries(device.vault);
  return { ...memory, ...seen, device, site, family, stay, call };
}

async function saved(device: Device, ref: RecordRef, values: Readonly<Record<string, Value>>) {
  expect(await device.save(creating(ref, values))).toMatchObject({ ok: true });
}

async function relabel(device: Device, ref: RecordRef, label: string) {
  const base = (await device.opsIn(ref)).filter(({ f }) => f === 'label').map(({ w, n }) => ({ w, n }));
  const edits = [{ field: 'label', value: label, base }];
  expect(await device.save({ records: [{ ref, edits }], action: 'edit', purpose: null })).toMatchObject({ ok: true });
}

const inMemory = (device: Device, ref: RecordRef) => {
  const record = device.vault.memory.records.get(refKey(ref));
  return record && valuesOfRecord(record);
};
const textIn = (boxes: Iterable<{ readonly box: Uint8Array }>) =>
  [...boxes].map(({ box }) => fromUtf8(box) ?? String.fromCharCode(...box)).join();

describe('records of the small kinds at unlock', () => {
  it('come out of few blocks, as many as compartments, and no row is opened', async () => {
    const { device, family, stay, site, call, clear, read, opened } = await aSite();
    clear();
    await device.restart();
    expect(device.report).toMatchObject({ alarms: [], unreadable: [], mustFold: false });
    // Of interviews some never leaves the device: they are read from their rows.
    expect(read).toEqual(['returnIntake', 'finalisedIntake']);
    expect(opened.filter((table) => table === 'recordBlocks')).toHaveLength(2);
    expect(inMemory(device, family)).toMatchObject(familyOf(site.id, 'Koval'));
    expect(inMemory(device, stay)).toMatchObject(stayOf(site.id, 'a1'));
    expect(device.vault.memory.records.about(someone).map(refKey).sort()).toEqual([family, stay].map(refKey).sort());
    expect([...device.vault.memory.records].map(([key]) => key).sort()).toEqual(
      [family, stay, site, call].map(refKey).sort(),
    );
  });

  it('come from their rows where they changed since, and stand in a block after the next fold', async () => {
    const { device, family, stay, clear, read, blocks } = await aSite();
    await relabel(device, family, 'Bondar');
    clear();
    await device.restart();
    expect(read).toEqual([refKey(family), 'returnIntake', 'finalisedIntake']);
    expect(inMemory(device, family)).toMatchObject({ label: 'Bondar' });
    await foldSummaries(device.vault);
    clear();
    await device.restart();
    expect(read).toEqual(['returnIntake', 'finalisedIntake']);
    expect(inMemory(device, family)).toMatchObject({ label: 'Bondar', 'reception.2026-03-01': { catered: false } });
    expect(inMemory(device, stay)).toBeDefined();
    expect([...blocks.values()].map(({ c }) => c).sort()).toEqual(['core', 'finance']);
  });

  it.each(['is missing', 'is of an earlier time', 'is damaged'])(
    'come from their rows when a block %s, which is told, and are in blocks again',
    async (what) => {
      const { device, family, stay, blocks } = await aSite();
      const earlier = [...blocks];
      await relabel(device, family, 'Bondar');
      await foldSummaries(device.vault);
      const [last] = [...blocks.values()].filter(({ c }) => c === 'core');
      if (last === undefined) throw new Error('no block');
      if (what === 'is missing') blocks.delete(last.no);
      else if (what === 'is damaged') blocks.set(last.no, { ...last, box: new Uint8Array(9) });
      else for (const [no, block] of earlier) blocks.set(no, block);
      await device.restart();
      expect(device.report).toMatchObject({ alarms: ['segments'], mustFold: true });
      expect(inMemory(device, family)).toMatchObject({ label: 'Bondar' });
      expect(inMemory(device, stay)).toBeDefined();
      await foldSummaries(device.vault);
      await device.restart();
      expect(device.report).toMatchObject({ alarms: [], mustFold: false });
      expect(inMemory(device, family)).toMatchObject({ label: 'Bondar' });
    },
  );

  it('are whole for a user with every key after one without folded, and the other way round', async () => {
    const { device, family, store } = await aSite();
    const other = clearCipher(['core']);
    await device.restart(store, other);
    expect(inMemory(device, family)).not.toHaveProperty('reception.2026-03-01');
    await relabel(device, family, 'Bondar');
    await foldSummaries(device.vault);
    await device.restart(store, clearCipher());
    expect(device.report).toMatchObject({ alarms: [], mustFold: false });
    expect(inMemory(device, family)).toMatchObject({ label: 'Bondar', 'reception.2026-03-01': { catered: false } });
    const edits = [{ field: 'reception.2026-04-01', value: { reception: 'municipal', catered: true }, base: [] }];
    expect((await device.save({ records: [{ ref: family, edits }], action: 'edit', purpose: null })).ok).toBe(true);
    // Without the key: the block of finance stays as it is, and is known to be older than the row.
    await device.restart(store, other);
    await foldSummaries(device.vault);
    await device.restart(store, clearCipher());
    expect(inMemory(device, family)).toMatchObject({ label: 'Bondar', 'reception.2026-04-01': { catered: true } });
    await foldSummaries(device.vault);
    await device.restart(store, clearCipher());
    expect(inMemory(device, family)).toMatchObject({ label: 'Bondar', 'reception.2026-04-01': { catered: true } });
  });

  it('what is taken away is in no block after the fold', async () => {
    const { device, family, stay, rows, blocks } = await aSite();
    expect(textIn(blocks.values())).toContain('Koval');
    rows.delete(refKey(family));
    device.vault.memory.records.delete(refKey(family));
    await foldSummaries(device.vault);
    expect(textIn(blocks.values())).not.toContain('Koval');
    await device.restart();
    expect(inMemory(device, family)).toBeUndefined();
    expect(inMemory(device, stay)).toBeDefined();
  });

  it('hold what another window saved, whichever of the two folds', async () => {
    const { device, family, stay, store } = await aSite();
    const first = device.vault;
    await device.restart();
    await relabel(device, family, 'Bondar');
    device.vault = first;
    const edits = [{ field: 'until', value: '2026-05-01', base: [] }];
    expect((await device.save({ records: [{ ref: stay, edits }], action: 'edit', purpose: null })).ok).toBe(true);
    await foldSummaries(device.vault);
    await device.restart(store);
    expect(inMemory(device, family)).toMatchObject({ label: 'Bondar' });
    expect(inMemory(device, stay)).toMatchObject({ until: '2026-05-01' });
  });
});
