import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScenarioLine } from '../../../shared/register/expiry.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { Button } from '../../ui/Button.tsx';
import { DecideDialog } from './DecideDialog.tsx';
import type { Scenario } from './scenario.ts';

type Props = {
  readonly scenario: Scenario;
  readonly lines: readonly ScenarioLine[];
  readonly onClose: () => void;
  readonly onDecided: () => void;
};

/** What the other date would mean. Nothing is changed until a decision is written down. */
export function ScenarioPanel({ scenario, lines, onClose, onDecided }: Props) {
  const { t } = useTranslation('expiry');
  const [isDeciding, setDeciding] = useState(false);
  const moving = lines.filter(({ isRedated }) => isRedated).length;
  const end = formatDate(scenario.end, currentLanguage());
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('scenario.title', { end })}</h2>
      <p>{t(`scenario.groups.${scenario.group}`)}</p>
      <p>{t('scenario.affected', { count: lines.length })}</p>
      <p>{t('scenario.moving', { count: moving })}</p>
      <div className="row">
        <Button look="primary" onPress={() => setDeciding(true)}>
          {t('decide.open')}
        </Button>
        <Button onPress={onClose}>{t('scenario.close')}</Button>
      </div>
      {isDeciding && (
        <DecideDialog scenario={scenario} lines={lines} onClose={() => setDeciding(false)} onDecided={onDecided} />
      )}
    </section>
  );
}
