import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Frame, FrameReader, FrameWriter } from '../../../shared/sync/frame.ts';
import { chainStart } from '../../../shared/sync/chain.ts';
import type { Change } from '../../../shared/sync/change.ts';
import type { PageReader } from '../../../shared/sync/page.ts';
import { sha256, writerBytes } from './sync-fixtures.ts';

const keys = generateKeyPairSync('ed25519');

export const frameWriter: FrameWriter = {
  sha256,
  deflate: (bytes) => Uint8Array.from(deflateRawSync(bytes)),
  sign: (digest) => Uint8Array.from(sign(null, digest, keys.privateKey)),
};

function inflate(bytes: Uint8Array, maxBytes: number): Uint8Array | null {
  try {
    return Uint8Array.from(inflateRawSync(bytes, { maxOutputLength: maxBytes }));
  } catch {
    return null;
  }
}

export const deviceId = 'd_0123456789abcdef';

export const frameReader: FrameReader = {
  sha256,
  inflate,
  verify: (device, digest, signature) => device === deviceId && verify(null, digest, keys.publicKey, signature),
};

export const pageReader: PageReader = {
  sha256,
  inflate,
  verify: (digest, signature) => verify(null, digest, keys.publicKey, signature),
};

export const aFrame = (ops: readonly Change[], over: Partial<Frame['header']> = {}): Frame => ({
  header: {
    device: deviceId,
    user: 'u_0123456789abcdef',
    c: 'core',
    app: '0.1.0',
    schema: 1,
    prev: chainStart(writerBytes(1), sha256),
    ...over,
  },
  ops,
});
