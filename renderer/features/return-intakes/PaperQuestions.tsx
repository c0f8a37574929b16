import { useTranslation } from 'react-i18next';
import type { PaperQuestion, PaperSection } from '../../../shared/questionnaire/paper-form.ts';
import { optionsOf, rowsOf } from '../../../shared/questionnaire/questionnaire.ts';
import type { Option, QuestionnaireFile, Text } from '../../../shared/questionnaire/questionnaire-schema.ts';
import type { Language } from '../../i18n/i18n.ts';
import { OnlyIf } from './PaperCondition.tsx';

type Shared = { readonly file: QuestionnaireFile; readonly languages: readonly Language[] };

export function PaperSectionView({
  file,
  section,
  person,
  languages,
}: Shared & { section: PaperSection; person: number | null }) {
  return (
    <section className="paper__section" aria-label={section.title[languages[0] ?? 'nl']}>
      <div className="paper__pair paper__section-head">
        {languages.map((language) => (
          <SectionHead key={language} section={section} person={person} language={language} />
        ))}
      </div>
      {section.questions.map((line) => (
        <PaperQuestionView key={line.question.key} file={file} line={line} languages={languages} />
      ))}
    </section>
  );
}

function SectionHead(props: { section: PaperSection; person: number | null; language: Language }) {
  const { section, person, language } = props;
  const { t } = useTranslation('intakes', { lng: language });
  return (
    <div lang={language}>
      <h2 className="nl-heading nl-heading--level-2">{section.title[language]}</h2>
      {person !== null && <p>{t('paper.person', { number: person })}</p>}
      <OnlyIf condition={section.onlyIf} language={language} of="section" />
    </div>
  );
}

function PaperQuestionView({ file, line, languages }: Shared & { line: PaperQuestion }) {
  const { question, number, onlyIf } = line;
  return (
    <div className="paper__question">
      <div className="paper__pair">
        {languages.map((language) => (
          <div key={language} lang={language}>
            <p className="paper__label">
              {number}. {question.label[language]}
            </p>
            <OnlyIf condition={onlyIf} language={language} of="question" />
            <HowToAnswer line={line} language={language} />
          </div>
        ))}
      </div>
      <AnswerPlace file={file} line={line} languages={languages} />
    </div>
  );
}

function HowToAnswer({ line: { question }, language }: { line: PaperQuestion; language: Language }) {
  const { t } = useTranslation('intakes', { lng: language });
  const hint =
    question.type === 'rank'
      ? t('answer.order', { count: question.max })
      : question.type === 'multi'
        ? question.max === undefined
          ? t('answer.several')
          : t('answer.atMost', { count: question.max })
        : question.type === 'checklist'
          ? t('answer.allPoints')
          : question.type === 'int'
            ? t('answer.range', { min: question.min, max: question.max })
            : question.type === 'calc' || question.by === 'system'
              ? t('paper.later')
              : null;
  return hint === null ? null : <p className="paper__hint">{hint}</p>;
}

/** Boxes to tick, lines to write on. The boxes stand once, with the words of both languages beside them. */
function AnswerPlace({ file, line: { question }, languages }: Shared & { line: PaperQuestion }) {
  const refusal: readonly Text[] = question.pnta ? [file.reserved.pnta] : [];
  if (question.type === 'matrix') {
    const options = optionsOf(file, question);
    return (
      <>
        <table className="paper__matrix">
          <thead>
            <tr>
              <td />
              {options.map((option) => (
                <th key={option.code} scope="col">
                  <Words text={option.label} languages={languages} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rowsOf(file, question).map((row) => (
              <tr key={row.code}>
                <th scope="row">
                  <Words text={row.label} languages={languages} />
                </th>
                {options.map(({ code }) => (
                  <td key={code}>
                    <span className="paper__box" />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <Boxes texts={refusal} languages={languages} />
      </>
    );
  }
  const options = question.type === 'calc' ? [] : optionsOf(file, question);
  if (options.length > 0) {
    return (
      <>
        <Boxes texts={options} languages={languages} ranked={question.type === 'rank'} />
        <Boxes texts={refusal} languages={languages} />
      </>
    );
  }
  const lines = question.type === 'longtext' ? 4 : 1;
  return (
    <>
      {question.type === 'signature' ? (
        <div className="paper__signature" />
      ) : (
        Array.from({ length: lines }, (_, at) => (
          <div key={at} className={question.type === 'date' ? 'paper__date' : 'paper__line'} />
        ))
      )}
      <Boxes texts={refusal} languages={languages} />
    </>
  );
}

type BoxesProps = {
  readonly texts: readonly (Text | Option)[];
  readonly languages: readonly Language[];
  readonly ranked?: boolean;
};

function Boxes({ texts, languages, ranked = false }: BoxesProps) {
  if (texts.length === 0) return null;
  return (
    <ul className="paper__options">
      {texts.map((entry) => {
        const text = 'label' in entry ? entry.label : entry;
        return (
          <li key={text.nl} className="paper__option">
            <span className={ranked ? 'paper__rank' : 'paper__box'} />
            {languages.map((language) => (
              <span key={language} lang={language}>
                {text[language]}
              </span>
            ))}
            {'opensText' in entry && <span className="paper__line paper__line--short" />}
          </li>
        );
      })}
    </ul>
  );
}

function Words({ text, languages }: { text: Text; languages: readonly Language[] }) {
  return languages.map((language) => (
    <span key={language} lang={language} className="paper__words">
      {text[language]}
    </span>
  ));
}
