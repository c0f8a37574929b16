import { describe, expect, it } from 'vitest';
import { openRecord } from '../../renderer/use-cases/open-record.ts';
import { saveRecord } from '../../renderer/use-cases/save-record.ts';
import { syncNow } from '../../renderer/use-cases/sync-now.ts';
import { unsentCount } from '../../renderer/use-cases/push-pending.ts';
import { toHex } from '../../shared/kernel/bytes.ts';
import type { RecordRef, Value } from '../../shared/records/record.ts';
import { faults } from '../simulation/chances.ts';
import { copyStore, emptyStore } from '../simulation/disk.ts';
import { checkCursors, checkEndpoint, checkReplicas } from '../simulation/final-checks.ts';
import type { Laptop, Window } from '../simulation/laptop.ts';
import { loseStore } from '../simulation/losses.ts';
import { Killed } from '../simulation/process.ts';
import { settle } from '../simulation/settle.ts';
import { production } from '../simulation/variant.ts';
import { World } from '../simulation/world.ts';

/** Two laptops that know the same resident and are in agreement with the endpoint; nothing goes wrong by itself. */
async function twoLaptops() {
  const world = new World(1, production, new Set(faults));
  await world.run(0);
  await world.calm();
  const [laptop, colleague] = world.laptops;
  if (laptop === undefined || colleague === undefined) throw new Error('two laptops');
  const ref = [...laptop.disk.store.rows.values()].map((row) => row.ref).find(({ kind }) => kind === 'resident');
  if (ref === undefined) throw new Error('a resident');
  return { world, laptop, colleague, ref };
}
type Setting = Awaited<ReturnType<typeof twoLaptops>>;

const windowOf = ({ windows: [window] }: Laptop): Window => {
  if (window === undefined) throw new Error('a window that is open');
  return window;
};

async function edit({ world }: Setting, laptop: Laptop, ref: RecordRef, field: string, value: Value): Promise<void> {
  const { vault } = windowOf(laptop);
  world.nowMs += 60_000;
  const opened = await openRecord(vault, ref, null);
  if (!opened.ok) throw new Error('a record that opens');
  world.oracle.begin();
  const edits = [{ field, value, base: opened.value.baseOf(field) }];
  const request = { records: [{ ref, edits }], action: 'edit', purpose: null } as const;
  const saved = await saveRecord(vault, request);
  expect(saved.ok).toBe(true);
  world.oracle.checkSave(request, null, saved.ok);
}

const sync = ({ world }: Setting, laptop: Laptop) => world.work.sync(laptop, windowOf(laptop));
async function valuesOn(laptop: Laptop, ref: RecordRef) {
  const opened = await openRecord(windowOf(laptop).vault, ref, null);
  if (!opened.ok) throw new Error('a record that opens');
  return opened.value;
}

/** Marks what both processes of a laptop go on with, as the simulator does. */
function noteCopied({ world }: Setting, laptop: Laptop): void {
  for (const { w } of windowOf(laptop).vault.memory.ownWriters.values()) world.oracle.copied.add(toHex(w));
}

/** The same laptop on another disk, with work that waits on both. */
async function copyOf(setting: Setting): Promise<Laptop> {
  const { world, laptop, ref } = setting;
  await edit(setting, laptop, ref, 'callName', 'both have this');
  const twin = laptop.twin(world.laptops.length);
  world.laptops.push(twin);
  noteCopied(setting, laptop);
  return twin;
}

async function comesToRest({ world }: Setting): Promise<void> {
  await settle(world);
  const { rows } = world.endpoint.database;
  for (const laptop of world.laptops) await checkCursors(laptop, rows);
  checkEndpoint(rows, world.oracle);
  await checkReplicas(world, rows);
}

/** The laptop goes back to a moment before it sent its last work, and goes on with other work under the same numbers. */
async function putBackWhileRunning() {
  const setting = await twoLaptops();
  const { laptop, ref } = setting;
  await edit(setting, laptop, ref, 'callName', 'before');
  const shot = laptop.shot();
  noteCopied(setting, laptop);
  await edit(setting, laptop, ref, 'callName', 'sent and forgotten');
  await edit(setting, laptop, ref, 'vNumber', '1234567890');
  expect(await sync(setting, laptop)).toMatchObject({ ok: true });
  laptop.goBackTo(shot);
  await edit(setting, laptop, ref, 'callName', 'after');
  await edit(setting, laptop, ref, 'phones', ['+380441234567', '+31201234567']);
  await edit(setting, laptop, ref, 'phones', ['+31201234567']);
  await edit(setting, laptop, ref, '_deleted', true);
  return setting;
}

describe('a laptop that was put back while it was running', () => {
  it('sends its new work under numbers of its own, attributed and dated as it was, and has the old work back', async () => {
    const setting = await putBackWhileRunning();
    const { world, laptop, colleague, ref } = setting;
    const { ops } = (await valuesOn(laptop, ref)).record;
    expect(await sync(setting, laptop)).toMatchObject({ ok: true, value: { sent: 5 } });
    expect(unsentCount(windowOf(laptop).vault)).toBe(0);
    expect(world.history.filter((line) => line.includes('issued again'))).toEqual([
      `laptop ${laptop.no}: 5 operations are issued again`,
    ]);
    const again = (await valuesOn(laptop, ref)).record.ops;
    const made = ops.filter(({ v }) => v === 'after').map(({ h, u, x }) => ({ h, u, x }));
    expect(again.filter(({ v }) => v === 'after').map(({ h, u, x }) => ({ h, u, x }))).toEqual(made);
    expect(await sync(setting, colleague)).toMatchObject({ ok: true });
    const shown = await valuesOn(colleague, ref);
    // It was deleted without its other work in view: it stays, and a person is asked.
    expect(shown.values).toMatchObject({ callName: 'after', vNumber: '1234567890', phones: ['+31201234567'] });
    expect(shown.unsettled).toContain('_deleted');
    await comesToRest(setting);
  });

  it('comes to the same when it is killed at any call of that exchange', async () => {
    let isKilled = true;
    for (let calls = 1; isKilled; calls++) {
      for (const isAfter of [false, true]) {
        const setting = await putBackWhileRunning();
        const { laptop } = setting;
        laptop.process.light(calls, isAfter);
        const killed = await sync(setting, laptop).then(
          () => false,
          (error: unknown) => error instanceof Killed,
        );
        laptop.process.douse();
        isKilled = killed;
        await comesToRest(setting);
      }
      expect(calls).toBeLessThan(200);
    }
  });

  it('shows nothing twice when its store is made again from the second copy', async () => {
    const setting = await putBackWhileRunning();
    const { laptop, ref } = setting;
    const image = copyStore(laptop.disk.store);
    expect(await sync(setting, laptop)).toMatchObject({ ok: true });
    for (const [to, count] of [
      [emptyStore('new'), 5],
      [image, 6],
    ] as const) {
      loseStore(laptop, to);
      await laptop.start(laptop.user);
      const { record } = await valuesOn(laptop, ref);
      const salts = record.ops.map(({ salt }) => toHex(salt));
      expect(new Set(salts).size).toBe(salts.length);
      expect(record.ops.filter(({ v }) => v === 'after')).toHaveLength(1);
      expect(
        record.ops.filter(({ f }) => ['callName', 'phones', '_deleted'].includes(f)).length,
      ).toBeGreaterThanOrEqual(count);
    }
    await comesToRest(setting);
  });
});

describe('a laptop whose disk was copied to another one', () => {
  it('comes to rest as both: all work of the two is there once, whatever numbers they gave it', async () => {
    const setting = await twoLaptops();
    const { laptop, ref } = setting;
    const twin = await copyOf(setting);
    await edit(setting, laptop, ref, 'callName', 'first');
    await edit(setting, twin, ref, 'callName', 'second');
    await edit(setting, twin, ref, 'vNumber', '1234567890');
    for (const one of [laptop, twin, laptop, twin]) expect(await sync(setting, one)).toMatchObject({ ok: true });
    for (const one of [laptop, twin])
      expect((await valuesOn(one, ref)).values).toMatchObject({ callName: 'second', vNumber: '1234567890' });
    await comesToRest(setting);
  });

  it('is copied once more with work that waits: what both copies send again is there once', async () => {
    const setting = await twoLaptops();
    const { world, laptop, ref } = setting;
    const twin = await copyOf(setting);
    await edit(setting, laptop, ref, 'callName', 'first');
    await edit(setting, twin, ref, 'callName', 'second');
    const third = twin.twin(world.laptops.length);
    world.laptops.push(third);
    await edit(setting, twin, ref, 'vNumber', '1234567890');
    await edit(setting, third, ref, 'vNumber', '0987654321');
    for (const one of [laptop, twin, third]) expect(await sync(setting, one)).toMatchObject({ ok: true });
    await comesToRest(setting);
  });

  it('does not take what a backup covers of the other one for its own', async () => {
    const setting = await twoLaptops();
    const { world, laptop, ref } = setting;
    const twin = await copyOf(setting);
    for (const value of ['1', '2', '3']) await edit(setting, laptop, ref, 'callName', value);
    expect(await sync(setting, laptop)).toMatchObject({ ok: true });
    world.endpoint.backup();
    // Saved while the endpoint answers: the answer knows of neither.
    const { vault, transport } = windowOf(twin);
    const hello: typeof transport.hello = async (...asked) => {
      const answer = await transport.hello(...asked);
      await edit(setting, twin, ref, 'vNumber', '1234567890');
      return answer;
    };
    expect(await syncNow(vault, { ...transport, hello }, twin.user.sites)).toMatchObject({ ok: false });
    expect(await sync(setting, twin)).toMatchObject({ ok: true, value: { sent: 1 } });
    await comesToRest(setting);
  });

  it('names in a form that was open meanwhile what it showed', async () => {
    const setting = await putBackWhileRunning();
    const { world, laptop, ref } = setting;
    const { vault } = windowOf(laptop);
    const opened = await valuesOn(laptop, ref);
    expect(await sync(setting, laptop)).toMatchObject({ ok: true });
    world.oracle.begin();
    const edits = [{ field: 'callName', value: 'typed before', base: opened.baseOf('callName') }];
    const request = { records: [{ ref, edits }], action: 'edit', purpose: null } as const;
    expect(await saveRecord(vault, request)).toMatchObject({ ok: true });
    world.oracle.checkSave(request, null, true);
    const live = (await valuesOn(laptop, ref)).record.ops.filter(({ v }) => v === 'after' || v === 'typed before');
    const [after, typed] = live.toSorted((a, b) => Number(a.v !== 'after') - Number(b.v !== 'after'));
    expect(typed?.b).toEqual([{ w: after?.w, n: after?.n }]);
    await comesToRest(setting);
  });
});
