import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../../shared/kernel/bytes.ts';
import { chainAfter, chainStart } from '../../../shared/sync/chain.ts';
import { decodeFrame } from '../../../shared/sync/frame.ts';
import { openIncoming } from '../../../shared/sync/redacted-frame.ts';
import { sha256 } from '../../../electron/node-crypto.ts';
import { columns2MediaType } from '../../../shared/sync/protocol.ts';
import { aChange, writerBytes } from '../../unit/sync/sync-fixtures.ts';
import { ackOf, batch, enrolled, type Answer } from './endpoint-fixture.ts';

const tools = {
  sha256,
  inflate: (bytes: Uint8Array, maxOutputLength: number) => inflateRawSync(bytes, { maxOutputLength }),
  verify: () => true,
};
const encOf = (body: Uint8Array): string =>
  /"enc":"([a-z0-9-]+)"/.exec(Buffer.from(body).toString('latin1'))?.[1] ?? '';
const short = 'msgpack-col-2';

describe('a laptop', () => {
  it('sends the short form to an endpoint that reads it, and says that it reads short pages', async () => {
    const { endpoint, device, opened } = await enrolled();
    endpoint.answerWith(endpoint.json(ackOf(3)));
    expect(await device.host['sync:push'](batch(opened.user))).toMatchObject({ n: 3 });
    const sent = endpoint.asked.slice(1);
    expect(sent.map(({ body }) => encOf(body))).toEqual([short]);
    expect(decodeFrame(sent[0]?.body ?? new Uint8Array(0), tools)).toMatchObject({ ok: true });
    expect(sent[0]?.message.headers.accept).toContain(columns2MediaType);
  });

  it('sends the same again in full to an endpoint of before, and after two frames nothing else', async () => {
    const { endpoint, device, opened } = await enrolled();
    const old: Answer = (one, response) => {
      const answer = encOf(one.body) === short ? endpoint.json({ err: 'BAD_FRAME' }, 422) : endpoint.json(ackOf(3));
      answer(one, response);
    };
    endpoint.answerWith(old);
    for (let frame = 0; frame < 3; frame++)
      expect(await device.host['sync:push'](batch(opened.user))).toMatchObject({ n: 3 });
    const sent = endpoint.asked.slice(1).map(({ body }) => encOf(body));
    expect(sent).toEqual([short, 'msgpack-col', short, 'msgpack-col', 'msgpack-col']);
  });

  it('goes on with the short form when only one frame named what the endpoint has not', async () => {
    const { endpoint, device, opened } = await enrolled();
    const answers = [
      endpoint.json({ err: 'BAD_FRAME' }, 422),
      ...Array.from({ length: 3 }, () => endpoint.json(ackOf(3))),
    ];
    endpoint.answerWith((one, response) => answers.shift()?.(one, response));
    for (let frame = 0; frame < 3; frame++) await device.host['sync:push'](batch(opened.user));
    expect(endpoint.asked.slice(1).map(({ body }) => encOf(body))).toEqual([short, 'msgpack-col', short, short]);
  });

  it('reports a frame that is refused in both forms, and believes no refusal that is not signed', async () => {
    const { endpoint, device, opened } = await enrolled();
    endpoint.answerWith(endpoint.json({ err: 'BAD_FRAME' }, 422));
    expect(await device.host['sync:push'](batch(opened.user))).toMatchObject({ failed: 'endpoint-failed' });
    const before = endpoint.asked.length;
    endpoint.answerWith((one, response) => {
      const { sig: _, ...unsigned } = endpoint.signed({ err: 'BAD_FRAME' }, one.nonce);
      response.writeHead(422, { 'content-type': 'application/json' }).end(JSON.stringify(unsigned));
    });
    expect(await device.host['sync:push'](batch(opened.user))).toMatchObject({ failed: 'wrong-endpoint' });
    expect(endpoint.asked.length).toBe(before + 1);
  });

  it('names a record by the operation the page gave for it', async () => {
    const { endpoint, device, opened } = await enrolled();
    const w = writerBytes(6);
    const op = aChange({ w });
    const by = { w: Uint8Array.from(writerBytes(7)), n: 12 };
    const prev = Uint8Array.from(chainStart(w, sha256));
    const h = toHex(chainAfter(prev, [op], sha256));
    endpoint.answerWith(endpoint.json({ ack: { w: toHex(w), n: 1, h }, held: [] }));
    const request = { user: opened.user, c: 'core' as const, prev, ops: [op], anchors: [{ n: 1, by }] };
    expect(await device.host['sync:push'](request)).toMatchObject({ n: 1 });
    const incoming = openIncoming(endpoint.asked.at(-1)?.body ?? new Uint8Array(0), tools);
    expect(incoming.ok && incoming.value.wanted.map(({ w: of, n }) => `${toHex(of)} ${n}`)).toEqual([
      `${toHex(by.w)} 12`,
    ]);
  });
});
