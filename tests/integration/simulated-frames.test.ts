import { expect, it } from 'vitest';
import { FrameSender } from '../../electron/frame-sender.ts';
import { openIncoming } from '../../shared/sync/redacted-frame.ts';
import { frameTools } from '../../endpoint/server-key.ts';
import type { Database } from '../../endpoint/database.ts';
import { mutants } from '../simulation/mutants.ts';
import { simulate } from '../simulation/simulate.ts';
import type { Variant } from '../simulation/variant.ts';

/** With 45 steps each: the endpoint forgets, laptops are copied and put back. */
const seeds = (from: number, count: number) => Array.from({ length: count }, (_, at) => from + at);
async function failuresOf(variant: Variant, some: readonly number[]): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const seed of some) {
    const { failure } = await simulate(seed, variant, { steps: 45 });
    if (failure !== undefined) failures.push(`${seed}: ${failure.text}`);
  }
  return failures;
}
const wantedBy = (bytes: Uint8Array): number => {
  const incoming = openIncoming(bytes, frameTools);
  return incoming.ok ? incoming.value.wanted.length : 0;
};
const isShort = (bytes: Uint8Array) => Buffer.from(bytes).includes('"enc":"msgpack-col-2"');

it('sends short frames in its histories that name what the endpoint has, and some that it has not any more', async () => {
  const count = { short: 0, naming: 0, refused: 0, full: 0 };
  class Counting extends FrameSender {
    override send: FrameSender['send'] = (frame, names, sign, send) =>
      super.send(frame, names, sign, async (bytes) => {
        const sent = await send(bytes);
        count[isShort(bytes) ? 'short' : 'full'] += 1;
        if (wantedBy(bytes) > 0) count.naming += 1;
        if (wantedBy(bytes) > 0 && sent.isUnreadable) count.refused += 1;
        return sent;
      });
  }
  expect(await failuresOf({ frames: () => new Counting() }, seeds(1, 40))).toEqual([]);
  expect(count.naming).toBeGreaterThan(100);
  expect(count.refused).toBeGreaterThan(3);
  expect(count.short).toBeGreaterThan(count.full);
});

it('keeps every promise with an endpoint of before, which reads no short frame', async () => {
  class ToOld extends FrameSender {
    override send: FrameSender['send'] = (frame, names, sign, send) =>
      super.send(frame, names, sign, (bytes) =>
        isShort(bytes) ? Promise.resolve({ answer: refused as never, isUnreadable: true }) : send(bytes),
      );
  }
  const refused = { ok: false, error: { type: 'endpoint-failed', retryAfterMs: 0 } };
  expect(await failuresOf({ frames: () => new ToOld() }, seeds(2_000, 25))).toEqual([]);
});

it('keeps every promise where the endpoint puts back wrong records: no edit gets to another person', async () => {
  let wrong = 0;
  const database = (real: Database): Database => ({
    ...real,
    within: (context, work) =>
      real.within(context, (tx) =>
        work({
          query: async (text: string, values: unknown[]) => {
            const found = (await tx.query(text, values)) as { rows: { id?: Uint8Array; f?: string }[] };
            if (!text.startsWith('SELECT op.w, op.n, op.t, op.id, op.f')) return found;
            // Every second one is that of its neighbour, or of nobody.
            const ids = found.rows.map(({ id }) => id);
            const rows = found.rows.map((row, at) =>
              at % 2 === 1 ? row : { ...row, id: ids[at + 1] ?? new Uint8Array(16), f: row.f ?? '' },
            );
            wrong += rows.length;
            return { ...found, rows };
          },
        } as never),
      ),
  });
  expect(await failuresOf({ database }, seeds(3_000, 25))).toEqual([]);
  expect(wrong).toBeGreaterThan(20);
});

it('finds the planted bug: only the short form goes out', async () => {
  const bug = mutants['only the short form goes out, whatever the endpoint has'];
  expect(bug).toBeDefined();
  expect(await failuresOf(bug ?? {}, seeds(1, 60))).not.toEqual([]);
});
