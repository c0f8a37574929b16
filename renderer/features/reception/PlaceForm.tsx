import { useMemo, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import {
  findSharers,
  isHard,
  objectionsTo,
  planPlacing,
  planSharing,
  type Objection,
} from '../../../shared/reception/placing.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { ComboField } from '../../ui/ComboField.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { useObjectionText } from './objection-text.ts';
import type { Placing } from './use-placing.ts';

type Props = {
  readonly tools: Placing;
  readonly bedKey: string;
  readonly bedName: string;
  readonly day: IsoDate;
  readonly placing: string | null;
  /** The first night that is planned for somebody else: until then the bed can be given. */
  readonly firstLater: IsoDate | null;
  readonly onPlaced: () => void;
};

/** A resident in this bed. What only warns is said first, and passed over by giving the bed again. */
export function PlaceForm({ tools, bedKey, bedName, day, placing, firstLater, onPlaced }: Props) {
  const { t } = useTranslation(['reception', 'common']);
  const residents = useWorkspace((state) => state.residents);
  const [resident, setResident] = useState<string | null>(placing);
  const [from, setFrom] = useState<IsoDate | null>(day);
  const [until, setUntil] = useState<IsoDate | null>(firstLater);
  const [error, setError] = useState<string>();
  const [warned, setWarned] = useState<{
    readonly key: string;
    readonly of: readonly Objection[];
    readonly isShared: boolean;
  }>();
  const textOf = useObjectionText(tools.nameOf);
  const choices = useMemo(
    () =>
      [...residents.values()]
        .filter(({ status }) => status !== 'departed')
        .map(({ id, family, given }) => ({ code: id, label: `${family}, ${given}` }))
        .sort((a, b) => a.label.localeCompare(b.label, 'nl')),
    [residents],
  );
  const key = [resident, from, until].join(' ');
  const warning = warned?.key === key ? warned.of : [];

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (resident === null) return setError(t('families.residentError'));
    if (from === null) return setError(t('families.fromError'));
    if (until !== null && until <= from) return setError(t('beds.untilError'));
    const place = { bed: bedKey, resident, from, until };
    const found = objectionsTo(tools.context, place);
    const sharers = findSharers(tools.context, place);
    const hard = sharers === undefined ? found.find(isHard) : undefined;
    setError(hard === undefined ? undefined : textOf(hard));
    if (hard !== undefined) return;
    if (found.length > 0 && warned?.key !== key) return setWarned({ key, of: found, isShared: sharers !== undefined });
    const alone = planPlacing(tools.context.stays, tools.context.site.id, place);
    const plan = sharers === undefined ? alone : planSharing(alone, sharers);
    if ((await tools.carryOut(plan, t('beds.placed', { bed: bedName }))) !== undefined) onPlaced();
  };

  return (
    <form noValidate className="form" onSubmit={(event) => void submit(event)}>
      {error !== undefined && (
        <Alert tone="error" role="alert">
          {error}
        </Alert>
      )}
      {warning.length > 0 && (
        <Alert tone="warning" role="alert">
          <ul className="plain-list">
            {warning.map((one) => (
              <li key={one.type}>
                {one.type === 'taken' ? t('objection.shared', { name: tools.nameOf(one.resident) }) : textOf(one)}
              </li>
            ))}
          </ul>
        </Alert>
      )}
      <ComboField
        id="placeResident"
        label={t('beds.giveTo')}
        choices={choices}
        value={resident}
        onChange={setResident}
      />
      <div className="form__pair">
        <DateField id="placeFrom" label={t('beds.from')} value={from} onChange={setFrom} />
        <DateField
          id="placeUntil"
          label={t('common:form.optional', { label: t('beds.until') })}
          value={until}
          onChange={setUntil}
        />
      </div>
      <div className="form__actions">
        <Button type="submit" look="primary">
          {t(warning.length === 0 ? 'beds.give' : warned?.isShared === true ? 'beds.giveShared' : 'beds.giveAnyway')}
        </Button>
      </div>
    </form>
  );
}
