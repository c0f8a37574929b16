import net, { type AddressInfo, type Socket } from 'node:net';

export type LinkOptions = {
  /** Each way; without it as fast as it goes. */
  readonly bitsPerSecond?: number;
  readonly roundTripMs?: number;
  readonly loss?: number;
  /** 0 … 1, for the loss. */
  readonly draw?: () => number;
};
export type Counted = { requests: number; up: number; down: number };
export type Link = { readonly url: string; readonly counted: Counted; readonly close: () => Promise<void> };

const packet = 1_460;
const beginning = /^(GET|POST|PUT|HEAD|DELETE) \S+ HTTP\/1\.1\r\n/gm;

/**
 * A line between a client and `target` that counts every byte of HTTP on it, and can be as slow as a bad network: each
 * packet takes its time on the line, one that is lost takes it twice and holds everything behind it up for a round trip.
 */
export async function openLink(target: string, options: LinkOptions = {}): Promise<Link> {
  const { hostname, port } = new URL(target);
  const counted: Counted = { requests: 0, up: 0, down: 0 };
  const sockets = new Set<Socket>();
  const up = makeLine(options);
  const down = makeLine(options);
  const server = net.createServer((client) => {
    const onward = net.connect(Number(port), hostname);
    for (const socket of [client, onward]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        onward.destroy();
      });
    }
    client.on('data', (bytes: Buffer) => {
      counted.up += bytes.length;
      counted.requests += bytes.toString('latin1').match(beginning)?.length ?? 0;
      up(bytes, onward, client);
    });
    onward.on('data', (bytes: Buffer) => {
      counted.down += bytes.length;
      down(bytes, client, onward);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    counted,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

type Line = (bytes: Buffer, to: Socket, from: Socket) => void;

function makeLine({ bitsPerSecond, roundTripMs = 0, loss = 0, draw = Math.random }: LinkOptions): Line {
  if (bitsPerSecond === undefined) return (bytes, to) => void to.write(bytes);
  // When the line is free again, and when the last packet comes out: packets arrive in their order.
  let free = 0;
  let arrived = 0;
  return (bytes, to, from) => {
    const now = performance.now();
    free = Math.max(free, now);
    for (let at = 0; at < bytes.length; at += packet) {
      const part = bytes.subarray(at, at + packet);
      // 40 bytes of IP and TCP around each.
      const took = ((part.length + 40) * 8_000) / bitsPerSecond;
      const isLost = draw() < loss;
      free += isLost ? 2 * took : took;
      arrived = Math.max(arrived, free + roundTripMs / 2 + (isLost ? roundTripMs : 0));
      setTimeout(() => to.writable && to.write(part), Math.max(0, arrived - performance.now()));
    }
    // No more stands before the line than a small buffer: the sender waits as it would at a real one.
    from.pause();
    setTimeout(() => from.resume(), Math.max(0, free - performance.now() - 500));
  };
}
