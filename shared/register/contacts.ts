import * as z from 'zod';
import { readFields } from '../records/field-rule.ts';
import type { FieldValues } from '../records/record.ts';
import { field, textSchema } from './schemas.ts';

/** Bodies that the ministerial letter names, and those a municipality works with every week (register.md §14). */
export const contactBodies = [
  'noo',
  'jenv',
  'vws',
  'vng',
  'european-commission',
  'council',
  'advisory-council',
  'commissie-meijers',
  'ind',
  'dtv',
  'iom',
  'nidos',
  'coa',
  'rvig',
  'safety-region',
  'municipality',
  'care',
  'school',
  'other',
] as const;
export type ContactBody = (typeof contactBodies)[number];

export const contactParts = ['name', 'person', 'phone', 'email', 'address', 'purpose'] as const;
export type ContactPart = (typeof contactParts)[number];
export const contactLengths: Readonly<Record<ContactPart, number>> = {
  name: 100,
  person: 100,
  phone: 40,
  email: 254,
  address: 200,
  purpose: 200,
};

/** `contact.<key>`: whom to write or call. An address book only: nothing goes there by itself. */
export const contactRule = field(
  'review',
  'core',
  z.object({
    body: z.enum(contactBodies),
    name: textSchema(contactLengths.name),
    person: textSchema(contactLengths.person),
    phone: textSchema(contactLengths.phone),
    email: textSchema(contactLengths.email),
    address: textSchema(contactLengths.address),
    purpose: textSchema(contactLengths.purpose),
  }),
);
export type ContactDetails = z.infer<typeof contactRule.schema>;
export type Contact = ContactDetails & { readonly key: string };

export const contactFieldId = (key: string): string => `contact.${key}`;

/** The contacts of one policy record; what this version cannot read is left out. */
export const contactsOf = (values: FieldValues): readonly Contact[] =>
  readFields(values, 'contact', contactRule).map(([key, value]) => ({ ...value, key }));

/** What keeps a contact from being kept: nobody can be reached by it, or it does not fit. */
export type ContactProblem = { readonly part: ContactPart; readonly problem: 'missing' | 'too-long' };
export function checkContact(contact: ContactDetails): readonly ContactProblem[] {
  const long = contactParts
    .filter((part) => contact[part].length > contactLengths[part])
    .map((part) => ({ part, problem: 'too-long' as const }));
  const isNameless = contact.body === 'other' && contact.name.trim() === '' && contact.person.trim() === '';
  const isOutOfReach = [contact.phone, contact.email, contact.address].every((text) => text.trim() === '');
  return [
    ...long,
    ...(isNameless ? [{ part: 'name', problem: 'missing' } as const] : []),
    ...(isOutOfReach ? [{ part: 'phone', problem: 'missing' } as const] : []),
  ];
}
