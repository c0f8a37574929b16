import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { findFieldProblems } from '../../../shared/questionnaire/answer-value.ts';
import type { QuestionRef } from '../../../shared/questionnaire/answers.ts';
import { missingForFinalise, type FinaliseError } from '../../../shared/questionnaire/finalised-intake.ts';
import { outcomeBlocks } from '../../../shared/questionnaire/intake-rules.ts';
import { findQuestion, optionsOf } from '../../../shared/questionnaire/questionnaire.ts';
import { makeRuleContext } from '../../../shared/questionnaire/rule-context.ts';
import { sectionsOf } from '../../../shared/questionnaire/questionnaire-schema.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import type { Intake } from './intake.ts';
import { personName } from './person-names.ts';
import { RuleSentence } from './RuleBanners.tsx';

/** What keeps an interview from being recorded now; undefined when nothing does as far as the answers tell. */
export function findFinaliseProblem({ questionnaire, answers, evaluation }: Intake): FinaliseError | undefined {
  const missing = missingForFinalise(questionnaire, answers);
  if (missing.length > 0) return { type: 'missing-answers', missing };
  const problems = findFieldProblems(questionnaire.file, answers);
  if (problems.length > 0) return { type: 'contradicting-answers', problems };
  const blocks = outcomeBlocks(makeRuleContext(evaluation, answers));
  return blocks.length > 0 ? { type: 'outcome-not-allowed', blocks } : undefined;
}

/** Every problem leads to its question. */
export function FinaliseProblems({ intake, problem }: { intake: Intake; problem: FinaliseError }) {
  const { t } = useTranslation('intakes');
  switch (problem.type) {
    case 'missing-answers':
      return (
        <>
          <p>{t('finalise.missing', { count: problem.missing.length })}</p>
          <ul>
            {problem.missing.map((ref) => (
              <li key={`${ref.key} ${ref.person ?? ''}`}>
                <QuestionLink intake={intake} at={ref} />
              </li>
            ))}
          </ul>
        </>
      );
    case 'contradicting-answers':
      return (
        <ul>
          {problem.problems.map(({ type, at }) => (
            <li key={`${type} ${at.key} ${at.person ?? ''}`}>
              {t(`problem.${type}`)} <QuestionLink intake={intake} at={at} />
            </li>
          ))}
        </ul>
      );
    case 'outcome-not-allowed': {
      const question = findQuestion(intake.questionnaire.file, 'outcome');
      const options = question === undefined ? [] : optionsOf(intake.questionnaire.file, question);
      const say = (code: string) => options.find((option) => option.code === code)?.label[currentLanguage()] ?? code;
      return (
        <>
          <p>{t('finalise.blocked')}</p>
          <ul>
            {problem.blocks.map(({ flag, allowed }) => (
              <li key={`${flag.rule} ${flag.person ?? ''}`}>
                <RuleSentence intake={intake} flag={flag} />{' '}
                {allowed.length === 0
                  ? t('finalise.noForwarding')
                  : t('finalise.allowed', {
                      outcomes: allowed.map(say),
                      formatParams: { outcomes: { type: 'disjunction' } },
                    })}
              </li>
            ))}
          </ul>
          <p>
            <QuestionLink intake={intake} at={{ key: 'outcome', section: 'M_outcome', person: null }} />
          </p>
        </>
      );
    }
    case 'not-confirmed':
      return <p>{t('finalise.notConfirmed', { day: formatDate(problem.forwardFrom, currentLanguage()) })}</p>;
  }
}

function QuestionLink({ intake, at }: { intake: Intake; at: QuestionRef }) {
  const { t } = useTranslation('intakes');
  const residents = useWorkspace((state) => state.residents);
  const { file } = intake.questionnaire;
  const language = currentLanguage();
  const section = sectionsOf(file).find(({ key }) => key === at.section)?.title[language] ?? '';
  const question = findQuestion(file, at.key)?.label[language] ?? at.key;
  const isSeveral = at.person !== null && intake.residents.length > 1;
  return (
    <Link
      className="nl-link"
      to="/intakes/$intakeId/section/$section"
      params={{ intakeId: intake.id, section: at.section }}
      search={{ ...(at.person === null ? {} : { person: at.person }), question: at.key }}
    >
      {isSeveral
        ? t('finalise.questionOf', { section, question, name: personName(residents, at.person) })
        : t('finalise.question', { section, question })}
    </Link>
  );
}
