import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ExclusionReason } from '../../../shared/contribution/family-month.ts';
import { isAdultIn, type MonthFacts } from '../../../shared/contribution/month-facts.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';

type Props = {
  readonly familyId: string;
  readonly facts: Pick<MonthFacts, 'month' | 'reception' | 'catered' | 'members'> & {
    readonly policy: Pick<MonthFacts['policy'], 'incomeBasis'>;
  };
  readonly leftOut: readonly { readonly memberId: string; readonly reason: ExclusionReason }[];
  readonly nameOf: (memberId: string) => string;
};

/** What the calculation took from the register, each with the place where it can be mended. */
export function HouseholdFacts({ familyId, facts, leftOut, nameOf }: Props) {
  const { t } = useTranslation(['contributions', 'reception']);
  const { month, members, reception, catered, policy } = facts;
  const person = (id: string) => (
    <Link to="/residents/$id" params={{ id }} className="nl-link">
      {nameOf(id)}
    </Link>
  );
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('facts.title')}</h2>
      <dl className="data-list">
        <div className="data-list__item">
          <dt>{t('facts.members')}</dt>
          <dd>
            <ul className="plain-list facts__members">
              {members.map((member) => (
                <li key={member.id}>
                  {person(member.id)}
                  <span className="muted">
                    {t(isAdultIn(month, member.birthDate) ? 'facts.adult' : 'facts.minor', {
                      date: formatDate(member.birthDate, currentLanguage()),
                    })}
                    {member.unaccompanied && ` ${t('facts.unaccompanied')}`}
                    {member.inCareInstitution === true && ` ${t('facts.inCare')}`}
                  </span>
                </li>
              ))}
              {leftOut.map(({ memberId, reason }) => (
                <li key={memberId}>
                  {person(memberId)}
                  <span className="muted">{t(`leftOut.${reason}`)}</span>
                </li>
              ))}
            </ul>
          </dd>
        </div>
        <div className="data-list__item">
          <dt>{t('facts.reception')}</dt>
          <dd>
            <Link to="/families/$id" params={{ id: familyId }} className="nl-link">
              {t(`reception:kind.${reception}`)}
            </Link>
            {', '}
            {t(catered ? 'facts.catered' : 'facts.selfCatering')}
          </dd>
        </div>
        <div className="data-list__item">
          <dt>{t('facts.basis')}</dt>
          <dd>
            <Link to="/settings/municipality" className="nl-link">
              {t(`basisKind.${policy.incomeBasis}`)}
            </Link>
          </dd>
        </div>
      </dl>
    </section>
  );
}
