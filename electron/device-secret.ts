import { lstatSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { toUtf8, type Bytes } from '../shared/kernel/bytes.ts';
import { err, ok, type Result } from '../shared/kernel/result.ts';
import { createFile, isErrorCode, replaceFile } from './durable-file.ts';
import { parseForeignJson } from './foreign-json.ts';
import { fromBase64, randomOf, toBase64 } from './node-crypto.ts';

/** What of Electron's `safeStorage` is used: the asynchronous half. */
export type SecretStore = {
  readonly isAsyncEncryptionAvailable: () => Promise<boolean>;
  readonly encryptStringAsync: (text: string) => Promise<Buffer>;
  readonly decryptStringAsync: (
    sealed: Buffer,
  ) => Promise<{ readonly result: string; readonly shouldReEncrypt: boolean }>;
  readonly getSelectedStorageBackend: () => string;
};

export type DeviceSecret = { readonly secret: Bytes; readonly protection: 'full' | 'reduced' };
export type DeviceSecretError = {
  /** `absent`: never made here. `unsafe`: link, other owner or open to others. `unreadable`: damaged, or its keyring is gone. */
  readonly type: 'absent' | 'unsafe' | 'unreadable';
};

const fileSchema = z.strictObject({
  v: z.literal(1),
  /** Who protects it: the secret store of the operating system, or only the rights of this file. */
  keptBy: z.enum(['system', 'file']),
  data: z.base64(),
});

const fileOf = (userData: string) => path.join(userData, 'device.bin');
const write = (keptBy: 'system' | 'file', data: Uint8Array) =>
  toUtf8(JSON.stringify({ v: 1, keptBy, data: toBase64(data) }));

/** Reads the secret of this device. It never makes one: over an unreadable secret that would lose every record. */
export async function readDeviceSecret(
  userData: string,
  store: SecretStore,
): Promise<Result<DeviceSecret, DeviceSecretError>> {
  const file = fileOf(userData);
  try {
    if (!isOurs(file)) return err({ type: 'unsafe' });
    const kept = parseForeignJson(readFileSync(file), fileSchema);
    if (kept === undefined) return err({ type: 'unreadable' });
    const data = fromBase64(kept.data);
    if (kept.keptBy === 'file')
      return data.length === 32 ? ok({ secret: data, protection: 'reduced' }) : err({ type: 'unreadable' });
    const { result, shouldReEncrypt } = await store.decryptStringAsync(Buffer.from(data));
    const secret = fromBase64(result);
    if (secret.length !== 32) return err({ type: 'unreadable' });
    if (shouldReEncrypt) replaceFile(file, write('system', await store.encryptStringAsync(toBase64(secret))));
    return ok({ secret, protection: 'full' });
  } catch (error) {
    return err({ type: isErrorCode(error, 'ENOENT') ? 'absent' : 'unreadable' });
  }
}

/** Makes the secret of a device that has none; an existing file is never replaced (O_EXCL). */
export async function makeDeviceSecret(userData: string, store: SecretStore): Promise<DeviceSecret> {
  const secret = randomOf(32);
  const sealed = await sealBySystem(secret, store);
  createFile(fileOf(userData), sealed === undefined ? write('file', secret) : write('system', sealed));
  return { secret, protection: sealed === undefined ? 'reduced' : 'full' };
}

/** How a secret made now would be kept. */
export async function protectionOf(store: SecretStore): Promise<'full' | 'reduced'> {
  return (await sealBySystem(randomOf(32), store)) === undefined ? 'reduced' : 'full';
}

/**
 * On Linux without a keyring Electron says that encryption is available and uses a key that stands in its source:
 * the back end and the `v10` in front of what it sealed tell.
 */
async function sealBySystem(secret: Bytes, store: SecretStore): Promise<Buffer | undefined> {
  try {
    if (!(await store.isAsyncEncryptionAvailable())) return undefined;
    const linux = process.platform === 'linux';
    if (linux && ['basic_text', 'unknown'].includes(store.getSelectedStorageBackend())) return undefined;
    const sealed = await store.encryptStringAsync(toBase64(secret));
    return linux && sealed.subarray(0, 3).toString('latin1') === 'v10' ? undefined : sealed;
  } catch {
    return undefined;
  }
}

function isOurs(file: string): boolean {
  const state = lstatSync(file);
  if (!state.isFile()) return false;
  // Windows has no mode bits; there the folder belongs to the user.
  return process.getuid === undefined || (state.uid === process.getuid() && (state.mode & 0o777) === 0o600);
}
