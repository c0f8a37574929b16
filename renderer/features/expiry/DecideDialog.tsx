import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import type { ScenarioLine } from '../../../shared/register/expiry.ts';
import { useServices } from '../../services.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { TextField } from '../../ui/TextField.tsx';
import type { Scenario } from './scenario.ts';
import { useDecideEnd } from './use-decide-end.ts';

type Props = {
  readonly scenario: Scenario;
  readonly lines: readonly ScenarioLine[];
  readonly onClose: () => void;
  readonly onDecided: () => void;
};
/** As long as the audit log keeps the purpose of an act. */
const maxAct = 200;

/** A Dutch decision makes the scenario the end that counts: with its act and its date. */
export function DecideDialog({ scenario, lines, onClose, onDecided }: Props) {
  const { t } = useTranslation('expiry');
  const services = useServices();
  const [decidedOn, setDecidedOn] = useState<IsoDate | null>(null);
  const [legalAct, setLegalAct] = useState('');
  const [errors, setErrors] = useState<{ day?: string; act?: string }>({});
  const { work, decide } = useDecideEnd();
  const act = legalAct.trim();

  const submit = async () => {
    if (work !== null) return;
    const isDay = decidedOn !== null && decidedOn <= services.today();
    const isAct = act !== '' && act.length <= maxAct;
    setErrors({ ...(isDay ? {} : { day: t('decide.dayError') }), ...(isAct ? {} : { act: t('decide.actError') }) });
    if (!isDay || !isAct) return;
    if (await decide({ ...scenario, decidedOn, legalAct: act }, lines)) onDecided();
  };

  return (
    <FormDialog title={t('decide.open')} onClose={onClose} onSubmit={submit} submit={t('decide.save')}>
      <p>{t('decide.intro')}</p>
      <DateField id="decidedOn" label={t('decide.day')} value={decidedOn} onChange={setDecidedOn} error={errors.day} />
      <TextField
        id="legalAct"
        label={t('decide.act')}
        hint={t('decide.actHint')}
        width="full"
        value={legalAct}
        onChange={setLegalAct}
        error={errors.act}
      />
      {work !== null && <ProgressBar label={t('decide.busy')} value={work.done} total={work.total || null} />}
    </FormDialog>
  );
}
