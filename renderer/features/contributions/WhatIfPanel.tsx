import { IconArrowsDiff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isAdultIn, type MonthFacts } from '../../../shared/contribution/month-facts.ts';
import type { ContributionParameters } from '../../../shared/contribution/parameters.ts';
import { partnerId, whatIf } from '../../../shared/contribution/what-if.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { CheckboxField } from '../../ui/CheckboxField.tsx';
import { MoneyField } from '../../ui/MoneyField.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { noSupposition, toChanges } from './what-if-form.ts';
import { WhatIfTable } from './WhatIfTable.tsx';

type Props = {
  readonly facts: MonthFacts;
  readonly parameters: ContributionParameters;
  readonly nameOf: (memberId: string) => string;
};
const nobody = 'nobody';

/** The month beside the month as it would be: more work, another site, a birthday, a partner. Nothing is kept. */
export function WhatIfPanel({ facts, parameters, nameOf }: Props) {
  const { t } = useTranslation('contributions');
  const [isOpen, setOpen] = useState(false);
  const [form, setForm] = useState(noSupposition);
  const set = (change: Partial<typeof form>) => setForm((now) => ({ ...now, ...change }));
  const adults = facts.members.filter((member) => isAdultIn(facts.month, member.birthDate));
  const children = facts.members.filter((member) => !adults.includes(member));
  const changes = useMemo(() => toChanges(form, facts), [form, facts]);
  const found = useMemo(
    () => (isOpen ? whatIf(facts, changes, parameters) : null),
    [isOpen, facts, changes, parameters],
  );
  const people = (members: typeof adults) => [
    { code: nobody, label: t('whatIf.nobody') },
    ...members.map(({ id }) => ({ code: id, label: nameOf(id) })),
  ];
  const name = (id: string) => (id === partnerId ? t('whatIf.newPartner') : nameOf(id));

  if (!isOpen || found === null)
    return (
      <div>
        <Button icon={<IconArrowsDiff size={18} />} onPress={() => setOpen(true)}>
          {t('whatIf.open')}
        </Button>
      </div>
    );
  return (
    <section className="panel">
      <div className="panel__head">
        <h2 className="nl-heading nl-heading--level-2">{t('whatIf.title')}</h2>
        <Button
          onPress={() => {
            setForm(noSupposition);
            setOpen(false);
          }}
        >
          {t('whatIf.close')}
        </Button>
      </div>
      <p className="muted">{t('whatIf.about')}</p>
      <div className="row">
        <SelectField
          id="whatIfEarner"
          label={t('whatIf.earner')}
          choices={people(adults)}
          value={form.earner ?? nobody}
          onChange={(code) => set({ earner: code === nobody ? null : code })}
        />
        {form.earner !== null && (
          <MoneyField
            id="whatIfDifference"
            label={t('whatIf.difference')}
            value={form.difference}
            onChange={(difference) => set({ difference })}
          />
        )}
        {children.length > 0 && (
          <SelectField
            id="whatIfChild"
            label={t('whatIf.child')}
            choices={people(children)}
            value={form.child ?? nobody}
            onChange={(code) => set({ child: code === nobody ? null : code })}
          />
        )}
      </div>
      {facts.reception === 'municipal' && (
        <CheckboxField
          id="whatIfCatering"
          label={t(facts.catered ? 'whatIf.selfCatering' : 'whatIf.catered')}
          value={form.isOtherCatering}
          onChange={(isOtherCatering) => set({ isOtherCatering })}
        />
      )}
      <CheckboxField
        id="whatIfPartner"
        label={t('whatIf.partner')}
        value={form.hasPartner}
        onChange={(hasPartner) => set({ hasPartner })}
      />
      {!found.ok ? (
        <Alert tone="warning">
          {found.error.type === 'change-impossible' ? t('whatIf.impossible') : errorMessage(found.error)}
        </Alert>
      ) : (
        <WhatIfTable compared={found.value} hasChange={changes.length > 0} nameOf={name} />
      )}
    </section>
  );
}
