import { IconHandStop } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withdrawalEdits } from '../../../shared/questionnaire/withdrawal.ts';
import { refKey, type RecordRef } from '../../../shared/records/record.ts';
import { useServices } from '../../services.tsx';
import { useSession } from '../../stores/session-store.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useSave } from '../../use-save.ts';
import { intakeValues } from './intake.ts';
import { forgetSeen } from './seen-intake.ts';
import { shownBase } from './use-answers.ts';

/** Taking consent back, at any moment and also after the interview was recorded. `served`: parties that were given it. */
export function WithdrawButton({ intakeId, served }: { intakeId: string; served: readonly string[] }) {
  const { t } = useTranslation(['intakes', 'common']);
  const services = useServices();
  const save = useSave();
  const user = useSession((state) => state.user?.id ?? null);
  const record = useWorkspace((state) => state.records.get(refKey({ kind: 'returnIntake', id: intakeId })));
  const [isAsking, setAsking] = useState(false);
  if (record === undefined || user === null) return null;

  const withdraw = async () => {
    const ref: RecordRef = { kind: 'returnIntake', id: intakeId };
    const edits = withdrawalEdits(intakeValues(record), services.today(), user, served).map(([field, value]) => ({
      field,
      value,
      base: shownBase(ref, field),
    }));
    setAsking(false);
    const saved = await save({ records: [{ ref, edits }], action: 'edit', purpose: null }, t('withdraw.done'));
    if (saved !== undefined) await forgetSeen(services, intakeId);
  };
  return (
    <>
      <Button icon={<IconHandStop size={18} />} onPress={() => setAsking(true)}>
        {t('withdraw.button')}
      </Button>
      {isAsking && (
        <Dialog role="alertdialog" title={t('withdraw.title')} isOpen onClose={() => setAsking(false)}>
          <p>{t('withdraw.intro')}</p>
          <ul className="resume-changes">
            <li>{t('withdraw.answers')}</li>
            <li>{t('withdraw.stays')}</li>
            <li>
              {served.length === 0 ? t('withdraw.nobodyServed') : t('withdraw.recalls', { count: served.length })}
            </li>
            <li>{t('withdraw.reception')}</li>
          </ul>
          <div className="form__actions">
            <Button look="primary" onPress={() => void withdraw()}>
              {t('withdraw.confirm')}
            </Button>
            <Button onPress={() => setAsking(false)}>{t('common:action.cancel')}</Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
