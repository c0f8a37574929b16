import sjson from 'secure-json-parse';
import type * as z from 'zod';

const maxBytes = 1_000_000;

/** What a file or an answer says, if it is JSON of this schema and without a trap for object prototypes; else undefined. */
export function parseForeignJson<Schema extends z.ZodType>(
  bytes: Uint8Array,
  schema: Schema,
): z.infer<Schema> | undefined {
  if (bytes.length > maxBytes) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const parsed = schema.safeParse(sjson.parse(text, { protoAction: 'error', constructorAction: 'error' }));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
