import type { LetterTexts } from '../../../shared/letters/letter-text.ts';
import { refKey, type Value } from '../../../shared/records/record.ts';
import { definitionOf } from '../../../shared/sync/field-classes.ts';
import { baseOf, type ReplicaRecord } from '../../../shared/sync/replica-record.ts';
import type { SaveRequest } from '../../services.tsx';
import type { Municipality } from './policy-edits.ts';

type Kept = {
  readonly all: readonly LetterTexts[];
  readonly records: ReadonlyMap<string, ReplicaRecord>;
  readonly newId: () => string;
};

/** One save of texts of a municipality, all or none; a first one begins its record. */
export function letterTextSave(
  { all, records, newId }: Kept,
  municipality: Municipality,
  texts: readonly { readonly field: string; readonly value: Value }[],
): SaveRequest {
  // The first by id, where two laptops began a record each for the same municipality.
  const [own] = all
    .filter((one) => one.municipality?.code === municipality.code)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const ref = { kind: 'letterText', id: own?.id ?? newId() } as const;
  const record = own && records.get(refKey(ref));
  const edit = (field: string, value: Value) => ({
    field,
    value,
    base: record === undefined ? [] : baseOf(record, field, definitionOf('letterText')),
  });
  const begin = own === undefined ? [edit('placement', { site: null }), edit('municipality', municipality)] : [];
  const edits = [...begin, ...texts.map(({ field, value }) => edit(field, value))];
  return { records: [{ ref, edits }], action: 'edit', purpose: null };
}
