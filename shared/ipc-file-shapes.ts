import * as z from 'zod';
import { Bytes, FileName, FilePassphrase, NewFilePassphrase } from './ipc-shapes.ts';

/** A list to take in. */
export const TableRequest = z.strictObject({
  again: z.boolean(),
  encoding: z.enum(['auto', 'utf-8', 'windows-1251', 'windows-1252']),
  /** Of the last one, where it was refused as `sealed`; what is in it is never on the disk. */
  passphrase: FilePassphrase.optional(),
});
export const TableAnswer = z.union([
  z.strictObject({
    rows: z.array(z.array(z.string())),
    /** Of the file, without its folder. */
    name: z.string().optional(),
    format: z.enum(['csv', 'xlsx', 'json']),
    encoding: z.string(),
    delimiter: z.string(),
  }),
  z.strictObject({
    refused: z.enum([
      ...(['cancelled', 'empty', 'too-big', 'not-a-table', 'encoding', 'formula', 'unreadable', 'old-excel'] as const),
      ...(['sealed', 'sealed-wrong', 'sealed-damaged', 'sealed-other-key', 'sealed-too-heavy'] as const),
      'sealed-no-memory',
    ]),
    detail: z.string(),
  }),
]);

export const FileToSave = z.strictObject({
  suggestedName: FileName,
  bytes: Bytes,
  reason: z.string().min(1).max(200),
  passphrase: NewFilePassphrase.optional(),
});
export const PageToSave = z.strictObject({
  suggestedName: FileName,
  landscape: z.boolean(),
  passphrase: NewFilePassphrase.optional(),
});

/** A sealed file was chosen, or why it cannot be opened. */
export const SealedChoice = z.union([
  z.strictObject({ name: z.string() }),
  z.strictObject({
    refused: z.enum(['cancelled', 'too-big', 'unreadable', 'foreign', 'other-key', 'too-heavy', 'damaged']),
  }),
]);
/** What is in it, as far as it can be shown. */
export const SealedContents = z.union([
  z.strictObject({
    content: z.union([
      z.strictObject({ kind: z.literal('table'), rows: z.array(z.array(z.string())) }),
      z.strictObject({ kind: z.literal('text'), text: z.string() }),
      z.strictObject({ kind: z.literal('other') }),
    ]),
  }),
  z.strictObject({ failed: z.enum(['wrong', 'damaged', 'no-memory', 'no-file']) }),
]);

/** Lines of the log about the records of one person, oldest first. */
export const AuditExtract = z.union([
  z.strictObject({
    /** False where a line is missing or was changed. */
    isWhole: z.boolean(),
    entries: z.array(
      z.strictObject({
        atMs: z.int(),
        clockSuspect: z.boolean(),
        user: z.string(),
        role: z.string(),
        action: z.string(),
        kind: z.string(),
        id: z.string(),
        purpose: z.string().nullable(),
        breakGlass: z.boolean(),
      }),
    ),
  }),
  z.strictObject({ refused: z.enum(['not-asked']) }),
]);
