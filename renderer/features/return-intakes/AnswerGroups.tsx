import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { AnswerWording } from '../../../shared/questionnaire/read-back.ts';
import type { Language } from '../../i18n/i18n.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Badge } from '../../ui/Badge.tsx';
import { AnswerWords } from './AnswerWords.tsx';
import { personName } from './person-names.ts';

type AnswerLine = {
  readonly key: string;
  readonly person: string | null;
  readonly section: string;
  readonly title: string;
  readonly label: string;
  readonly answer: AnswerWording;
  readonly otherText: string | null;
  readonly staysHere?: boolean;
};

type Props = {
  readonly lines: readonly AnswerLine[];
  readonly language: Language;
  /** The draft in which an answer can still be changed; null when it cannot. */
  readonly changeIn: string | null;
};

/** Answers in the order of asking, under their section and person. */
export function AnswerGroups({ lines, language, changeIn }: Props) {
  const residents = useWorkspace((state) => state.residents);
  return groupsOf(lines).map((group) => {
    const [first] = group;
    if (first === undefined) return null;
    const name = first.person === null ? null : personName(residents, first.person);
    return (
      <section key={`${first.section} ${first.person ?? ''}`} className="answer-group" lang={language}>
        <h2 className="nl-heading nl-heading--level-3">{name === null ? first.title : `${first.title} · ${name}`}</h2>
        <dl className="answer-list">
          {group.map((line) => (
            <Line key={line.key} line={line} language={language} changeIn={changeIn} />
          ))}
        </dl>
      </section>
    );
  });
}

function Line({ line, language, changeIn }: { line: AnswerLine; language: Language; changeIn: string | null }) {
  const { t } = useTranslation(['intakes', 'common']);
  return (
    <div className="answer-list__line">
      <dt>{line.label}</dt>
      <dd>
        <AnswerWords answer={line.answer} language={language} />
        {line.otherText !== null && <p className="muted">{line.otherText}</p>}
        {line.staysHere === true && <Badge tone="neutral">{t('frozen.staysHere')}</Badge>}
      </dd>
      {changeIn !== null && (
        <dd className="answer-list__change">
          <Link
            className="nl-link"
            to="/intakes/$intakeId/section/$section"
            params={{ intakeId: changeIn, section: line.section }}
            search={{ ...(line.person === null ? {} : { person: line.person }), question: line.key }}
            aria-label={t('finalise.change', { question: line.label })}
          >
            {t('common:action.edit')}
          </Link>
        </dd>
      )}
    </div>
  );
}

function groupsOf(lines: readonly AnswerLine[]): readonly (readonly AnswerLine[])[] {
  const groups = new Map<string, AnswerLine[]>();
  for (const line of lines) {
    const key = `${line.section} ${line.person ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.values()];
}
