import { useMemo } from 'react';
import { contactsOf, type Contact } from '../../shared/register/contacts.ts';
import { definitionOf } from '../../shared/sync/field-classes.ts';
import { isHidden, valuesOf } from '../../shared/sync/replica-record.ts';
import { recordsOfKind, useWorkspace } from './workspace-store.ts';

/** `record` is where it is kept. */
export type KeptContact = Contact & { readonly record: string };

/** The address book of the municipality: that of every policy record, where two laptops began one each. */
export function useContacts(): readonly KeptContact[] {
  const records = useWorkspace((state) => state.records);
  return useMemo(
    () =>
      recordsOfKind(records, 'municipalPolicy')
        .filter((record) => !isHidden(record))
        .flatMap((record) =>
          contactsOf(valuesOf(record, definitionOf('municipalPolicy')).values).map((contact) => ({
            ...contact,
            record: record.id,
          })),
        ),
    [records],
  );
}
