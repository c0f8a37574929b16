import { useDeferredValue, useEffect, useMemo } from 'react';
import { isValidBsn } from '../../../shared/kernel/bsn.ts';
import { parseTypedBirthDate, toBsn } from '../../../shared/register/check-resident.ts';
import type { Resident } from '../../../shared/register/resident.ts';
import type { ResidentSummary } from '../../../shared/register/resident-summary.ts';
import { findDuplicatesOf, type DuplicateReason, type IdentityFacts } from '../../../shared/search/duplicates.ts';
import { idsWithNumber, type NumberBook } from '../../stores/search-facts.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import type { ResidentFormValues } from './resident-form.ts';
import { useNumberBook } from './use-number-book.ts';

export type FoundDouble = {
  readonly other: ResidentSummary;
  readonly reasons: readonly DuplicateReason[];
  readonly score: number;
};
type Typed = { readonly bsn: string | null; readonly vNumber: string | null; readonly document: string | null };

/** Shorter than any number of a paper, so nobody's numbers are read for it. */
const shortest = 6;
const signsOf = (text: string) => text.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');

/** Numbers that were typed in full and are not the ones that stood there. */
function typedNumbers(form: ResidentFormValues, before: Resident): Typed {
  const bsn = toBsn(form.bsn) ?? '';
  const full = (text: string, was: string | null) =>
    signsOf(text).length >= shortest && signsOf(text) !== signsOf(was ?? '') ? text : null;
  const papers = before.documents.map(({ number }) => signsOf(number));
  return {
    bsn: isValidBsn(bsn) && bsn !== before.bsn ? bsn : null,
    vNumber: full(form.vNumber, before.vNumber),
    document: papers.includes(signsOf(form.documentNumber)) ? null : full(form.documentNumber, null),
  };
}

/**
 * Who may already be there while somebody is typed, offline: by name and birth date, and by number once one was typed in
 * full. Only then the numbers of the register are read, with an entry in the audit log.
 */
export function useLikelyDoubles(id: string, form: ResidentFormValues, before: Resident) {
  const residents = useWorkspace((state) => state.residents);
  const numbers = useNumberBook(residents);
  const typed = useDeferredValue(form);
  const given = useMemo(() => typedNumbers(typed, before), [typed, before]);
  const isGiven = given.bsn !== null || given.vNumber !== null || given.document !== null;
  const mustRead = isGiven && (numbers.book === null || numbers.isOutdated);
  const isIdle = numbers.progress === null && numbers.problem === null;
  const { read } = numbers;
  useEffect(() => {
    if (mustRead && isIdle) read();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `read` is another function every time
  }, [mustRead, isIdle]);

  const { book } = numbers;
  const doubles = useMemo<readonly FoundDouble[]>(() => {
    const { family, given: first, familyCyrillic, givenCyrillic, birthDate } = typed;
    const born = parseTypedBirthDate(birthDate) ?? null;
    const bsn = new Set(twinsOf(book, 'bsn', given.bsn));
    const vNumber = new Set(twinsOf(book, 'vNumber', given.vNumber));
    const document = new Set(twinsOf(book, 'document', given.document));
    const year = born?.slice(0, 4);
    const others = [...residents.values()].filter(
      (other) =>
        bsn.has(other.id) ||
        vNumber.has(other.id) ||
        document.has(other.id) ||
        (year !== undefined && other.birthDate?.startsWith(year) === true),
    );
    const person: IdentityFacts = {
      ...{ id, family, given: first, familyCyrillic, givenCyrillic, birthDate: born },
      ...{ bsn: given.bsn, vNumber: given.vNumber },
      documentNumbers: given.document === null ? [] : [given.document],
    };
    return findDuplicatesOf(
      person,
      others.map((other) => ({
        ...other,
        bsn: bsn.has(other.id) ? given.bsn : null,
        vNumber: vNumber.has(other.id) ? given.vNumber : null,
        documentNumbers: document.has(other.id) && given.document !== null ? [given.document] : [],
      })),
    ).flatMap(({ ids, reasons, score }) => {
      const other = residents.get(ids[0] === id ? ids[1] : ids[0]);
      return other === undefined ? [] : [{ other, reasons, score }];
    });
  }, [id, typed, given, residents, book]);

  /** Who has the BSN that stands in the form now, read to the end: what a save has to know. */
  const bsnTwins = async (): Promise<readonly string[]> => {
    const { bsn } = typedNumbers(form, before);
    if (bsn === null) return [];
    return twinsOf(await numbers.whenRead(), 'bsn', bsn).filter((other) => other !== id && residents.has(other));
  };
  return { doubles, isReading: isGiven && numbers.progress !== null, bsnTwins };
}

const twinsOf = (book: NumberBook | null, kind: 'bsn' | 'vNumber' | 'document', typed: string | null) =>
  book === null || typed === null ? [] : idsWithNumber(book[kind], typed);
