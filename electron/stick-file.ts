import { readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { equalBytes, toHex } from '../shared/kernel/bytes.ts';
import { err, ok, type Result } from '../shared/kernel/result.ts';
import { maxCaseboxBytes } from '../shared/sync/casebox.ts';
import { createFile, isDiskFull, isErrorCode, syncFolder } from './durable-file.ts';
import { randomOf, sha256 } from './node-crypto.ts';

export type StickError = { readonly type: 'full' | 'read-only' | 'unplugged' | 'not-written' };

/**
 * Onto a medium that may be full, locked, worn or pulled out: a name of its own, fsync, the whole file read back and
 * compared, and only then its name. What is not whole is taken away again, as far as the stick still lets it.
 */
export function writeToStick(file: string, content: Uint8Array): Result<void, StickError> {
  const temporary = path.join(path.dirname(file), `~${toHex(randomOf(6))}.part`);
  try {
    createFile(temporary, content);
    if (!equalBytes(sha256(readFileSync(temporary)), sha256(content))) {
      rmSync(temporary, { force: true });
      return err({ type: 'not-written' });
    }
    renameSync(temporary, file);
    // Not every file system of a stick knows this call.
    try {
      syncFolder(path.dirname(file));
    } catch (error) {
      if (!isErrorCode(error, 'EINVAL', 'ENOTSUP', 'EPERM', 'EISDIR')) throw error;
    }
    return ok(undefined);
  } catch (error) {
    try {
      rmSync(temporary, { force: true });
    } catch {
      // A stick that is gone takes the rest along; a .part file is never read.
    }
    return err({ type: stickErrorOf(error) });
  }
}

function stickErrorOf(error: unknown): StickError['type'] {
  if (isDiskFull(error) || isErrorCode(error, 'EFBIG')) return 'full';
  if (isErrorCode(error, 'EROFS', 'EACCES', 'EPERM')) return 'read-only';
  return isErrorCode(error, 'ENOENT', 'ENODEV', 'ENXIO', 'EIO', 'ENOTDIR', 'ESTALE') ? 'unplugged' : 'not-written';
}

/** Undefined when it is longer than any file of ours; nothing of it is read then. */
export function readFromStick(file: string): Result<Uint8Array | undefined, StickError> {
  try {
    if (statSync(file).size > 2 * maxCaseboxBytes) return ok(undefined);
    return ok(readFileSync(file));
  } catch {
    return err({ type: 'unplugged' });
  }
}
