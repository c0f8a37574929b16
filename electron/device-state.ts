import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { toUtf8, type Bytes } from '../shared/kernel/bytes.ts';
import {
  boxAad,
  boxHeader,
  hkdfInfo,
  makeBox,
  padPlaintext,
  parseBoxHeader,
  unpadPlaintext,
} from '../shared/vault/box.ts';
import { deviceId, userId } from '../shared/vault/key-slot.ts';
import { replaceFile } from './durable-file.ts';
import { parseForeignJson } from './foreign-json.ts';
import { leaseSchema } from './lease-keeper.ts';
import { deriveKey, openBytes, sealBytes } from './node-crypto.ts';

const schema = z.strictObject({
  v: z.literal(1),
  device: deviceId,
  deviceKey: z.strictObject({ publicKey: z.base64(), privateKey: z.base64() }),
  users: z.array(
    z.strictObject({
      user: userId,
      label: z.string(),
      role: z.enum(['caseworker', 'interviewer', 'finance', 'coordinator', 'lead']),
      /** A slot with a lower version was put back from an old copy. */
      slotVersion: z.int().min(1),
      failures: z.int().min(0),
    }),
  ),
  audit: z.strictObject({ seq: z.int().min(0), hash: z.string() }),
  failedUnlocks: z.int().min(0),
  latestMs: z.int(),
  /** The most commits of the store that this device named to its endpoint. */
  vaultCounter: z.int().min(0).optional(),
  /** Absent before the first endpoint. */
  lease: leaseSchema.optional(),
  /** SHA-256 of the signed answer that enrolled this device, hexadecimal; zeros before that. */
  policy: z.string().regex(/^[0-9a-f]{64}$/),
});
export type DeviceState = z.infer<typeof schema>;
export type DeviceUser = DeviceState['users'][number];

const file = (userData: string) => path.join(userData, 'device-state.bin');
const header = boxHeader({ epoch: 0, schema: 1 });
const aad = boxAad({ header, table: 'device-state', id: 'device-state', compartment: 'device', rev: 0, device: '' });

export const hasDeviceState = (userData: string): boolean => existsSync(file(userData));

/** Undefined when it is missing, damaged, or sealed with another device secret. */
export function readDeviceState(userData: string, secret: Bytes): DeviceState | undefined {
  if (!hasDeviceState(userData)) return undefined;
  const parts = parseBoxHeader(readFileSync(file(userData)));
  if (!parts.ok) return undefined;
  const padded = openBytes(deriveKey(secret, hkdfInfo.deviceState), aad, parts.value.nonce, parts.value.sealed);
  const content = padded === undefined ? undefined : unpadPlaintext(padded);
  return content?.ok === true ? parseForeignJson(content.value, schema) : undefined;
}

export function writeDeviceState(userData: string, secret: Bytes, state: DeviceState): void {
  const plaintext = padPlaintext(toUtf8(JSON.stringify(state)));
  const { nonce, sealed } = sealBytes(deriveKey(secret, hkdfInfo.deviceState), aad, plaintext);
  replaceFile(file(userData), makeBox(header, nonce, sealed));
}
