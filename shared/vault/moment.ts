import * as z from 'zod';

/**
 * A place in the history of the endpoint. The mark is random: an endpoint that was put back with all its files gives
 * the same number again, and another mark.
 */
export const momentSchema = z.strictObject({ g: z.int().min(1), mark: z.string().regex(/^[0-9a-f]{16}$/) });
export type Moment = z.infer<typeof momentSchema>;
