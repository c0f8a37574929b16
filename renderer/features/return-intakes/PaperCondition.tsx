import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { PaperCondition } from '../../../shared/questionnaire/paper-form.ts';
import type { Language } from '../../i18n/i18n.ts';

type Props = {
  readonly condition: PaperCondition | null;
  readonly language: Language;
  readonly of: 'section' | 'question';
};

/** Skip logic as words: who fills in with a pen has no app that hides questions. */
export function OnlyIf({ condition, language, of }: Props) {
  const { t } = useTranslation('intakes', { lng: language });
  if (condition === null) return null;
  return (
    <div className="paper__only-if">
      {'parts' in condition ? (
        <>
          <p>{condition.type === 'all' ? t('paper.ifAll') : t('paper.ifAny')}</p>
          <Parts parts={condition.parts} language={language} t={t} />
        </>
      ) : (
        <p>{t('paper.if', { condition: leaf(condition, language, t) })}</p>
      )}
      <p>{of === 'section' ? t('paper.elseSection') : t('paper.elseQuestion')}</p>
    </div>
  );
}

type PartsProps = {
  readonly parts: readonly PaperCondition[];
  readonly language: Language;
  readonly t: TFunction<'intakes'>;
};

function Parts({ parts, language, t }: PartsProps) {
  return (
    <ul>
      {parts.map((part) => (
        <li key={JSON.stringify(part)}>
          {'parts' in part ? (
            <>
              {part.type === 'all' ? t('paper.groupAll') : t('paper.groupAny')}
              <Parts parts={part.parts} language={language} t={t} />
            </>
          ) : (
            leaf(part, language, t)
          )}
        </li>
      ))}
    </ul>
  );
}

type Leaf = Exclude<PaperCondition, { readonly type: 'all' | 'any' }>;

function leaf(condition: Leaf, language: Language, t: TFunction<'intakes'>): string {
  switch (condition.type) {
    case 'is':
    case 'is-not': {
      const answers = condition.answers.map((answer) => answer[language]);
      const { number } = condition;
      return condition.type === 'is' ? t('paper.is', { number, answers }) : t('paper.isNot', { number, answers });
    }
    case 'answered':
      return t('paper.answered', { number: condition.number });
    case 'not-answered':
      return t('paper.notAnswered', { number: condition.number });
    case 'at-least':
      return t('paper.atLeast', { number: condition.number, value: condition.value });
    case 'at-most':
      return t('paper.atMost', { number: condition.number, value: condition.value });
    case 'fact-at-least':
      return condition.fact === 'person.age'
        ? t('paper.ageAtLeast', { value: condition.value })
        : t('paper.minorsAtLeast', { value: condition.value });
    case 'fact-at-most':
      return condition.fact === 'person.age'
        ? t('paper.ageAtMost', { value: condition.value })
        : t('paper.minorsAtMost', { value: condition.value });
  }
}
