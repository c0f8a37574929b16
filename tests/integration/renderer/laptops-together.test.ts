import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { err, ok } from '../../../shared/kernel/result.ts';
import { countIn } from '../../../renderer/use-cases/op-boxes.ts';
import { unsentCount } from '../../../renderer/use-cases/push-pending.ts';
import { reconcile } from '../../../renderer/use-cases/recover-store.ts';
import { refreshSummaries } from '../../../renderer/use-cases/summaries-upkeep.ts';
import { aDevice, aName, aResident, creating, type Device } from '../../fakes/device.ts';
import { memoryEndpoint } from '../../fakes/memory-endpoint.ts';
import { openOn } from '../../fakes/open-on.ts';
import { memoryRecordStore } from '../../fakes/memory-record-store.ts';

describe('two laptops', () => {
  it('end the same after any edits, in any order of exchange', async () => {
    const step = fc.record({
      device: fc.integer({ min: 0, max: 2 }),
      act: fc.constantFrom('rename', 'phone', 'delete', 'sync', 'sync', 'lose', 'restart'),
      value: fc.integer({ min: 0, max: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const endpoint = memoryEndpoint();
        const devices = await Promise.all([1, 2, 3].map((seed) => aDevice({ seed, store: memoryRecordStore().store })));
        const [first] = devices as [Device];
        const ref = first.newRef('resident');
        await first.save(creating(ref, aResident('Kovalenko')));
        await first.sync(endpoint.transport);
        for (const { device: at, act, value } of steps) {
          const device = devices[at] as Device;
          const row = await device.vault.store.read(ref);
          if (act === 'sync') await device.sync(endpoint.transport);
          else if (act === 'restart') await device.restart();
          else if (act === 'lose') endpoint.faults.loseAnswers = 1;
          else if (row !== undefined) {
            const opened = await openOn(device, ref);
            const field = act === 'rename' ? 'name' : act === 'phone' ? 'phones' : '_deleted';
            const next = { name: aName(`N${value}`), phones: [`06 ${value}`], _deleted: value > 2 }[field];
            const edit = { field, value: next, base: opened.baseOf(field) };
            const saved = await device.save({ records: [{ ref, edits: [edit] }], action: 'edit', purpose: null });
            expect(saved.ok).toBe(true);
          }
        }
        endpoint.faults.loseAnswers = 0;
        for (let round = 0; round < 2; round++)
          for (const device of devices) expect((await device.sync(endpoint.transport)).ok).toBe(true);
        const all = await Promise.all(devices.map((device) => device.opsIn(ref)));
        expect(all[1]).toEqual(all[0]);
        expect(all[2]).toEqual(all[0]);
        for (const device of devices) {
          expect(unsentCount(device.vault)).toBe(0);
          expect(device.vault.memory.residents.get(ref.id)?.family).toBe(
            first.vault.memory.residents.get(ref.id)?.family,
          );
        }
      }),
      { seed: 20261118, numRuns: 40 },
    );
  });

  it('stay offline without harm and count what waits', async () => {
    const endpoint = memoryEndpoint();
    const device = await aDevice();
    await device.save(creating(device.newRef('resident'), aResident('Kovalenko')));
    endpoint.faults.offline = true;
    expect(await device.sync(endpoint.transport)).toEqual(err({ type: 'offline', retryAfterMs: 0 }));
    expect(unsentCount(device.vault)).toBe(4);
    endpoint.faults.offline = false;
    expect(await device.sync(endpoint.transport)).toEqual(ok({ sent: 4, held: 0, received: 0, archived: new Map() }));
  });

  it('show each other what belongs to a site, also one that the device did not know', async () => {
    const site = '5b0c7f64-8f2f-4f0e-9a39-3a1f6f1f0c11';
    const endpoint = memoryEndpoint(site);
    const [author, reader] = [await aDevice(), await aDevice({ seed: 2 })];
    const ref = author.newRef('resident');
    await author.save(creating(ref, aResident('Kovalenko', site)));
    // All sites of the municipality, as an invitation without a list gives them.
    await author.sync(endpoint.transport, ['*']);
    expect(await reader.sync(endpoint.transport, ['*'])).toMatchObject({ ok: true, value: { received: 4 } });
    expect(reader.shown.get(ref.id)?.family).toBe('Kovalenko');
    expect(await reader.sync(endpoint.transport, ['*'])).toMatchObject({ ok: true, value: { received: 0 } });
    expect(reader.vault.memory.known.feeds.has('*/core')).toBe(false);
  });

  it('send everything again to an endpoint that was put back', async () => {
    const endpoint = memoryEndpoint();
    const device = await aDevice();
    await device.save(creating(device.newRef('resident'), aResident('Kovalenko')));
    await device.sync(endpoint.transport);
    endpoint.byWriter.clear();
    endpoint.feeds.clear();
    await device.sync(endpoint.transport);
    expect([...endpoint.byWriter.values()].flat()).toHaveLength(4);
  });
});

describe('recovery', () => {
  it('builds an emptied store again from the second copy', async () => {
    const device = await aDevice();
    const ref = device.newRef('resident');
    await device.save(creating(ref, { ...aResident('Kovalenko'), bsn: '111222333' }));
    const before = await device.opsIn(ref);
    const empty = memoryRecordStore('store-2');
    await device.restart(empty.store);
    expect(await reconcile(device.vault, device.main.host)).toEqual(ok({ restored: 5, left: 0, locals: 0 }));
    await refreshSummaries(device.vault, () => Promise.resolve());
    expect(await device.opsIn(ref)).toEqual(before);
    expect(device.shown.get(ref.id)?.family).toBe('Kovalenko');
    const second = await device.save(creating(device.newRef('resident'), aResident('Bondar')));
    expect(second.ok).toBe(true);
    expect(empty.writers.size).toBe(3);
    const endpoint = memoryEndpoint();
    expect(await device.sync(endpoint.transport)).toMatchObject({ ok: true, value: { sent: 9 } });
    expect((await device.restart(empty.store)).alarms).toEqual([]);
  });

  it('heals a second copy that missed the last save', async () => {
    const device = await aDevice();
    device.main.answerWith('failed');
    await device.save(creating(device.newRef('resident'), aResident('Kovalenko')));
    device.main.answerWith('fsynced');
    await device.restart();
    await reconcile(device.vault, device.main.host);
    expect(countIn([...device.main.journal.values()])).toBe(4);
  });
});
