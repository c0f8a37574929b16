import { useTranslation } from 'react-i18next';
import type { FactKind } from '../../../shared/register/fact-kind.ts';
import {
  careFacts,
  careRouteFacts,
  correctionFacts,
  courseFacts,
  educationFacts,
  goalFacts,
  languageLevelFacts,
  professionFacts,
  provisionFacts,
  retentionFacts,
  schoolFacts,
  workFacts,
} from '../../../shared/register/facts.ts';
import type { OpenedRecord } from '../../services.tsx';
import { FactList } from './FactList.tsx';

const panels = {
  work: [workFacts, professionFacts, goalFacts],
  learning: [languageLevelFacts, courseFacts, educationFacts, schoolFacts],
  care: [careRouteFacts, careFacts, provisionFacts],
  privacy: [correctionFacts, retentionFacts],
} as const satisfies Readonly<Record<string, readonly FactKind[]>>;

/** A subject of the resident's page with its kinds of facts. */
export function FactPanel({ subject, opened }: { subject: keyof typeof panels; opened: OpenedRecord }) {
  const { t } = useTranslation('facts');
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t(`panel.${subject}`)}</h2>
      {panels[subject].map((kind) => (
        <FactList key={kind.stem} kind={kind} opened={opened} />
      ))}
    </section>
  );
}
