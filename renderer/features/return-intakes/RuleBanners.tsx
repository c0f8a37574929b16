import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { earliestForwarding } from '../../../shared/questionnaire/intake-rules.ts';
import { makeRuleContext, type RuleContext, type RuleFlag } from '../../../shared/questionnaire/rule-context.ts';
import { absenceWarning } from '../../../shared/questionnaire/rules-journey.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import type { texts } from '../../i18n/texts.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Badge, type BadgeTone } from '../../ui/Badge.tsx';
import type { Intake } from './intake.ts';
import { personName } from './person-names.ts';

type RuleText = keyof typeof texts.nl.intakes.rule;

const kinds = ['stop', 'lock', 'need', 'warn', 'route', 'send'] as const;
const tones: Readonly<Record<RuleFlag['kind'], BadgeTone>> = {
  stop: 'negative',
  lock: 'warning',
  need: 'warning',
  warn: 'info',
  route: 'info',
  send: 'neutral',
};

/** What the answers mean for this interview, the heaviest first; empty when no rule holds. */
export function RuleBanners({ intake }: { intake: Intake }) {
  const { t } = useTranslation('intakes');
  const flags = flagsInOrder(intake);
  if (flags.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="rules">
      <h2 id="rules" className="nl-heading nl-heading--level-2">
        {t('rules.title')}
      </h2>
      <ul className="plain-list rule-list">
        {flags.map((flag) => (
          <li key={`${flag.rule} ${flag.person ?? ''}`} className="rule-list__rule">
            <Badge tone={tones[flag.kind]}>{t(`ruleKind.${flag.kind}`)}</Badge>
            <span>
              <RuleSentence intake={intake} flag={flag} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A rule in plain words, with the person it is about and a way to the question. */
export function RuleSentence({ intake, flag }: { intake: Intake; flag: RuleFlag }) {
  const { t } = useTranslation('intakes');
  const residents = useWorkspace((state) => state.residents);
  const context = makeRuleContext(intake.evaluation, intake.answers);
  const sentence = t(`rule.${ruleText(flag, context)}`, factsOf(context));
  const cause = intake.evaluation.visible.find(({ key, person }) => flag.keys.includes(key) && person === flag.person);
  const isSeveral = flag.person !== null && intake.residents.length > 1;
  return (
    <>
      {isSeveral ? t('rules.about', { name: personName(residents, flag.person), sentence }) : sentence}{' '}
      {cause !== undefined && (
        <Link
          className="nl-link"
          to="/intakes/$intakeId/section/$section"
          params={{ intakeId: intake.id, section: cause.section }}
          search={{ ...(cause.person === null ? {} : { person: cause.person }), question: cause.key }}
          aria-label={t('rules.toQuestionOf', { question: cause.question.label[currentLanguage()] })}
        >
          {t('rules.toQuestion')}
        </Link>
      )}
    </>
  );
}

const flagsInOrder = ({ questionnaire, answers }: Intake): readonly RuleFlag[] =>
  questionnaire.flags(answers).toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));

/** Rules that say something else depending on why they hold. */
function ruleText({ rule, keys }: RuleFlag, context: RuleContext): RuleText {
  if (rule === 'rule-01') return keys.includes('consent_participate') ? 'rule-01' : 'rule-01-info';
  if (rule === 'rule-13') return absenceWarning(context) === 'provisions' ? 'rule-13-provisions' : 'rule-13';
  return rule as RuleText;
}

function factsOf(context: RuleContext): Readonly<Record<string, string | number>> {
  const { numbers } = context;
  const from = earliestForwarding(context);
  return {
    bedDays: numbers.absenceBedDays,
    provisionDays: numbers.absenceProvisionDays,
    leadDays: numbers.dtvLeadDays,
    week: numbers.pregnancyMedicalWeek,
    margin: numbers.passportMarginDays,
    day: from === null ? '' : formatDate(from, currentLanguage()),
  };
}
