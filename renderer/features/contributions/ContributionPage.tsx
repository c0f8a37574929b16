import { IconFileText } from '@tabler/icons-react';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { IsoMonth } from '../../../shared/kernel/dates.ts';
import { toFamily } from '../../../shared/register/family.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import { useServices, type AssessedFamily } from '../../services.tsx';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { useOpened } from '../../use-opened.ts';
import { FactProblems } from './FactProblems.tsx';
import { FollowUpPanel } from './FollowUpPanel.tsx';
import { MissingFacts } from './MissingFacts.tsx';
import { PaymentPanel } from './PaymentPanel.tsx';
import { MonthChooser } from './MonthChooser.tsx';
import { monthIn } from './month-choice.ts';
import { UnitMonth } from './UnitMonth.tsx';
import { findUnit, useAssessed } from './use-assessed.ts';

/** Allowance and contribution of one family in one month: outcome, incomes, decision, and every step. */
export function ContributionPage() {
  const { familyId = '' } = useParams({ strict: false });
  const search = useSearch({ strict: false });
  const services = useServices();
  const opened = useOpened('family', familyId);
  const today = services.today();
  if (opened.state === 'loading') return null;
  if (opened.state === 'failed') return <Alert tone="error">{errorMessage(opened.error)}</Alert>;
  const { label } = toFamily(familyId, opened.opened.values);
  return <FamilyMonth familyId={familyId} label={label} month={monthIn(search.month, today)} />;
}

type Props = { readonly familyId: string; readonly label: string; readonly month: IsoMonth };

function FamilyMonth({ familyId, label, month }: Props) {
  const { t } = useTranslation('contributions');
  const navigate = useNavigate();
  const services = useServices();
  const search = useSearch({ strict: false });
  const assessed = useAssessed(familyId, month);
  const go = (to: { month: IsoMonth; unit?: string | undefined }) =>
    void navigate({ to: '/contributions/$familyId', params: { familyId }, search: to, replace: true });
  const units = assessed?.ok === true ? assessed.value : [];
  const unit = findUnit(units, search.unit ?? null);
  return (
    <>
      <PageHeading
        title={label}
        windowTitle={t('page.windowTitle')}
        aside={
          <Link to="/families/$id" params={{ id: familyId }} className="nl-link">
            {t('page.family')}
          </Link>
        }
        actions={
          unit?.result.ok === true && (
            <Button
              icon={<IconFileText size={18} />}
              onPress={() =>
                void navigate({
                  to: '/contributions/$familyId/letter',
                  params: { familyId },
                  search: { month, unit: unit.grownChild ?? undefined },
                })
              }
            >
              {t('page.letter')}
            </Button>
          )
        }
      />
      <div className="row">
        <MonthChooser
          month={month}
          today={services.today()}
          onChange={(next) => go({ month: next, unit: search.unit })}
        />
        {units.length > 1 && <Units units={units} chosen={unit} month={month} />}
      </div>
      <FactProblems familyId={familyId} />
      {assessed?.ok === false && <MissingFacts error={assessed.error} familyId={familyId} />}
      {unit !== undefined && <UnitMonth key={`${month} ${unit.grownChild ?? ''}`} unit={unit} month={month} />}
      {unit !== undefined && <PaymentPanel unit={unit} month={month} />}
      {unit !== undefined && <FollowUpPanel unit={unit} month={month} />}
    </>
  );
}

/** A child of age is a family of its own by law: it has its own amounts, and its own decision. */
function Units(props: { units: readonly AssessedFamily[]; chosen: AssessedFamily | undefined; month: IsoMonth }) {
  const { t } = useTranslation('contributions');
  return (
    <nav aria-label={t('page.units')}>
      <ul className="units">
        {props.units.map((unit) => (
          <li key={unit.grownChild ?? ''}>
            <Link
              to="/contributions/$familyId"
              params={{ familyId: unit.familyId }}
              search={{ month: props.month, unit: unit.grownChild ?? undefined }}
              replace
              activeOptions={{ exact: true, explicitUndefined: true }}
              className={`nl-link ${unit === props.chosen ? 'units__chosen' : ''}`}
            >
              {unit.grownChild === null
                ? t('page.unitFamily')
                : t('page.unitGrown', { name: unit.members[0]?.name ?? '' })}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
