import { useTranslation } from 'react-i18next';
import { hasRussianLetters, romaniseUkrainian } from '../../../shared/names/romanise.ts';
import { Button } from '../../ui/Button.tsx';
import type { ResidentFormValues } from './resident-form.ts';

type Props = {
  readonly form: ResidentFormValues;
  readonly set: (change: Partial<ResidentFormValues>) => void;
};

const pairs = [
  ['family', 'familyCyrillic'],
  ['given', 'givenCyrillic'],
] as const;

/**
 * Latin letters proposed from the Ukrainian name, for what is still empty. The spelling of the document leads: nothing
 * that was typed is changed.
 */
export function LatinSuggestion({ form, set }: Props) {
  const { t } = useTranslation('register');
  const cyrillic = pairs.map(([, name]) => form[name]).join(' ');
  if (cyrillic.trim() === '') return null;
  if (hasRussianLetters(cyrillic)) return <p className="muted">{t('hint.notUkrainian')}</p>;
  const isSaid = ([latin, name]: (typeof pairs)[number]) =>
    form[name].trim() === '' || form[latin].trim() === romaniseUkrainian(form[name].trim());
  if (pairs.every(isSaid)) return null;
  const open = pairs.filter(([latin, name]) => form[latin].trim() === '' && form[name].trim() !== '');
  const take = () =>
    set(Object.fromEntries(open.map(([latin, name]) => [latin, romaniseUkrainian(form[name].trim())])));
  return (
    <div className="row">
      <p className="muted">{t('hint.cyrillic', { suggestion: romaniseUkrainian(cyrillic).trim() })}</p>
      {open.length > 0 && (
        <Button look="subtle" onPress={take}>
          {t('hint.takeLatin')}
        </Button>
      )}
    </div>
  );
}
