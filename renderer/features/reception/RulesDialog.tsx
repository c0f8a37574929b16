import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { absenceCounts, type AbsenceCount } from '../../../shared/reception/presence.ts';
import { rulesField } from '../../../shared/reception/site-parts.ts';
import { rulesOn, type Site } from '../../../shared/reception/site.ts';
import { siteEdits } from '../../stores/site-edits.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { CheckboxField } from '../../ui/CheckboxField.tsx';
import { ChoiceField } from '../../ui/ChoiceField.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useSave } from '../../use-save.ts';

/** What is agreed for one site, from a day on. */
export function RulesDialog({ site, day, onClose }: { site: Site; day: IsoDate; onClose: () => void }) {
  const { t } = useTranslation('reception');
  const save = useSave();
  const records = useWorkspace((state) => state.records);
  const before = rulesOn(site, day);
  const [oneHousehold, setOneHousehold] = useState(before.oneHouseholdPerRoom);
  const [women, setWomen] = useState(before.womenOnlyRooms);
  const [count, setCount] = useState<AbsenceCount>(before.absenceCount);
  const [from, setFrom] = useState<IsoDate | null>(day);
  const [error, setError] = useState<string>();

  const submit = async () => {
    if (from === null) return setError(t('families.fromError'));
    const values = {
      [rulesField(from)]: { oneHouseholdPerRoom: oneHousehold, womenOnlyRooms: women, absenceCount: count },
    };
    const request = { records: [siteEdits(records, site.id, values)], action: 'edit', purpose: null } as const;
    if ((await save(request, t('rules.saved'))) !== undefined) onClose();
  };

  return (
    <FormDialog title={t('rules.title', { site: site.name })} onClose={onClose} onSubmit={submit}>
      <CheckboxField
        id="rulesHousehold"
        label={t('rules.oneHousehold')}
        value={oneHousehold}
        onChange={setOneHousehold}
      />
      <CheckboxField id="rulesWomen" label={t('rules.womenOnly')} value={women} onChange={setWomen} />
      <ChoiceField
        id="rulesCount"
        label={t('rules.absenceCount')}
        hint={t('rules.absenceCountHint')}
        choices={absenceCounts.map((code) => ({ code, label: t(`absenceCount.${code}`) }))}
        value={count}
        onChange={setCount}
      />
      <DateField id="rulesFrom" label={t('rules.from')} value={from} onChange={setFrom} error={error} />
    </FormDialog>
  );
}
