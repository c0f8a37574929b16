import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmdirSync } from 'node:fs';
import { open, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startEndpoint, type Endpoint } from '../../../endpoint/start-endpoint.ts';
import { toHex } from '../../../shared/kernel/bytes.ts';
import { enrolled, type TestDevice, type Writer } from './test-device.ts';

const megabyte = 1024 * 1024;
/** A disk of its own in memory; undefined where only root of a real machine may make one. */
function smallDisk(megabytes: number): string | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), 'onderdak-small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0711`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmdirSync(folder);
    return undefined;
  }
  chmodSync(folder, 0o711);
  return folder;
}
const disk = smallDisk(160);
if (disk === undefined)
  console.warn('SKIPPED: no small disk can be mounted here, a full one at the endpoint is not tested');

/** Everything but `left` bytes is taken by another program. */
async function fill(left: number): Promise<() => Promise<void>> {
  const file = path.join(disk ?? '', 'ballast');
  const handle = await open(file, 'w');
  const { bavail, bsize } = await statfs(disk ?? '');
  for (let room = bavail * bsize - left; room > 0; room -= megabyte) {
    const written = await handle.write(Buffer.alloc(Math.min(room, megabyte))).catch(() => undefined);
    if (written === undefined) break;
  }
  await handle.close();
  return () => rm(file);
}

/** Sends in frames of ten until the endpoint gives no acknowledgement; what was acknowledged, and the answer. */
async function sendUntilRefused(device: TestDevice, writer: Writer) {
  let acked = 0;
  for (let from = 1; from <= writer.ops.length; from += 10) {
    const answer = await device.push(device.frameOf(writer, from, from + 9));
    if ('err' in answer) return { acked, answer };
    acked = answer.ack.n;
  }
  return { acked, answer: undefined };
}

it.skipIf(disk === undefined)(
  'a full disk gives no acknowledgement for what is not durable, and loses nothing',
  async () => {
    const data = path.join(disk ?? '', 'data');
    let endpoint: Endpoint = await startEndpoint({ data });
    onTestFinished(async () => {
      await endpoint.stop().catch(() => undefined);
      execFileSync('umount', ['-l', disk ?? '']);
      rmdirSync(disk ?? '');
    });
    const device = await enrolled(endpoint);
    const before = device.writer('core');
    device.fill(before, 5);
    expect(await device.push(device.frameOf(before))).toMatchObject({ ack: { n: 5 } });
    const makeRoom = await fill(200_000);
    const writer = device.writer('core');
    for (let at = 0; at < 4_000; at++) device.edit(writer, { t: 'later', f: 'note', v: `${at} ${'x'.repeat(900)}` });
    const { acked, answer } = await sendUntilRefused(device, writer);
    expect(answer).toMatchObject({ err: 'BUSY', retryAfter: 5 });
    expect(acked).toBeLessThan(4_000);
    // While the disk is full it goes on saying so, and it does not fall over.
    for (let attempt = 0; attempt < 3; attempt++)
      expect(await device.push(device.frameOf(writer, acked + 1, acked + 10))).toMatchObject({ err: 'BUSY' });

    await makeRoom();
    const again = async () => {
      // What the disk did to PostgreSQL may need a start; a device only sees that it has to try again.
      const answered = await device.hello().catch(() => undefined);
      return answered?.device;
    };
    await expect.poll(again, { timeout: 30_000, interval: 500 }).toBe('active');
    const hello = await device.hello({
      writers: [{ w: toHex(writer.w), n: 4_000, h: '0'.repeat(64) }],
    });
    expect(hello.writers[0]?.n).toBeGreaterThanOrEqual(acked);
    for (let from = acked + 1; from <= 4_000; from += 100)
      expect(await device.push(device.frameOf(writer, from, from + 99))).toMatchObject({ held: [] });
    // On the disk, not only in memory: after a new start it is all there, with the positions it had.
    const feed = (await device.feed('shared', 'core')).length;
    await endpoint.stop();
    endpoint = await startEndpoint({ data });
    device.endpoint = { url: endpoint.url, serverKey: endpoint.serverKey };
    expect(await device.feed('shared', 'core')).toHaveLength(feed);
    const state = await device.hello({ writers: [{ w: toHex(writer.w), n: 4_000, h: '0'.repeat(64) }] });
    expect(state.writers[0]).toMatchObject({ n: 4_000 });
  },
);
