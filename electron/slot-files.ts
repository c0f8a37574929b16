import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { toUtf8 } from '../shared/kernel/bytes.ts';
import { keySlotSchema, type KeySlot } from '../shared/vault/key-slot.ts';
import { replaceFile } from './durable-file.ts';
import { parseForeignJson } from './foreign-json.ts';

const folder = (userData: string) => path.join(userData, 'slots');
const file = (userData: string, user: string) => path.join(folder(userData), `${user}.json`);

/** Users that have a slot file, readable or not. */
export function listSlots(userData: string): readonly string[] {
  try {
    return readdirSync(folder(userData)).flatMap((name) => /^(u_[0-9a-f]{16})\.json$/.exec(name)?.[1] ?? []);
  } catch {
    return [];
  }
}

/** Undefined when the file is missing, has unknown fields or values out of bounds, or belongs to another user. */
export function readSlot(userData: string, user: string): KeySlot | undefined {
  try {
    const slot = parseForeignJson(readFileSync(file(userData, user)), keySlotSchema);
    return slot?.user === user ? slot : undefined;
  } catch {
    return undefined;
  }
}

export function writeSlot(userData: string, slot: KeySlot): void {
  mkdirSync(folder(userData), { recursive: true, mode: 0o700 });
  replaceFile(file(userData, slot.user), toUtf8(JSON.stringify(slot)));
}

export function removeSlot(userData: string, user: string): void {
  rmSync(file(userData, user), { force: true });
}
