import * as z from 'zod';
import {
  departureReasons,
  deregistrationReasons,
  documentTypes,
  incomeEvidence,
  proofTypes,
  protectionStatuses,
  successorTypes,
} from './codes.ts';
import { centsSchema, countryCodeSchema, isoDateSchema, municipalityCodeSchema, textSchema } from './schemas.ts';

export const maxNameLength = 100;
/** 1,000,000.00 euro: more in one month is a typing error. */
export const maxIncomeCents = 100_000_000;

const namePart = textSchema(maxNameLength).default('');

/** As the document writes it, in Latin and in Cyrillic. One name only is allowed (register.md §12), none is not. */
export const nameSchema = z
  .object({
    family: namePart,
    given: namePart,
    patronymic: namePart,
    familyCyrillic: namePart,
    givenCyrillic: namePart,
    patronymicCyrillic: namePart,
  })
  .refine(
    (name) => [name.family, name.given, name.familyCyrillic, name.givenCyrillic].some((part) => part.trim() !== ''),
    'name-missing',
  );
export type PersonName = z.infer<typeof nameSchema>;

export const cyrillicParts = ['familyCyrillic', 'givenCyrillic', 'patronymicCyrillic'] as const;
export type CyrillicPart = (typeof cyrillicParts)[number];

/** The spelling itself, so that the mark is gone as soon as the name is written otherwise. */
export const proposedSpellingSchema = z.object({
  familyCyrillic: namePart,
  givenCyrillic: namePart,
  patronymicCyrillic: namePart,
});
export type ProposedSpelling = z.infer<typeof proposedSpellingSchema>;

/** Parts of the name that still have the spelling that was proposed for them. */
export const proposedParts = (name: PersonName, proposed: ProposedSpelling | undefined): readonly CyrillicPart[] =>
  cyrillicParts.filter((part) => name[part] !== '' && proposed?.[part] === name[part]);

export const documentSchema = z.object({
  type: z.enum(documentTypes),
  number: textSchema(40),
  issuingCountry: countryCodeSchema.nullable(),
  validUntil: isoDateSchema.nullable(),
  seenOn: isoDateSchema.nullable(),
});
export type IdentityDocument = z.infer<typeof documentSchema>;

/** `from … to` inclusive; `to` null while registered. */
export const brpPeriodSchema = z.object({
  from: isoDateSchema,
  to: isoDateSchema.nullable(),
  municipality: municipalityCodeSchema,
  reason: z.enum(deregistrationReasons).nullable(),
  destination: countryCodeSchema.nullable(),
});
export type BrpPeriod = z.infer<typeof brpPeriodSchema>;

export const protectionSchema = z.object({
  status: z.enum(protectionStatuses),
  since: isoDateSchema.nullable(),
  proofType: z.enum(proofTypes).nullable(),
  validUntil: isoDateSchema.nullable(),
  successor: z.enum(successorTypes).nullable().default(null),
});
export type Protection = z.infer<typeof protectionSchema>;

export const arrivalSchema = z.object({ date: isoDateSchema, from: textSchema(100).nullable() });
export type Arrival = z.infer<typeof arrivalSchema>;

/** `date` is the first day the resident is not there any more. */
export const departureSchema = z.object({
  date: isoDateSchema,
  reason: z.enum(departureReasons),
  destination: countryCodeSchema.nullable(),
});
export type Departure = z.infer<typeof departureSchema>;

export const incomeSchema = z.object({
  amountCents: centsSchema.pipe(
    z.custom<z.infer<typeof centsSchema>>(
      (value) => typeof value === 'number' && value >= 0 && value <= maxIncomeCents,
    ),
  ),
  evidence: z.enum(incomeEvidence),
  /** First and last day of the job or benefit, where they matter; a change acts from the next month (RooO art. 7). */
  startedOn: z.exactOptional(isoDateSchema),
  endedOn: z.exactOptional(isoDateSchema),
});
export type Income = z.infer<typeof incomeSchema>;

/** A stay in a long-term care institution from the day in the field id; `to` is its last day, null while it lasts. */
export const careStaySchema = z.object({ to: isoDateSchema.nullable() });

/** Public bodies must verify that a BSN belongs to the person: Wabb art. 12. */
export const bsnVerifiedSchema = z.object({ on: isoDateSchema, against: textSchema(100) });
