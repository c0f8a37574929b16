import { IconArrowLeft, IconFileText } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decisionReference } from '../../../shared/contribution/decisions-of.ts';
import { isOpen } from '../../../shared/follow-up/due.ts';
import type { FollowUp } from '../../../shared/follow-up/follow-up.ts';
import { instalmentsOf, openAmount } from '../../../shared/follow-up/instalments.ts';
import { termOn } from '../../../shared/follow-up/terms.ts';
import type { TermName } from '../../../shared/contribution/parameter-row.ts';
import { monthOf } from '../../../shared/kernel/dates.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import { formatDate, formatMoney, formatMonth } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { usePolicyOf } from '../../stores/due-views.ts';
import { useDecisions, useFamilies, useFollowUps } from '../../stores/register-views.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { DataList, type DataItem } from '../../ui/DataList.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { useOpened } from '../../use-opened.ts';
import { factsFor, type FactName } from './follow-up-form.ts';
import { FollowUpCourse } from './FollowUpCourse.tsx';
import { FollowUpFactDialog } from './FollowUpFactDialog.tsx';
import { useFollowUpState } from './FollowUpPanel.tsx';

const termOfType: Partial<Record<FollowUp['type'], TermName>> = {
  request: 'term.income_request',
  objection: 'term.objection',
  information: 'term.arrival_information',
};
const letterOfType = { objection: 'objection', arrangement: 'arrangement', request: 'income-request' } as const;

/** One thing that is followed up: what was agreed, how it stands, and what can be recorded next. */
export function FollowUpPage() {
  const { id = '' } = useParams({ strict: false });
  const opened = useOpened('followUp', id);
  const item = useFollowUps().find((one) => one.id === id);
  if (opened.state === 'failed') return <Alert tone="error">{errorMessage(opened.error)}</Alert>;
  if (item === undefined)
    return opened.state === 'loading' ? null : <Alert tone="error">{errorMessage({ type: 'not-found' })}</Alert>;
  return <OneFollowUp item={item} />;
}

function OneFollowUp({ item }: { item: FollowUp }) {
  const { t } = useTranslation(['followUp', 'common']);
  const language = currentLanguage();
  const services = useServices();
  const navigate = useNavigate();
  const [adding, setAdding] = useState<FactName | null>(null);
  const family = useFamilies().find(({ id }) => id === item.familyId);
  const today = services.today();
  const month = item.month ?? monthOf(item.day);
  const unitSearch = { month, unit: item.grownChild ?? undefined };
  const open = isOpen(item, today);
  const letter = item.type in letterOfType ? letterOfType[item.type as keyof typeof letterOfType] : undefined;
  return (
    <>
      <PageHeading
        title={t('page.title', { type: t(`type.${item.type}`), date: formatDate(item.day, language) })}
        aside={
          <Link
            to="/contributions/$familyId"
            params={{ familyId: item.familyId }}
            search={unitSearch}
            className="nl-link"
          >
            {family?.label ?? t('page.toMonth')}
          </Link>
        }
        actions={
          <>
            <Button icon={<IconArrowLeft size={18} />} onPress={() => void navigate({ to: '/due' })}>
              {t('due.title')}
            </Button>
            {letter !== undefined && (
              <Button
                icon={<IconFileText size={18} />}
                onPress={() =>
                  void navigate({
                    to: '/contributions/$familyId/letter',
                    params: { familyId: item.familyId },
                    search: { ...unitSearch, kind: letter, item: item.id },
                  })
                }
              >
                {t('page.letter')}
              </Button>
            )}
          </>
        }
      />
      {item.type === 'arrear' && open && <Alert tone="info">{t('page.noConsequence')}</Alert>}
      <div className="columns">
        <section className="panel stack">
          <Facts item={item} />
          {open && (
            <div className="form__actions">
              {factsFor[item.type].map((name, at) => (
                <Button key={name} look={at === 0 ? 'primary' : 'secondary'} onPress={() => setAdding(name)}>
                  {t(`fact.${name}`)}
                </Button>
              ))}
            </div>
          )}
        </section>
        <FollowUpCourse item={item} />
        {item.arrangement !== null && <Schedule item={item} />}
      </div>
      {adding !== null && <FollowUpFactDialog name={adding} item={item} onClose={() => setAdding(null)} />}
    </>
  );
}

function Facts({ item }: { item: FollowUp }) {
  const { t } = useTranslation('followUp');
  const language = currentLanguage();
  const stateOf = useFollowUpState();
  const policy = usePolicyOf(useServices().today())(item.site);
  const about = useDecisions().find(({ id }) => id === item.decision);
  const termName = termOfType[item.type];
  const term = termName === undefined ? null : termOn(policy, termName, item.day);
  const { hardship, arrangement } = item;
  const items: DataItem[] = [
    { label: t('due.when'), value: stateOf(item) },
    ...(item.month === null ? [] : [{ label: t('field.month'), value: formatMonth(item.month, language) }]),
    ...(about?.receipt
      ? [{ label: t('field.about'), value: decisionReference(about.id, about.receipt.facts.month) }]
      : []),
    ...(item.subject === '' ? [] : [{ label: t('field.subject'), value: item.subject }]),
    ...(term === null
      ? []
      : [
          {
            label: t('field.term'),
            value: t(term.confidence === 'nv' ? 'page.termUnproven' : 'page.termSource', {
              days: term.days,
              source: term.source,
            }),
          },
        ]),
    ...(hardship === null
      ? []
      : [
          { label: t('field.hardshipAmount'), value: formatMoney(hardship.amountCents, language) },
          { label: t('field.until'), value: formatDate(hardship.until, language) },
          { label: t('field.reason'), value: hardship.reason },
          { label: t('field.evidence'), value: hardship.evidence },
        ]),
    ...(arrangement === null
      ? []
      : [
          { label: t('field.total'), value: formatMoney(arrangement.totalCents, language) },
          { label: t('field.instalments'), value: String(arrangement.instalments) },
          { label: t('field.reason'), value: arrangement.reason },
        ]),
    ...(item.arrear === null
      ? []
      : [{ label: t('field.amount'), value: formatMoney(item.arrear.amountCents, language) }]),
    ...(arrangement === null && item.arrear === null
      ? []
      : [{ label: t('field.open'), value: formatMoney(openAmount(item), language) }]),
  ];
  return <DataList items={items} />;
}

function Schedule({ item }: { item: FollowUp }) {
  const { t } = useTranslation('followUp');
  const language = currentLanguage();
  const money = (amount: number) => formatMoney(amount, language);
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('page.schedule')}</h2>
      <DataList
        items={instalmentsOf(item).map(({ month, amountCents, paidCents }) => ({
          label: formatMonth(month, language),
          value: t('page.paidOf', { paid: money(paidCents), amount: money(amountCents) }),
        }))}
      />
    </section>
  );
}
