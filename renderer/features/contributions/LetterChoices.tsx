import { useTranslation } from 'react-i18next';
import { languageNames, type Language } from '../../i18n/i18n.ts';
import { ChoiceField } from '../../ui/ChoiceField.tsx';
import { letterLayouts, type LetterLayout } from './Letter.tsx';

const readerLanguages = ['uk', 'en'] as const satisfies readonly Language[];
export type ReaderLanguage = (typeof readerLanguages)[number];

type Props = {
  readonly language: ReaderLanguage;
  readonly onLanguage: (language: ReaderLanguage) => void;
  readonly layout: LetterLayout;
  readonly onLayout: (layout: LetterLayout) => void;
};

/** The language beside Dutch, and how the two stand on paper: chosen for each print. */
export function LetterChoices({ language, onLanguage, layout, onLayout }: Props) {
  const { t } = useTranslation(['letters', 'contributions']);
  return (
    <>
      <ChoiceField
        id="letterLanguage"
        label={t('contributions:print.language')}
        inline
        choices={readerLanguages.map((code) => ({ code, label: languageNames[code] }))}
        value={language}
        onChange={onLanguage}
      />
      <ChoiceField
        id="letterLayout"
        label={t('layout.label')}
        inline
        choices={letterLayouts.map((code) => ({ code, label: t(`layout.${code}`) }))}
        value={layout}
        onChange={onLayout}
      />
    </>
  );
}
