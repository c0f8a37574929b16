import { Button } from '../../ui/Button.tsx';
import { languageNames, languages, type Language } from '../../i18n/i18n.ts';

type Props = {
  readonly label: string;
  readonly value: Language;
  readonly among?: readonly Language[];
  readonly onChange: (language: Language) => void;
};

/** The language of the questions; that of the screen stays. Each language is named in itself. */
export function LanguageChoice({ label, value, among = languages, onChange }: Props) {
  return (
    <div role="group" aria-label={label} className="language-choice">
      {among.map((language) => (
        <Button
          key={language}
          look={language === value ? 'primary' : 'secondary'}
          aria-pressed={language === value}
          onPress={() => onChange(language)}
        >
          <span lang={language}>{languageNames[language]}</span>
        </Button>
      ))}
    </div>
  );
}
