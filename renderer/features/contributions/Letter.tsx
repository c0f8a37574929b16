import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { fillTemplate, type FilledParagraph, type LetterTemplate } from '../../../shared/letters/template.ts';
import { formatMoney, formatMonth } from '../../i18n/format.ts';
import type { Language } from '../../i18n/i18n.ts';
import { Alert } from '../../ui/Alert.tsx';
import { AssessmentSteps } from './AssessmentSteps.tsx';
import type { LetterCase } from './letter-case.ts';
import { letterWords, nameIn } from './letter-words.ts';
import { markPath, markText } from './receipt-mark.ts';

/** `after`: each language on pages of its own. `beside`: the same paragraph next to each other, tables below. */
export const letterLayouts = ['after', 'beside'] as const;
export type LetterLayout = (typeof letterLayouts)[number];

type Props = {
  readonly letter: LetterCase;
  readonly template: LetterTemplate;
  /** Dutch first, because the file must be readable to a Dutch judge. */
  readonly languages: readonly Language[];
  readonly layout: LetterLayout;
};

/** The printed letter, complete in each language. A letter that would have a hole in it is not printed at all. */
export function Letter({ letter, template, languages, layout }: Props) {
  const { t } = useTranslation('letters');
  const filled = languages.map((language) => ({
    language,
    paragraphs: fillTemplate(template, language, letterWords(letter, language)),
  }));
  const parts: Part[] = [];
  for (const { language, paragraphs } of filled) {
    if (!paragraphs.ok)
      return (
        <Alert tone="error">
          <p>
            {t('problem.placeholder-empty', { name: paragraphs.error.name, paragraph: paragraphs.error.paragraph })}
          </p>
        </Alert>
      );
    parts.push({ language, paragraphs: paragraphs.value });
  }
  return (
    <article className="letter">
      {layout === 'after' ? (
        parts.map(({ language, paragraphs }) => (
          <section key={language} className="letter__page stack" lang={language}>
            {paragraphs.map((paragraph) => (
              <Part key={paragraph.id} paragraph={paragraph} language={language} letter={letter} />
            ))}
            <Mark letter={letter} language={language} />
          </section>
        ))
      ) : (
        <section className="letter__page">
          <Beside parts={parts} letter={letter} />
          {parts.map(({ language }, at) => at === 0 && <Mark key={language} letter={letter} language={language} />)}
        </section>
      )}
    </article>
  );
}

type Part = { readonly language: Language; readonly paragraphs: readonly FilledParagraph[] };

/** Every language has the same paragraphs: which are printed depends on the facts only. */
function Beside({ parts, letter }: { parts: readonly Part[]; letter: LetterCase }) {
  const [first] = parts;
  return first?.paragraphs.map(({ id, style }, at) => {
    const isBlock = style === 'calculation' || style === 'instalments';
    return (
      <div key={id} className={isBlock ? 'letter__blocks stack' : 'letter__pair'}>
        {parts.map(({ language, paragraphs }) => {
          const paragraph = paragraphs[at];
          return (
            paragraph !== undefined && (
              <div key={language} lang={language}>
                <Part paragraph={paragraph} language={language} letter={letter} />
              </div>
            )
          );
        })}
      </div>
    );
  });
}

function Part({
  paragraph,
  language,
  letter,
}: {
  paragraph: FilledParagraph;
  language: Language;
  letter: LetterCase;
}): ReactNode {
  const { style, text } = paragraph;
  switch (style) {
    case 'title':
      return <h2 className="nl-heading nl-heading--level-2">{text}</h2>;
    case 'heading':
      return <h3 className="nl-heading nl-heading--level-3">{text}</h3>;
    case 'text':
      return <p className="letter__text">{text}</p>;
    case 'small':
      return <p className="letter__text muted">{text}</p>;
    case 'calculation':
      return letter.assessment === null ? null : (
        <AssessmentSteps
          assessment={letter.assessment}
          language={language}
          nameOf={(id) =>
            nameIn(
              letter.members.find((member) => member.id === id),
              language,
            )
          }
        />
      );
    case 'instalments':
      return <Instalments letter={letter} language={language} />;
  }
}

function Instalments({ letter, language }: { letter: LetterCase; language: Language }) {
  const { t } = useTranslation('letters', { lng: language });
  return (
    <table className="utrecht-table steps" lang={language}>
      <thead className="utrecht-table__header">
        <tr className="utrecht-table__row">
          <th scope="col" className="utrecht-table__header-cell">
            {t('month')}
          </th>
          <th scope="col" className="utrecht-table__header-cell amount">
            {t('amount')}
          </th>
        </tr>
      </thead>
      <tbody className="utrecht-table__body">
        {letter.arrangement?.parts.map(({ month, amountCents }) => (
          <tr key={month} className="utrecht-table__row">
            <th scope="row" className="utrecht-table__cell">
              {formatMonth(month, language)}
            </th>
            <td className="utrecht-table__cell amount">{formatMoney(amountCents, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The decision in a form that a telephone or another laptop reads: its id and the hash of its receipt. */
function Mark({ letter, language }: { letter: LetterCase; language: Language }) {
  const { t } = useTranslation('letters', { lng: language });
  if (letter.decision === null) return null;
  const { path, size } = markPath(markText(letter.decision));
  const { reference } = letter.decision;
  return (
    <p className="letter__mark">
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('mark', { reference })} shapeRendering="crispEdges">
        <rect width={size} height={size} fill="#fff" />
        <path d={path} fill="#000" />
      </svg>
      <span>{t('receipt', { reference, hash: letter.decision.hash.slice(0, 12) })}</span>
    </p>
  );
}
