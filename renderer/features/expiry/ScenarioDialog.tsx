import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import type { ProtectionGroup } from '../../../shared/register/protection-decision.ts';
import type { ProtectionPeriod } from '../../../shared/register/registration.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { ChoiceField } from '../../ui/ChoiceField.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import type { Scenario } from './scenario.ts';

type Props = {
  readonly periods: readonly ProtectionPeriod[];
  readonly onClose: () => void;
  readonly onChosen: (scenario: Scenario) => void;
};
const groups = ['ua-and-permanent', 'temporary-permit'] as const;

/** Asks for a group and another end date. The European outlook stands beside it; it decides nothing here. */
export function ScenarioDialog({ periods, onClose, onChosen }: Props) {
  const { t } = useTranslation('expiry');
  const [group, setGroup] = useState<ProtectionGroup>('ua-and-permanent');
  const [end, setEnd] = useState<IsoDate | null>(null);
  const [error, setError] = useState<string>();
  const outlook = periods.filter(({ scope, to }) => scope === 'EU' && to !== null).at(-1);
  const submit = () => {
    if (end === null) setError(t('scenario.endMissing'));
    else onChosen({ group, end });
  };
  return (
    <FormDialog title={t('scenario.open')} onClose={onClose} onSubmit={submit} submit={t('scenario.show')}>
      <p>{t('scenario.intro')}</p>
      <ChoiceField
        id="scenarioGroup"
        label={t('scenario.group')}
        choices={groups.map((code) => ({ code, label: t(`scenario.groups.${code}`) }))}
        value={group}
        onChange={setGroup}
      />
      <DateField id="scenarioEnd" label={t('scenario.end')} value={end} onChange={setEnd} error={error} />
      {outlook?.to != null && (
        <p className="muted">
          {t('scenario.outlook', {
            end: formatDate(outlook.to, currentLanguage()),
            status: t(`scenario.status.${outlook.status}`),
          })}
        </p>
      )}
    </FormDialog>
  );
}
