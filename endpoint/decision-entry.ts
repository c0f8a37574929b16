import * as z from 'zod';
import type { JournalEntry } from './frame-journal.ts';

const device = { municipality: z.string(), device: z.string() };

/**
 * What the journal keeps of decisions of people, and of what waits for one: an endpoint that was put back has to know
 * them. A laptop that is emptied after its deposit has no second copy of it.
 */
const schema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('status'),
    ...device,
    status: z.enum(['active', 'deposit_only', 'revoked', 'wipe']),
    reason: z.enum(['returned', 'stolen', 'put-back']).nullable(),
  }),
  z.strictObject({ type: z.literal('deposit'), ...device, frame: z.base64() }),
  /** `deposits`: the numbers under which they stand in the journal. */
  z.strictObject({
    type: z.literal('settled'),
    ...device,
    outcome: z.enum(['released', 'fork', 'rejected']),
    deposits: z.array(z.int()),
  }),
  /** `record`: KIND/ID, or everything of the user that waited then. */
  z.strictObject({
    type: z.literal('reject'),
    municipality: z.string(),
    user: z.string(),
    record: z.string().nullable(),
    upTo: z.int(),
  }),
]);
export type Decision = z.infer<typeof schema>;
export type DecisionOf<Type extends Decision['type']> = Extract<Decision, { readonly type: Type }>;

export const decisionEntry = (decision: Decision): Pick<JournalEntry, 'kind' | 'bytes'> => ({
  kind: 6,
  bytes: Buffer.from(JSON.stringify(decision)),
});
export const readDecision = (bytes: Uint8Array): Decision =>
  schema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
