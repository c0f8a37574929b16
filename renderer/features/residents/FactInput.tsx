import { parseIsoDate } from '../../../shared/kernel/dates.ts';
import { findCodeList } from '../../../shared/questionnaire/code-lists.ts';
import type { Value } from '../../../shared/records/record.ts';
import { codesOf, type FactPart } from '../../../shared/register/fact-kind.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { ChoiceField } from '../../ui/ChoiceField.tsx';
import { ComboField } from '../../ui/ComboField.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { shippedList, useFactTexts } from './use-fact-texts.ts';

type Props = {
  readonly part: FactPart;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly error: string | undefined;
};

/** Few answers are shown at once; what may be left open can also be emptied again. */
const shownAtOnce = 4;

/** The control of one part of a fact. */
export function FactInput({ part, value, onChange, error }: Props) {
  const { t, partName, codeText } = useFactTexts();
  const name = partName(part);
  const label = part.required === true ? name : t('common:form.optional', { label: name });
  const own = { id: `fact-${part.name}`, label, error };
  const text = typeof value === 'string' ? value : '';
  switch (part.type) {
    case 'day':
      return <DateField {...own} value={parseIsoDate(text) ?? null} onChange={onChange} />;
    case 'text':
      return <TextField {...own} value={text} onChange={onChange} {...(part.max > 300 ? { lines: 2 } : {})} />;
    case 'count':
      return <NumberField {...own} value={typeof value === 'number' ? value : null} onChange={onChange} />;
    case 'code': {
      const choices = codesOf(part.list).map((code) => ({ code, label: codeText(part.list, code) }));
      if (part.required === true && choices.length <= shownAtOnce) {
        return <ChoiceField {...own} choices={choices} value={text} onChange={onChange} />;
      }
      const all = part.required === true ? choices : [{ code: '', label: t('facts:notChosen') }, ...choices];
      return <SelectField {...own} choices={all} value={text === '' ? null : text} onChange={onChange} />;
    }
    case 'country':
    case 'oblast':
    case 'occupation': {
      const language = currentLanguage();
      const entries = findCodeList(shippedList[part.type])?.entries ?? [];
      const choices = entries.map((entry) => ({ code: entry.code, label: entry.label[language] }));
      return <ComboField {...own} choices={choices} value={text === '' ? null : text} onChange={onChange} />;
    }
  }
}
