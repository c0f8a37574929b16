import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dueDayOf, isOpen } from '../../../shared/follow-up/due.ts';
import { followUpsOf, type FollowUp } from '../../../shared/follow-up/follow-up.ts';
import { openAmount } from '../../../shared/follow-up/instalments.ts';
import type { IsoMonth } from '../../../shared/kernel/dates.ts';
import { formatDate, formatMoney } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices, type AssessedFamily } from '../../services.tsx';
import { usePolicyOf } from '../../stores/due-views.ts';
import { useFollowUps } from '../../stores/register-views.ts';
import { Button } from '../../ui/Button.tsx';
import { NewFollowUpDialog } from './NewFollowUpDialog.tsx';

/** Objections, hardship, arrangements, arrears and requests of one family of the law, whatever the month on screen. */
export function FollowUpPanel({ unit, month }: { unit: AssessedFamily; month: IsoMonth }) {
  const { t } = useTranslation('followUp');
  const stateOf = useFollowUpState();
  const [isAdding, setAdding] = useState(false);
  const items = followUpsOf(useFollowUps(), unit);
  return (
    <section className="panel">
      <div className="panel__head">
        <h2 className="nl-heading nl-heading--level-2">{t('panel.title')}</h2>
        <Button icon={<IconPlus size={18} />} onPress={() => setAdding(true)}>
          {t('panel.add')}
        </Button>
      </div>
      {items.length === 0 ? (
        <p>{t('panel.none')}</p>
      ) : (
        <ul className="plain-list">
          {items.map((item) => (
            <li key={item.id}>
              <Link to="/follow-up/$id" params={{ id: item.id }} className="nl-link">
                {t('panel.line', {
                  type: t(`type.${item.type}`),
                  date: formatDate(item.day, currentLanguage()),
                  state: stateOf(item),
                })}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {isAdding && <NewFollowUpDialog unit={unit} month={month} onClose={() => setAdding(false)} />}
    </section>
  );
}

/** How a follow-up stands today, in a few words. */
export function useFollowUpState(): (item: FollowUp) => string {
  const { t } = useTranslation('followUp');
  const today = useServices().today();
  const policyOf = usePolicyOf(today);
  const language = currentLanguage();
  return (item) => {
    if (item.outcome !== null) return t(`outcome.${item.outcome.outcome}`);
    if (!isOpen(item, today)) return t('state.closed');
    if (item.type === 'arrear') return t('state.openAmount', { amount: formatMoney(openAmount(item), language) });
    const due = dueDayOf(item, policyOf(item.site));
    if (due === null) return t('state.open');
    return t(due < today ? 'state.overdue' : 'state.due', { date: formatDate(due, language) });
  };
}
