import { IconArrowLeft } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paperForm } from '../../../shared/questionnaire/paper-form.ts';
import { currentQuestionnaireVersion, findQuestionnaire } from '../../../shared/questionnaire/return-intake.ts';
import { currentLanguage, languageNames, languages, type Language } from '../../i18n/i18n.ts';
import { PrintActions } from '../../PrintActions.tsx';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { CheckboxField } from '../../ui/CheckboxField.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { PaperSectionView } from './PaperQuestions.tsx';

const mostPersons = 8;
const none = 'none';

/** The questionnaire to fill in with a pen, made from the same data as the screens. */
export function PaperFormPage() {
  const { t } = useTranslation(['intakes', 'common']);
  const navigate = useNavigate();
  const [first, setFirst] = useState<Language>(currentLanguage);
  const [second, setSecond] = useState<Language | typeof none>(none);
  const [persons, setPersons] = useState('1');
  const [withModules, setWithModules] = useState(false);
  const found = findQuestionnaire(currentQuestionnaireVersion);
  if (!found.ok) return <Alert tone="error">{t('page.unknownVersion')}</Alert>;
  const { file } = found.value;
  const shown = second === none || second === first ? [first] : [first, second];
  const sections = paperForm(file).filter(({ module }) => withModules || !module);
  return (
    <>
      <div className="no-print stack">
        <PageHeading
          title={t('paper.title')}
          actions={
            <>
              <Button icon={<IconArrowLeft size={18} />} onPress={() => void navigate({ to: '/intakes', search: {} })}>
                {t('common:action.back')}
              </Button>
              <PrintActions pdfName={t('paper.fileName', { languages: shown.join('-') })} saved={t('paper.saved')} />
            </>
          }
        />
        <div className="row">
          <SelectField
            id="paper-first"
            label={t('paper.language')}
            choices={languages.map((code) => ({ code, label: languageNames[code] }))}
            value={first}
            onChange={setFirst}
          />
          <SelectField
            id="paper-second"
            label={t('paper.second')}
            choices={[
              { code: none, label: t('paper.noSecond') },
              ...languages.filter((code) => code !== first).map((code) => ({ code, label: languageNames[code] })),
            ]}
            value={second === first ? none : second}
            onChange={setSecond}
          />
          <SelectField
            id="paper-persons"
            label={t('paper.persons')}
            choices={Array.from({ length: mostPersons }, (_, at) => String(at + 1)).map((code) => ({
              code,
              label: code,
            }))}
            value={persons}
            onChange={setPersons}
          />
          <CheckboxField id="paper-modules" label={t('paper.modules')} value={withModules} onChange={setWithModules} />
        </div>
        <p className="muted">{t('paper.hint')}</p>
      </div>
      <article className={`paper paper--${shown.length === 1 ? 'one' : 'two'}`}>
        <header className="paper__head">
          {shown.map((language) => (
            <PaperHead key={language} language={language} version={file.version} />
          ))}
        </header>
        {sections.map((section) =>
          Array.from({ length: section.perPerson ? Number(persons) : 1 }, (_, at) => (
            <PaperSectionView
              key={`${section.key} ${String(at)}`}
              file={file}
              section={section}
              person={section.perPerson ? at + 1 : null}
              languages={shown}
            />
          )),
        )}
      </article>
    </>
  );
}

function PaperHead({ language, version }: { language: Language; version: number }) {
  const { t } = useTranslation('intakes', { lng: language });
  return (
    <div lang={language}>
      <h1 className="nl-heading nl-heading--level-1">{t('page.title')}</h1>
      <p>{t('page.notADecision')}</p>
      <p>{t('frozen.version', { version })}</p>
      <p>{t('paper.rules')}</p>
    </div>
  );
}
