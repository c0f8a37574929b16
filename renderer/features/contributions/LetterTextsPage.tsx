import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { adaptTemplate, type LetterTexts } from '../../../shared/letters/letter-text.ts';
import { standardTemplate } from '../../../shared/letters/templates.ts';
import { isText, letterKinds, type LetterKind, type TextParagraph } from '../../../shared/letters/template.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage, languageNames } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { useLetterTexts, usePolicies, useSites } from '../../stores/register-views.ts';
import { Alert } from '../../ui/Alert.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { Letter } from './Letter.tsx';
import { LetterFilePanel } from './LetterFilePanel.tsx';
import { ParagraphForm } from './ParagraphForm.tsx';
import { municipalitiesOf, type Municipality } from './policy-edits.ts';
import { sampleLetter } from './sample-letter.ts';

/** The texts of letters as the municipality wants them, each from a day on and with a reason. */
export function LetterTextsPage() {
  const { t } = useTranslation(['letters', 'contributions']);
  const municipalities = municipalitiesOf(useSites(), usePolicies());
  const [code, setCode] = useState<string>();
  const [kind, setKind] = useState<LetterKind>('decision');
  const municipality = municipalities.find((one) => one.code === code) ?? municipalities[0];
  return (
    <>
      <PageHeading title={t('texts.title')} aside={municipality?.name} />
      {municipality === undefined ? (
        <Alert tone="info">{t('contributions:policy.noMunicipality')}</Alert>
      ) : (
        <>
          <p>{t('texts.intro')}</p>
          <div className="row">
            <SelectField
              id="letterKind"
              label={t('kindLabel')}
              choices={letterKinds.map((known) => ({ code: known, label: t(`kind.${known}`) }))}
              value={kind}
              onChange={setKind}
            />
            {municipalities.length > 1 && (
              <SelectField
                id="municipality"
                label={t('contributions:policy.municipality')}
                choices={municipalities.map((one) => ({ code: one.code, label: one.name }))}
                value={municipality.code}
                onChange={setCode}
              />
            )}
          </div>
          <Texts key={`${kind} ${municipality.code}`} kind={kind} municipality={municipality} />
        </>
      )}
    </>
  );
}

function Texts({ kind, municipality }: { kind: LetterKind; municipality: Municipality }) {
  const { t } = useTranslation('letters');
  const services = useServices();
  const all = useLetterTexts();
  const today = services.today();
  const template = adaptTemplate(standardTemplate(kind), all, municipality.code, today);
  const paragraphs = template.paragraphs.filter(isText);
  const [chosen, setChosen] = useState('title');
  const [typed, setTyped] = useState<TextParagraph | null>(null);
  const paragraph = paragraphs.find(({ id }) => id === chosen);
  const seen = {
    ...template,
    paragraphs: template.paragraphs.map((one) => (typed?.id === one.id && isText(one) ? typed : one)),
  };
  return (
    <div className="letter-texts">
      <div className="stack">
        <SelectField
          id="paragraph"
          label={t('texts.paragraph')}
          choices={paragraphs.map((one) => ({ code: one.id, label: short(one[currentLanguage()]) }))}
          value={chosen}
          onChange={(id) => {
            setChosen(id);
            setTyped(null);
          }}
        />
        {paragraph !== undefined && (
          <ParagraphForm
            key={`${chosen} ${all.map(({ texts }) => texts.length).join()}`}
            kind={kind}
            paragraph={paragraph}
            municipality={municipality}
            onTyped={setTyped}
          />
        )}
        <History texts={all} kind={kind} municipality={municipality} />
        <LetterFilePanel municipality={municipality} />
      </div>
      <section className="panel">
        <h2 className="nl-heading nl-heading--level-2">{t('texts.preview')}</h2>
        <Letter
          letter={sampleLetter(kind, today, municipality, t('texts.subject'))}
          template={seen}
          languages={['nl', 'uk', 'en']}
          layout="after"
        />
      </section>
    </div>
  );
}

const short = (text: string) => (text.length > 60 ? `${text.slice(0, 58)}…` : text);

function History(props: { texts: readonly LetterTexts[]; kind: LetterKind; municipality: Municipality }) {
  const { t } = useTranslation('letters');
  const own = props.texts
    .filter(({ municipality }) => municipality?.code === props.municipality.code)
    .flatMap(({ texts }) => texts)
    .filter(({ kind }) => kind === props.kind);
  if (own.length === 0) return null;
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('texts.history')}</h2>
      <ul className="plain-list">
        {own.map(({ paragraph, language, from, text, reason }) => (
          <li key={`${paragraph} ${language} ${from}`}>
            {t('texts.line', {
              date: formatDate(from, currentLanguage()),
              paragraph,
              language: languageNames[language],
              text: text ?? t('texts.standardText'),
              reason,
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}
