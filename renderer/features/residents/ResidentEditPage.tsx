import { useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { emptyRecord } from '../../../shared/sync/replica-record.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import { useServices, type OpenedRecord } from '../../services.tsx';
import { Alert } from '../../ui/Alert.tsx';
import { useOpened } from '../../use-opened.ts';
import { useSave } from '../../use-save.ts';
import { ResidentForm } from './ResidentForm.tsx';

/** A new resident. */
export function ResidentNewPage() {
  const { t } = useTranslation('register');
  const navigate = useNavigate();
  const services = useServices();
  const save = useSave();
  const [id] = useState(() => services.newId());
  const opened = useMemo<OpenedRecord>(
    () => ({ record: emptyRecord({ kind: 'resident', id }), values: {}, unsettled: [], baseOf: () => [] }),
    [id],
  );
  return (
    <ResidentForm
      title={t('page.newTitle')}
      opened={opened}
      draftKey="resident/new"
      onCancel={() => void navigate({ to: '/residents' })}
      onSave={async (edits, purpose) => {
        const records = [{ ref: { kind: 'resident', id }, edits }] as const;
        const receipt = await save({ records, action: 'create', purpose }, t('page.created'));
        if (receipt === undefined) return false;
        await navigate({ to: '/residents/$id', params: { id } });
        return true;
      }}
    />
  );
}

export function ResidentEditPage() {
  const { t } = useTranslation('register');
  const { id = '' } = useParams({ strict: false });
  const navigate = useNavigate();
  const save = useSave();
  const opened = useOpened('resident', id);
  const leave = () => void navigate({ to: '/residents/$id', params: { id } });
  if (opened.state === 'loading') return null;
  if (opened.state === 'failed') return <Alert tone="error">{errorMessage(opened.error)}</Alert>;
  return (
    <ResidentForm
      title={t('page.editTitle')}
      opened={opened.opened}
      draftKey={`resident/${id}`}
      onCancel={leave}
      onSave={async (edits, purpose) => {
        if (edits.length > 0) {
          const records = [{ ref: { kind: 'resident', id }, edits }] as const;
          const receipt = await save({ records, action: 'edit', purpose });
          if (receipt === undefined) return false;
        }
        leave();
        return true;
      }}
    />
  );
}
