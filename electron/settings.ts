import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { toUtf8 } from '../shared/kernel/bytes.ts';
import { replaceFile } from './durable-file.ts';
import { parseForeignJson } from './foreign-json.ts';

const schema = z.strictObject({
  v: z.literal(1),
  language: z.enum(['nl', 'uk', 'en']),
  endpoint: z
    .strictObject({
      url: z.url().max(300),
      /** Raw Ed25519 key that signs every answer, base64url. */
      serverKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
      /** X25519, base64url: files on a stick are sealed for it; absent when the endpoint was of before. */
      boxKey: z
        .string()
        .regex(/^[A-Za-z0-9_-]{43}$/)
        .optional(),
      sites: z.array(z.string().max(200)).max(1_000),
      /** The endpoint's own history; another one means that it was put back from a backup. */
      epoch: z.string().max(200),
      /** What it said last of this laptop. */
      standing: z
        .strictObject({
          status: z.enum(['active', 'deposit_only', 'revoked', 'wipe']),
          reason: z.enum(['returned', 'stolen', 'put-back']).nullable(),
          sinceMs: z.int().min(0),
          waiting: z
            .array(
              z.strictObject({
                w: z.string().regex(/^[0-9a-f]{16}$/),
                n: z.int().min(0),
                why: z.enum(['schema', 'rights', 'rule']),
                state: z.enum(['held', 'rejected']),
              }),
            )
            .max(1_000),
          /** Absent: none. */
          rejected: z
            .array(
              z.strictObject({
                w: z.string().regex(/^[0-9a-f]{16}$/),
                from: z.int().min(0),
                to: z.int().min(0),
              }),
            )
            .exactOptional(),
        })
        .optional(),
    })
    .nullable(),
  /** When this laptop was emptied, until somebody begins on it again. */
  emptied: z.strictObject({ reason: z.enum(['returned', 'stolen']), atMs: z.int().min(0) }).optional(),
});
export type Settings = Omit<z.infer<typeof schema>, 'v' | 'emptied'> & {
  readonly emptied?: z.infer<typeof schema>['emptied'];
};
export type Standing = NonNullable<NonNullable<Settings['endpoint']>['standing']>;

/** Settings of this device; nothing in them is about a person. An unreadable file counts as none. */
export function openSettings(userData: string) {
  const file = path.join(userData, 'settings.json');
  const read = (): Settings => {
    try {
      const found = parseForeignJson(readFileSync(file), schema);
      if (found !== undefined) {
        const { language, endpoint, emptied } = found;
        return { language, endpoint, emptied };
      }
    } catch {
      // No file yet.
    }
    return { language: 'nl', endpoint: null };
  };
  let current = read();
  return {
    get: (): Settings => current,
    change: (to: Partial<Settings>): void => {
      current = { ...current, ...to };
      replaceFile(file, toUtf8(JSON.stringify({ v: 1, ...current })));
    },
  };
}
export type SettingsFile = ReturnType<typeof openSettings>;
