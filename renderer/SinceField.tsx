import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../shared/kernel/dates.ts';
import type { Site } from '../shared/reception/site.ts';
import { formatDate } from './i18n/format.ts';
import { currentLanguage } from './i18n/i18n.ts';
import { useServices } from './services.tsx';
import { ChoiceField } from './ui/ChoiceField.tsx';
import { DateField } from './ui/DateField.tsx';

const answers = ['from', 'correction'] as const;
/** Nothing is chosen at first: the two mean different reports about the past. */
export type Since = { readonly answer: (typeof answers)[number] | null; readonly day: IsoDate | null };
export const noSince: Since = { answer: null, day: null };

type Check = { readonly error: string } | { readonly from: IsoDate | null };

/** The first day of the change, null for a correction; or what is wrong with the answer. */
export function useCheckSince(): (since: Since, site: Pick<Site, 'belongings'>) => Check {
  const { t } = useTranslation('reception');
  const services = useServices();
  return ({ answer, day }, site) => {
    if (answer === null) return { error: t('since.missing') };
    if (answer === 'correction') return { from: null };
    if (day === null) return { error: t('since.dayMissing') };
    if (day > services.today()) return { error: t('since.future') };
    const last = site.belongings.at(-1)?.from ?? null;
    if (last === null || day >= last) return { from: day };
    return { error: t('since.early', { date: formatDate(last, currentLanguage()) }) };
  };
}

type Props = {
  readonly since: Since;
  readonly onChange: (since: Since) => void;
  readonly error: string | undefined;
};

/** Whether municipality, region or kind of shelter changed on a day, or was written down wrongly. */
export function SinceField({ since, onChange, error }: Props) {
  const { t } = useTranslation('reception');
  const isDated = since.answer === 'from';
  return (
    <>
      <ChoiceField
        id="sinceAnswer"
        label={t('since.question')}
        hint={t('since.hint')}
        inline
        choices={answers.map((code) => ({ code, label: t(`since.answers.${code}`) }))}
        value={since.answer}
        onChange={(answer) => onChange({ ...since, answer })}
        error={isDated ? undefined : error}
      />
      {isDated && (
        <DateField
          id="sinceDay"
          label={t('since.day')}
          value={since.day}
          onChange={(day) => onChange({ ...since, day })}
          error={error}
        />
      )}
    </>
  );
}
