import { IconChecks, IconRefresh } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { totalDifference, type DecisionEffect } from '../../../shared/contribution/decision-effects.ts';
import type { Approval } from '../../services.tsx';
import { useDecisionEffects } from '../../use-decision-effects.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { ApprovalButtons } from './ApprovalButtons.tsx';
import { ApprovalNotice } from './ApprovalNotice.tsx';
import { EffectsTable } from './EffectsTable.tsx';
import { signedMoney } from './signed-money.ts';
import { useApprovals } from './use-approvals.ts';

/** Every decision that a later change hits, and the corrections of it in one run. Nothing changes by itself. */
export function DecisionEffectsPage() {
  const { t } = useTranslation('run');
  const { state, stop, again } = useDecisionEffects();
  const approvals = useApprovals();
  const [isChecking, setChecking] = useState(false);
  // What is being recorded stays on the screen while the list behind it shrinks.
  const [checked, setChecked] = useState<readonly DecisionEffect[]>([]);
  const effects = state.type === 'ready' ? state.effects : [];
  const ready = effects.filter((effect) => effect.state === 'ready');

  const decide = async () => {
    await approvals.approve(checked.flatMap((effect) => approvalOf(effect) ?? []));
    setChecking(false);
    again();
  };

  if (isChecking)
    return (
      <>
        <PageHeading title={t('effects.checkTitle')} />
        <p>{t('effects.checkAbout')}</p>
        <Total effects={checked} />
        <ApprovalButtons
          count={checked.length}
          approving={approvals.approving}
          back={t('effects.back')}
          onDecide={() => void decide()}
          onStop={approvals.stop}
          onBack={() => setChecking(false)}
        />
        <section className="panel">
          <EffectsTable label={t('effects.checkTitle')} effects={checked} />
        </section>
      </>
    );
  return (
    <>
      <PageHeading
        title={t('effects.title')}
        aside={state.type === 'ready' && <span role="status">{t('effects.found', { count: effects.length })}</span>}
        actions={
          <Link to="/contributions/run" className="nl-link">
            {t('open')}
          </Link>
        }
      />
      <p>{t('effects.intro')}</p>
      {approvals.approved !== null && <ApprovalNotice approved={approvals.approved} />}
      {state.type === 'working' && (
        <>
          <ProgressBar label={t('effects.working')} value={state.done} total={state.total} />
          <div className="form__actions">
            <Button onPress={stop}>{t('stop')}</Button>
          </div>
        </>
      )}
      {state.type === 'stopped' && (
        <>
          <Alert tone="warning">{t('effects.stopped')}</Alert>
          <div className="form__actions">
            <Button icon={<IconRefresh size={18} />} onPress={again}>
              {t('again')}
            </Button>
          </div>
        </>
      )}
      {state.type === 'ready' && effects.length === 0 && <Alert tone="ok">{t('effects.none')}</Alert>}
      {effects.length > 0 && (
        <section className="panel">
          <Total effects={effects} />
          {ready.length > 0 && (
            <div className="form__actions">
              <Button
                look="primary"
                icon={<IconChecks size={18} />}
                onPress={() => {
                  setChecked(ready);
                  setChecking(true);
                }}
              >
                {t('effects.toCheck', { count: ready.length })}
              </Button>
            </div>
          )}
          <EffectsTable label={t('effects.title')} effects={effects} />
        </section>
      )}
    </>
  );
}

function Total({ effects }: { effects: readonly DecisionEffect[] }) {
  const { t } = useTranslation('run');
  const { allowanceDifference, contributionDifference } = totalDifference(effects);
  return (
    <p>
      <strong>
        {t('effects.total', {
          allowance: signedMoney(allowanceDifference),
          contribution: signedMoney(contributionDifference),
        })}
      </strong>
    </p>
  );
}

function approvalOf({ decision, now }: DecisionEffect): Approval | null {
  if (now === null) return null;
  const { familyId, grownChild, facts } = decision.receipt;
  const { allowanceCents, contributionCents } = now.assessment;
  return { familyId, grownChild, month: facts.month, allowanceCents, contributionCents, replaces: [decision.id] };
}
