import { useTranslation } from 'react-i18next';
import { currentLanguage, languageNames, languages, type Language } from '../i18n/i18n.ts';

/** Always in reach, each language named in itself. */
export function LanguageSwitch({ onChange }: { onChange: (language: Language) => void }) {
  const { t } = useTranslation();
  return (
    <div role="group" aria-label={t('language')} className="shell__languages">
      {languages.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-label={`${language.toUpperCase()} ${languageNames[language]}`}
          aria-pressed={language === currentLanguage()}
          className="nl-button nl-button--subtle"
          onClick={() => onChange(language)}
        >
          {language.toUpperCase()}
        </button>
      ))}
    </div>
  );
}
