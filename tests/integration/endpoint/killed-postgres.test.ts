import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Point } from '../../../endpoint/change-log.ts';
import { startEndpoint, type Endpoint } from '../../../endpoint/start-endpoint.ts';
import { toHex } from '../../../shared/kernel/bytes.ts';
import { enrolled, makeDataFolder, newRecord } from './test-device.ts';

/** The server and every process it started, at once. */
async function killPostgres(data: string): Promise<void> {
  const [pid = ''] = (await readFile(join(data, 'pg', 'postmaster.pid'), 'utf8')).split('\n');
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  for (const one of [pid, ...children.trim().split(' ')]) if (one !== '') process.kill(Number(one), 'SIGKILL');
}

it.each(['before_journal', 'after_journal', 'before_commit', 'after_commit'] as const)(
  'has all of a batch or nothing after PostgreSQL was killed %s, and takes it in once when it comes again',
  async (point) => {
    const folder = await makeDataFolder();
    const { text: site } = newRecord();
    let isArmed = false;
    const onPoint = async (at: Point) => {
      if (!isArmed || at !== point) return;
      isArmed = false;
      await killPostgres(folder.path);
    };
    let endpoint: Endpoint = await startEndpoint({ data: folder.path, onPoint });
    try {
      const device = await enrolled(endpoint);
      const writer = device.writer('core');
      device.fill(writer, 5, site);
      expect(await device.push(device.frameOf(writer))).toMatchObject({ ack: { n: 5 } });
      device.fill(writer, 40, site);
      isArmed = true;
      const answer = await device.push(device.frameOf(writer, 6)).catch(() => 'nothing');
      if (point !== 'after_commit') expect(answer).not.toHaveProperty('ack');
      expect(isArmed).toBe(false);

      await endpoint.stop();
      endpoint = await startEndpoint({ data: folder.path });
      device.endpoint = endpoint;
      const known = (await device.hello({ writers: [{ w: toHex(writer.w), n: 45, h: '0'.repeat(64) }] })).writers[0]?.n;
      // In the journal it counts, wherever the database stood.
      expect(known).toBe(45);
      expect(await device.push(device.frameOf(writer, 6))).toMatchObject({ ack: { n: 45 }, held: [] });
      const positions = (await device.feed(site, 'core')).flatMap((entry) => ('op' in entry ? [entry.op.n] : []));
      expect(positions).toEqual(Array.from({ length: 45 }, (_, at) => at + 1));
    } finally {
      await endpoint.stop().catch(() => undefined);
      await folder.remove();
    }
  },
);
