import { IconEdit } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  decisionsOf,
  restsOn,
  standingDecisions,
  type ReadDecision,
} from '../../../shared/contribution/decisions-of.ts';
import type { MonthAssessment } from '../../../shared/contribution/month-assessment.ts';
import { isAdultIn } from '../../../shared/contribution/month-facts.ts';
import type { IsoMonth } from '../../../shared/kernel/dates.ts';
import { formatMoney } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import type { AssessedFamily } from '../../services.tsx';
import { useDecisions } from '../../stores/register-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { CareForm } from './CareForm.tsx';
import { AssessmentSteps } from './AssessmentSteps.tsx';
import { DecisionFacts, EarlierDecisions } from './DecisionFacts.tsx';
import { DecisionExport } from './DecisionExport.tsx';
import { DecisionForm } from './DecisionForm.tsx';
import { HouseholdFacts } from './HouseholdFacts.tsx';
import { IncomeForm } from './IncomeForm.tsx';
import { MissingFacts } from './MissingFacts.tsx';
import { Outcome } from './Outcome.tsx';
import { WhatIfPanel } from './WhatIfPanel.tsx';
import { useOpenedResidents } from './use-opened-residents.ts';

type Props = { readonly unit: AssessedFamily; readonly month: IsoMonth };

/** One family of the law in one month: what is being worked out, or what has been decided. */
export function UnitMonth({ unit, month }: Props) {
  const decisions = useDecisions();
  const [isCorrecting, setCorrecting] = useState(false);
  const [justDecided, setJustDecided] = useState(false);
  const standing = standingDecisions(decisions, unit, month);
  const earlier = decisionsOf(decisions, unit, month).filter((decision) => !standing.includes(decision));
  return standing.length > 0 && !isCorrecting ? (
    <>
      {standing.map((decision) => (
        <Decided
          key={decision.id}
          decision={decision}
          unit={unit}
          isNew={justDecided}
          onCorrect={() => setCorrecting(true)}
        />
      ))}
      <EarlierDecisions decisions={earlier} />
    </>
  ) : (
    <>
      <Undecided
        unit={unit}
        month={month}
        standing={standing[0]}
        onDecided={() => {
          setCorrecting(false);
          setJustDecided(true);
        }}
      />
      <EarlierDecisions decisions={earlier} />
    </>
  );
}

const useNameOf = (unit: AssessedFamily) => {
  const residents = useWorkspace((state) => state.residents);
  return (id: string) => {
    const summary = residents.get(id);
    return (
      unit.members.find((member) => member.id === id)?.name ??
      (summary === undefined ? '…' : `${summary.given} ${summary.family}`.trim())
    );
  };
};

type DecidedProps = {
  readonly decision: ReadDecision;
  readonly unit: AssessedFamily;
  /** Decided a moment ago: what was done is what should be read next. */
  readonly isNew: boolean;
  readonly onCorrect: () => void;
};

/** Nothing here can be changed: everything comes from what was kept with the decision. */
function Decided({ decision, unit, isNew, onCorrect }: DecidedProps) {
  const { t } = useTranslation('contributions');
  const nameOf = useNameOf(unit);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isNew) heading.current?.focus();
  }, [isNew]);
  const { receipt } = decision;
  const { facts } = receipt;
  const assessment: MonthAssessment = receipt.assessment;
  return (
    <>
      {!restsOn(receipt, unit.facts) && <Alert tone="warning">{t('decision.changed')}</Alert>}
      <Outcome assessment={assessment} />
      <div className="columns">
        <section className="panel">
          <div className="panel__head">
            <h2 ref={heading} tabIndex={-1} className="nl-heading nl-heading--level-2">
              {t('decision.title')}
            </h2>
            <div className="row">
              <DecisionExport decision={decision} />
              <Button icon={<IconEdit size={18} />} onPress={onCorrect}>
                {t('decision.correct')}
              </Button>
            </div>
          </div>
          <DecisionFacts decision={decision} />
        </section>
        <HouseholdFacts familyId={receipt.familyId} facts={facts} leftOut={[]} nameOf={nameOf} />
      </div>
      <Steps assessment={assessment} nameOf={nameOf} />
      <WhatIfPanel facts={unit.facts} parameters={unit.parameters} nameOf={nameOf} />
    </>
  );
}

type UndecidedProps = Props & { readonly standing: ReadDecision | undefined; readonly onDecided: () => void };

function Undecided({ unit, month, standing, onDecided }: UndecidedProps) {
  const { t } = useTranslation('contributions');
  const nameOf = useNameOf(unit);
  const [isTyped, setTyped] = useState(false);
  const adults = unit.facts.members.filter((member) => isAdultIn(month, member.birthDate)).map(({ id }) => id);
  const { result } = unit;
  return (
    <>
      {result.ok ? (
        <Outcome assessment={result.value} />
      ) : (
        <MissingFacts error={result.error} familyId={unit.familyId} />
      )}
      {standing !== undefined && result.ok && <Difference before={standing} now={result.value} />}
      <div className="unit-work">
        <section className="panel">
          <h2 className="nl-heading nl-heading--level-2">{t('income.title')}</h2>
          {adults.length === 0 ? (
            <p>{t('income.noAdults')}</p>
          ) : (
            <Incomes ids={adults} month={month} isTyped={isTyped} onTyped={setTyped} nameOf={nameOf} />
          )}
          <details>
            <summary>{t('care.title')}</summary>
            <Care ids={unit.facts.members.map(({ id }) => id)} nameOf={nameOf} />
          </details>
        </section>
        <div className="stack">
          {result.ok && (
            <section className="panel">
              <h2 className="nl-heading nl-heading--level-2">{t('decision.heading')}</h2>
              {isTyped ? (
                <p>{t('decision.saveIncomeFirst')}</p>
              ) : (
                <DecisionForm
                  key={JSON.stringify([result.value.toJudge, result.value.zone])}
                  unit={unit}
                  assessment={result.value}
                  isCorrection={standing !== undefined}
                  onDecided={onDecided}
                />
              )}
            </section>
          )}
          <HouseholdFacts familyId={unit.familyId} facts={unit.facts} leftOut={unit.leftOut} nameOf={nameOf} />
        </div>
      </div>
      {result.ok && <Steps assessment={result.value} nameOf={nameOf} />}
      {result.ok && <WhatIfPanel facts={unit.facts} parameters={unit.parameters} nameOf={nameOf} />}
    </>
  );
}

type IncomesProps = {
  readonly ids: readonly string[];
  readonly month: IsoMonth;
  readonly isTyped: boolean;
  readonly onTyped: (isTyped: boolean) => void;
  readonly nameOf: (id: string) => string;
};

function Incomes({ ids, month, isTyped, onTyped, nameOf }: IncomesProps) {
  const found = useOpenedResidents(ids, isTyped);
  if (found === null) return null;
  return <IncomeForm key={found.generation} month={month} opened={found.opened} nameOf={nameOf} onTyped={onTyped} />;
}

function Care({ ids, nameOf }: Pick<IncomesProps, 'ids' | 'nameOf'>) {
  const found = useOpenedResidents(ids, false);
  return found === null ? null : <CareForm key={found.generation} opened={found.opened} nameOf={nameOf} />;
}

/** A correction is a new decision with a difference, never an edit. */
function Difference({ before, now }: { before: ReadDecision; now: MonthAssessment }) {
  const { t } = useTranslation('contributions');
  const money = (amount: number) => formatMoney(amount, currentLanguage());
  const { allowanceCents, contributionCents } = before.receipt.assessment;
  return (
    <Alert tone="info">
      {t('decision.difference', {
        allowance: money(now.allowanceCents - allowanceCents),
        contribution: money(now.contributionCents - contributionCents),
      })}
    </Alert>
  );
}

function Steps({ assessment, nameOf }: { assessment: MonthAssessment; nameOf: (id: string) => string }) {
  const { t } = useTranslation('contributions');
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('letter.how')}</h2>
      <AssessmentSteps assessment={assessment} language={currentLanguage()} nameOf={nameOf} />
    </section>
  );
}
