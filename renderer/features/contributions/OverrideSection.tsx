import { IconEye } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DatedOverride } from '../../../shared/contribution/dated-policy.ts';
import { overrideFieldId } from '../../../shared/contribution/municipal-policy.ts';
import {
  isParameterValue,
  ownParameters,
  parameterValueRule,
  type ParameterName,
} from '../../../shared/contribution/parameter-row.ts';
import { reachOf } from '../../../shared/contribution/settled-entries.ts';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { cents } from '../../../shared/kernel/money.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import type { PolicyChange } from '../../services.tsx';
import { ComboField } from '../../ui/ComboField.tsx';
import { Button } from '../../ui/Button.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { MoneyField } from '../../ui/MoneyField.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { parameterText, wordKey } from './parameter-value.ts';
import { usePolicyDesk } from './policy-desk.ts';
import { PolicyPreviewDialog } from './PolicyPreviewDialog.tsx';
import { SettledForm } from './SettledForm.tsx';

type Props = { readonly settled: readonly DatedOverride[] };

/** A value of the municipality that goes before the national one. */
export function OverrideSection({ settled }: Props) {
  const { t } = useTranslation('contributions');
  const language = currentLanguage();
  const [param, setParam] = useState<ParameterName | null>(null);
  const [value, setValue] = useState<number | string | null>(null);
  const [source, setSource] = useState('');
  const wordText = (key: NonNullable<ReturnType<typeof wordKey>>) => t(`choice.${key}`);
  const problem =
    param === null
      ? { fieldId: 'param', message: t('policy.problem.param') }
      : !isParameterValue(param, value)
        ? { fieldId: 'overrideValue', message: t('policy.problem.value') }
        : null;
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('policy.overrides')}</h2>
      {settled.length === 0 ? (
        <p>{t('policy.noOverrides')}</p>
      ) : (
        <ul className="plain-list overrides">
          {settled.map((override) => (
            <li key={overrideFieldId(override.param, override.from)}>
              <strong>{t(`param.${override.param}`)}</strong>
              <span>
                {t(override.to === null ? 'policy.override' : 'policy.overrideUntil', {
                  value: parameterText(override.param, override.value, language, wordText),
                  date: formatDate(override.from, language),
                  until: override.to === null ? '' : formatDate(override.to, language),
                  reason: override.reason,
                })}
              </span>
              {override.to === null && <EndOverride override={override} />}
            </li>
          ))}
        </ul>
      )}
      <SettledForm
        id="override"
        problem={problem}
        submit={t('policy.saveOverride')}
        periods={settled.filter((one) => one.param === param)}
        toEdit={(from, reason, to) =>
          param === null
            ? null
            : { field: overrideFieldId(param, from), value: { to, value, reason, source: source.trim() } }
        }
      >
        {(errorOf) => (
          <>
            <ComboField
              id="param"
              label={t('policy.param')}
              error={errorOf('param')}
              choices={ownParameters.map((code) => ({ code, label: t(`param.${code}`) }))}
              value={param}
              onChange={(next) => {
                setParam(next);
                setValue(null);
              }}
            />
            {param !== null && (
              <ValueField
                key={param}
                param={param}
                value={value}
                onChange={setValue}
                error={errorOf('overrideValue')}
                wordText={wordText}
              />
            )}
            <TextField
              id="source"
              label={t('policy.source')}
              hint={t('policy.sourceHint')}
              width="full"
              value={source}
              onChange={setSource}
            />
          </>
        )}
      </SettledForm>
    </section>
  );
}

/** An own value that lasts gets a last day; what was decided with it stays as it is. */
function EndOverride({ override }: { override: DatedOverride }) {
  const { policyId, municipality, entries, settle } = usePolicyDesk();
  const [shown, setShown] = useState<PolicyChange | null>(null);
  const { t } = useTranslation('contributions');
  const [isOpen, setOpen] = useState(false);
  const [to, setTo] = useState<IsoDate | null>(null);
  const [error, setError] = useState<string>();
  const { param, from, value, reason, source } = override;
  const fieldId = overrideFieldId(param, from);
  if (!isOpen)
    return (
      <Button look="subtle" onPress={() => setOpen(true)}>
        {t('policy.end')}
      </Button>
    );
  const checked = (): PolicyChange | null => {
    const isWrong = to === null || to < from;
    setError(isWrong ? t('policy.problem.to') : undefined);
    if (isWrong) return null;
    const reach = reachOf(entries.get(fieldId), { field: fieldId, from, to });
    return { policyId, municipality, edits: [{ field: fieldId, value: { to, value, reason, source } }], ...reach };
  };
  const end = () => {
    const change = checked();
    if (change !== null) void settle(...change.edits);
  };
  return (
    <div className="row">
      <DateField id={`end-${fieldId}`} label={t('policy.to')} error={error} value={to} onChange={setTo} />
      <Button onPress={end}>{t('policy.saveEnd')}</Button>
      <Button icon={<IconEye size={18} />} onPress={() => setShown(checked())}>
        {t('preview.open')}
      </Button>
      {shown !== null && (
        <PolicyPreviewDialog
          change={shown}
          onClose={() => setShown(null)}
          onSave={async () => {
            if (await settle(...shown.edits)) setShown(null);
          }}
        />
      )}
    </div>
  );
}

type ValueProps = {
  readonly param: ParameterName;
  readonly value: number | string | null;
  readonly onChange: (value: number | string | null) => void;
  readonly error: string | undefined;
  readonly wordText: (key: NonNullable<ReturnType<typeof wordKey>>) => string;
};

/** The control that fits the unit: an amount, a percentage, a count or one of some words. */
function ValueField({ param, value, onChange, error, wordText }: ValueProps) {
  const { t } = useTranslation('contributions');
  const rule = parameterValueRule(param);
  const number = typeof value === 'number' ? value : null;
  const texts = { id: 'overrideValue', label: t('policy.value'), error };
  if (rule.unit === 'choice') {
    const choices = rule.words.map((code) => {
      const key = wordKey(code);
      return { code, label: key === undefined ? code : wordText(key) };
    });
    return (
      <SelectField {...texts} choices={choices} value={typeof value === 'string' ? value : null} onChange={onChange} />
    );
  }
  if (rule.unit === 'cents')
    return <MoneyField {...texts} value={number === null ? null : cents(number)} onChange={onChange} />;
  if (rule.unit === 'basis-points')
    return (
      <NumberField
        {...texts}
        hint={t('policy.percentHint')}
        value={number === null ? null : Math.round(number / 100)}
        onChange={(percent) => onChange(percent === null ? null : percent * 100)}
      />
    );
  return <NumberField {...texts} value={number} onChange={onChange} />;
}
