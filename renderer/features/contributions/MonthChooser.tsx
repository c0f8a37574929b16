import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { addMonths, type IsoDate, type IsoMonth } from '../../../shared/kernel/dates.ts';
import { formatMonth } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { Button } from '../../ui/Button.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { monthChoices } from './month-choice.ts';

type Props = { readonly month: IsoMonth; readonly today: IsoDate; readonly onChange: (month: IsoMonth) => void };

/** One month back or on, or any month of the regulation. */
export function MonthChooser({ month, today, onChange }: Props) {
  const { t } = useTranslation('contributions');
  const language = currentLanguage();
  return (
    <div className="row month-chooser">
      <Button icon={<IconChevronLeft size={18} />} onPress={() => onChange(addMonths(month, -1))}>
        {t('month.previous')}
      </Button>
      <SelectField
        id="month"
        label={t('month.label')}
        choices={monthChoices(today, month).map((code) => ({ code, label: formatMonth(code, language) }))}
        value={month}
        onChange={onChange}
      />
      <Button icon={<IconChevronRight size={18} />} onPress={() => onChange(addMonths(month, 1))}>
        {t('month.next')}
      </Button>
    </div>
  );
}
