import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  checkContact,
  contactBodies,
  contactFieldId,
  contactParts,
  type ContactBody,
  type ContactDetails,
  type ContactPart,
} from '../../../shared/register/contacts.ts';
import { definitionOf } from '../../../shared/sync/field-classes.ts';
import { baseOf } from '../../../shared/sync/replica-record.ts';
import { refKey, type Value } from '../../../shared/records/record.ts';
import { useServices } from '../../services.tsx';
import type { KeptContact } from '../../stores/contact-views.ts';
import { findPolicyRecord } from '../../stores/protection-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Button } from '../../ui/Button.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useSave } from '../../use-save.ts';

type Typed = { readonly body: ContactBody | null } & Readonly<Record<ContactPart, string>>;
const empty: Typed = { body: null, name: '', person: '', phone: '', email: '', address: '', purpose: '' };

/** `contact` null for a new one. */
export function ContactDialog({ contact, onClose }: { contact: KeptContact | null; onClose: () => void }) {
  const { t } = useTranslation(['settings', 'common']);
  const services = useServices();
  const save = useSave();
  const [typed, setTyped] = useState<Typed>(contact ?? empty);
  const [problems, setProblems] = useState<ReadonlyMap<ContactPart | 'body', string>>(new Map());

  const write = async (value: Value, said: string) => {
    const { records } = useWorkspace.getState();
    const record =
      contact === null
        ? findPolicyRecord(records)
        : records.get(refKey({ kind: 'municipalPolicy', id: contact.record }));
    const field = contactFieldId(contact?.key ?? services.newId());
    const base = record === undefined ? [] : baseOf(record, field, definitionOf('municipalPolicy'));
    const first = record === undefined ? [{ field: 'placement', value: { site: null }, base: [] }] : [];
    const edits = [...first, { field, value, base }];
    const changed = [{ ref: { kind: 'municipalPolicy', id: record?.id ?? services.newId() }, edits }] as const;
    if ((await save({ records: changed, action: 'edit', purpose: null }, said)) !== undefined) onClose();
  };
  const submit = async () => {
    const { body } = typed;
    if (body === null) return setProblems(new Map([['body', t('settings:contacts.bodyMissing')]]));
    const parts = Object.fromEntries(contactParts.map((part) => [part, typed[part].trim()]));
    const details = { ...parts, body } as ContactDetails;
    const found = checkContact(details);
    setProblems(new Map(found.map(({ part, problem }) => [part, problemText(part, problem)])));
    if (found.length === 0) await write(details, t('settings:contacts.saved'));
  };
  const problemText = (part: ContactPart, problem: 'missing' | 'too-long') =>
    problem === 'too-long'
      ? t('settings:contacts.tooLong')
      : part === 'name'
        ? t('settings:contacts.nameMissing')
        : t('settings:contacts.reachMissing');

  return (
    <FormDialog
      title={t(contact === null ? 'settings:contacts.new' : 'settings:contacts.change')}
      onClose={onClose}
      onSubmit={submit}
      more={
        contact !== null && (
          <Button look="subtle" onPress={() => void write(null, t('settings:contacts.removed'))}>
            {t('settings:contacts.remove')}
          </Button>
        )
      }
    >
      <div className="form__pair">
        <SelectField
          id="contactBody"
          label={t('settings:contacts.bodyLabel')}
          choices={contactBodies.map((code) => ({ code, label: t(`settings:contacts.body.${code}`) }))}
          value={typed.body}
          onChange={(body) => setTyped({ ...typed, body })}
          error={problems.get('body')}
        />
        {contactParts.map((part) => (
          <TextField
            key={part}
            id={`contact-${part}`}
            label={t('common:form.optional', { label: t(`settings:contacts.part.${part}`) })}
            value={typed[part]}
            onChange={(text) => setTyped({ ...typed, [part]: text })}
            error={problems.get(part)}
          />
        ))}
      </div>
    </FormDialog>
  );
}
