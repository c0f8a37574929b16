import { useEffect, useMemo, useState } from 'react';
import { refKey } from '../../../shared/records/record.ts';
import type { FieldValues } from '../../../shared/records/record.ts';
import type { ReplicaRecord } from '../../../shared/sync/replica-record.ts';
import { useServices, type OpenError } from '../../services.tsx';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { intakeValues, toIntake, type Intake } from './intake.ts';

export type IntakeState =
  | { readonly state: 'loading' }
  | { readonly state: 'unknown-version' }
  | { readonly state: 'failed'; readonly error: OpenError }
  | { readonly state: 'ready'; readonly intake: Intake; readonly record: ReplicaRecord };

/**
 * The draft of a page. The view is logged once per page, not once per answer; after that the page follows the workspace,
 * so that an answer from another laptop appears as well. `unsaved` values are on the screen and on their way.
 */
export function useIntake(id: string, unsaved: FieldValues): IntakeState {
  const services = useServices();
  const [opened, setOpened] = useState<{ readonly id: string; readonly result: ReplicaRecord | OpenError }>();
  const current = useWorkspace((state) => state.records.get(refKey({ kind: 'returnIntake', id })));
  const residents = useWorkspace((state) => state.residents);

  useEffect(() => {
    let isCurrent = true;
    void services.open({ kind: 'returnIntake', id }).then((outcome) => {
      if (isCurrent) setOpened({ id, result: outcome.ok ? outcome.value.record : outcome.error });
    });
    return () => {
      isCurrent = false;
    };
  }, [services, id]);

  const today = services.today();
  const seen = opened?.id === id ? opened.result : undefined;
  const record = seen === undefined || 'type' in seen ? undefined : (current ?? seen);
  const intake = useMemo(
    () => (record === undefined ? undefined : toIntake(id, withUnsaved(record, unsaved), residents, today)),
    [id, record, unsaved, residents, today],
  );
  if (seen === undefined) return { state: 'loading' };
  if ('type' in seen) return { state: 'failed', error: seen };
  if (record === undefined || intake === undefined) return { state: 'unknown-version' };
  return { state: 'ready', intake, record };
}

export function withUnsaved(record: ReplicaRecord, unsaved: FieldValues): FieldValues {
  const values = { ...intakeValues(record), ...unsaved };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
