import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { keepingFieldId } from '../../../shared/register/territories.ts';
import { definitionOf } from '../../../shared/sync/field-classes.ts';
import { baseOf } from '../../../shared/sync/replica-record.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { findPolicyRecord, useKeepingDecisions, useKeepsLastResidence } from '../../stores/protection-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Button } from '../../ui/Button.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useSave } from '../../use-save.ts';

/** Off until an act allows it (register.md §14): who writes down the act switches it on, and off again. */
export function LastResidencePanel() {
  const { t } = useTranslation('settings');
  const services = useServices();
  const isKept = useKeepsLastResidence(services.today());
  const decisions = useKeepingDecisions();
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('lastResidence.title')}</h2>
      <p>{isKept ? t('lastResidence.on') : t('lastResidence.off')}</p>
      {decisions.length > 0 && (
        <ul className="plain-list plain-list--ruled">
          {decisions.map(({ from, kept, legalAct }) => (
            <li key={`${from} ${legalAct}`} className="plain-list__row">
              {t(kept ? 'lastResidence.lineOn' : 'lastResidence.lineOff', {
                day: formatDate(from, currentLanguage()),
                legalAct,
              })}
            </li>
          ))}
        </ul>
      )}
      <Button onPress={() => setOpen(true)}>{isKept ? t('lastResidence.stop') : t('lastResidence.start')}</Button>
      {isOpen && <KeepingDialog kept={!isKept} onClose={() => setOpen(false)} />}
    </section>
  );
}

function KeepingDialog({ kept, onClose }: { kept: boolean; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const services = useServices();
  const save = useSave();
  const [from, setFrom] = useState<IsoDate | null>(services.today());
  const [legalAct, setLegalAct] = useState('');
  const [isTried, setTried] = useState(false);
  const isActMissing = legalAct.trim() === '' || legalAct.trim().length > 200;

  const submit = async () => {
    setTried(true);
    if (from === null || isActMissing) return;
    const record = findPolicyRecord(useWorkspace.getState().records);
    const field = keepingFieldId(from);
    const base = record === undefined ? [] : baseOf(record, field, definitionOf('municipalPolicy'));
    const first = record === undefined ? [{ field: 'placement', value: { site: null }, base: [] }] : [];
    const edits = [...first, { field, value: { kept, legalAct: legalAct.trim() }, base }];
    const records = [{ ref: { kind: 'municipalPolicy', id: record?.id ?? services.newId() }, edits }] as const;
    const saved = await save({ records, action: 'decide', purpose: legalAct.trim() }, t('lastResidence.saved'));
    if (saved !== undefined) onClose();
  };

  return (
    <FormDialog title={kept ? t('lastResidence.start') : t('lastResidence.stop')} onClose={onClose} onSubmit={submit}>
      <DateField
        id="keepingFrom"
        label={t('lastResidence.from')}
        value={from}
        onChange={setFrom}
        error={isTried && from === null ? t('lastResidence.fromError') : undefined}
      />
      <TextField
        id="keepingAct"
        label={t('lastResidence.act')}
        hint={t('lastResidence.actHint')}
        value={legalAct}
        onChange={setLegalAct}
        width="full"
        error={isTried && isActMissing ? t('lastResidence.actError') : undefined}
      />
    </FormDialog>
  );
}
