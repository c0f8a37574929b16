import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { randomOf } from './node-crypto.ts';
import { toHex } from '../shared/kernel/bytes.ts';

/** Replaces a file as a whole: temporary file beside it, fsync, rename, fsync of the folder. */
export function replaceFile(file: string, content: Uint8Array): void {
  const temporary = `${file}.${toHex(randomOf(6))}.tmp`;
  try {
    createFile(temporary, content);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(path.dirname(file));
}

/** Writes a file that must not be there yet (O_EXCL), for this user only. */
export function createFile(file: string, content: Uint8Array): void {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    for (let at = 0; at < content.length;) at += writeSync(descriptor, content, at);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** A rename is durable once its folder is; Windows has no such call and does not need it. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

export function isErrorCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
export const isDiskFull = (error: unknown): boolean => isErrorCode(error, 'ENOSPC', 'EDQUOT');
