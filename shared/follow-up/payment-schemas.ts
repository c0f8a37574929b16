import * as z from 'zod';
import { centsSchema, isoDateSchema, textSchema } from '../register/schemas.ts';

/** What money was for: the contribution (RooO art. 7 lid 4), or allowance that was asked back (art. 8 and 14). */
export const paymentPurposes = ['contribution', 'recovery'] as const;

export const paymentList = z
  .array(
    z.object({
      of: z.enum(paymentPurposes),
      /** Below zero: paid back, or taken back by the bank. */
      amountCents: centsSchema.refine((value) => value !== 0, 'amount-zero'),
      /** The number of the entry in the books; '' where there is none. */
      booking: textSchema(60),
      /** An account of a closed year takes only what was known by its day. */
      recordedOn: isoDateSchema,
    }),
  )
  .min(1);

export const withdrawalList = z
  .array(
    z.object({ on: isoDateSchema, reason: textSchema(500).refine((text) => text.trim() !== '', 'reason-missing') }),
  )
  .min(1);
