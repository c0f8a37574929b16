import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { findCountryOfMrz } from '../../../shared/register/mrz-countries.ts';
import type { Mrz, MrzCheck } from '../../../shared/register/mrz.ts';
import type { DocumentType } from '../../../shared/register/codes.ts';
import { typedBirthDate, type ResidentFormValues } from './resident-form.ts';

/** Controls that a zone can fill, in the order of the form. */
export type MrzControl =
  | 'family'
  | 'given'
  | 'birthDate'
  | 'sex'
  | 'nationality'
  | 'documentType'
  | 'documentNumber'
  | 'issuingCountry'
  | 'documentUntil';

const controlsOf: Readonly<Partial<Record<MrzCheck, MrzControl>>> = {
  documentNumber: 'documentNumber',
  birthDate: 'birthDate',
  expiry: 'documentUntil',
};

/**
 * What a zone changes in the form. Only what is still open is filled; what somebody typed differently is in `differs`
 * and stays, because a person has the document in hand. A field whose check digit failed is not filled.
 */
export function fillFromMrz(
  mrz: Mrz,
  form: ResidentFormValues,
  takesDocument: boolean,
): { readonly change: Partial<ResidentFormValues>; readonly differs: readonly MrzControl[] } {
  const failed = new Set(mrz.failed.map((check) => controlsOf[check]));
  const read: Partial<Pick<ResidentFormValues, MrzControl>> = {
    family: inLetters(mrz.family),
    given: inLetters(mrz.given),
    ...(mrz.birthDate === null || mrz.birthDate.startsWith('0000') ? {} : { birthDate: typedBirthDate(mrz.birthDate) }),
    sex: mrz.sex,
    nationality: findCountryOfMrz(mrz.nationality) ?? null,
    ...(takesDocument
      ? {
          documentType: typeOf(mrz),
          documentNumber: mrz.documentNumber,
          issuingCountry: findCountryOfMrz(mrz.issuer) ?? null,
          documentUntil: mrz.expiry,
        }
      : {}),
  };
  const change: Partial<Record<MrzControl, string | IsoDate | null>> = {};
  const differs: MrzControl[] = [];
  for (const [name, value] of Object.entries(read)) {
    const control = name as MrzControl;
    const typed = form[control];
    if (value === '' || failed.has(control)) continue;
    const isOpen = typed === null || typed === '' || (control === 'sex' && typed === 'unknown');
    if (isOpen) change[control] = value;
    else if (!isSame(control, typed, value)) differs.push(control);
  }
  return { change: change as Partial<ResidentFormValues>, differs };
}

/** The zone has no small letters, marks, apostrophes or hyphens: these do not make another name. */
function isSame(control: MrzControl, typed: string, read: string | null): boolean {
  if (read === null) return true;
  if (control !== 'family' && control !== 'given') return typed === read;
  const bare = (name: string) =>
    name
      .normalize('NFKD')
      .replaceAll(/[^\p{L}]/gu, '')
      .toUpperCase();
  return bare(typed) === bare(read);
}

/** ANNA MARIA to Anna Maria: a start to compare with the document, which may write a capital inside a name. */
const inLetters = (name: string): string =>
  name
    .split(' ')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join(' ');

function typeOf({ documentCode, issuer }: Mrz): DocumentType {
  if (documentCode.startsWith('P')) return 'passport';
  // Dutch residence documents are cards of the kinds IR and IT.
  return issuer === 'NLD' && /^I[RT]$/.test(documentCode) ? 'o-document' : 'id-card';
}
