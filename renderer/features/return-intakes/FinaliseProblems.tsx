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
            {bySection(problem.missing).map((refs) => (
              <MissingIn key={`${refs[0]?.section ?? ''} ${refs[0]?.person ?? ''}`} intake={intake} refs={refs} />
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

/** One line per section and person, so that a long list stays readable. */
function MissingIn({ intake, refs }: { intake: Intake; refs: readonly QuestionRef[] }) {
  const residents = useWorkspace((state) => state.residents);
  const [first] = refs;
  if (first === undefined) return null;
  const section = sectionsOf(intake.questionnaire.file).find(({ key }) => key === first.section);
  const title = section?.title[currentLanguage()] ?? '';
  const isSeveral = first.person !== null && intake.residents.length > 1;
  return (
    <li>
      <strong>{isSeveral ? `${title} · ${personName(residents, first.person)}` : title}</strong>
      <ul className="inline-list">
        {refs.map((ref) => (
          <li key={ref.key}>
            <QuestionLink intake={intake} at={ref} />
          </li>
        ))}
      </ul>
    </li>
  );
}

function bySection(refs: readonly QuestionRef[]): readonly (readonly QuestionRef[])[] {
  const groups = new Map<string, QuestionRef[]>();
  for (const ref of refs) {
    const key = `${ref.section} ${ref.person ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), ref]);
  }
  return [...groups.values()];
}

function QuestionLink({ intake, at }: { intake: Intake; at: QuestionRef }) {
  return (
    <Link
      className="nl-link"
      to="/intakes/$intakeId/section/$section"
      params={{ intakeId: intake.id, section: at.section }}
      search={{ ...(at.person === null ? {} : { person: at.person }), question: at.key }}
    >
      {findQuestion(intake.questionnaire.file, at.key)?.label[currentLanguage()] ?? at.key}
    </Link>
  );
}
