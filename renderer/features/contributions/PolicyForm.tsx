import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { basisFieldId, groundsFieldId } from '../../../shared/contribution/municipal-policy.ts';
import type { IncomeKind } from '../../../shared/contribution/month-facts.ts';
import { formatDate, formatList } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { usePolicies } from '../../stores/register-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { CheckboxGroupField } from '../../ui/CheckboxField.tsx';
import { ChoiceField } from '../../ui/ChoiceField.tsx';
import { DataList } from '../../ui/DataList.tsx';
import { useSave } from '../../use-save.ts';
import { findPolicy, policySave, policyStart, type Municipality } from './policy-edits.ts';
import { OverrideSection } from './OverrideSection.tsx';
import { SettledForm, type Settle } from './SettledForm.tsx';

const bases = ['net', 'gross'] as const;
/** Kinds the law does not name; pay for chores on the site is never income (RooO art. 11a). */
const extraKinds = ['pension', 'student-finance', 'alimony', 'other'] as const satisfies readonly IncomeKind[];

/** Net or gross, extra grounds, start of collection, own values: each from a day on, with a reason. */
export function PolicyForm({ municipality }: { municipality: Municipality }) {
  const services = useServices();
  const policies = usePolicies();
  const save = useSave();
  const [generation, setGeneration] = useState(0);
  const policy = findPolicy(policies, municipality.code);

  const settleFrom =
    (start: ReturnType<typeof policyStart>): Settle =>
    async (field, value) => {
      const saved = await save(policySave(start, municipality, field, value));
      if (saved === undefined) return false;
      setGeneration((before) => before + 1);
      return true;
    };
  // The record as it was when the forms began: what a colleague settles meanwhile must meet these edits.
  const [{ start, at }, setStart] = useState(() => ({ start: begin(), at: 0 }));
  function begin() {
    return policyStart(useWorkspace.getState().records, policy, services.newId);
  }
  if (at !== generation) setStart({ start: begin(), at: generation });
  const settle = settleFrom(start);
  return (
    <div className="columns" key={generation}>
      <BasisSection settled={policy?.bases ?? []} settle={settle} />
      <GroundsSection settled={policy?.grounds ?? []} settle={settle} />
      <CollectionSection settled={policy?.collectsFrom ?? null} settle={settle} />
      <OverrideSection settled={policy?.overrides ?? []} settle={settle} />
    </div>
  );
}

type Policy = NonNullable<ReturnType<typeof findPolicy>>;

function BasisSection({ settled, settle }: { settled: Policy['bases']; settle: Settle }) {
  const { t } = useTranslation('contributions');
  const [basis, setBasis] = useState<(typeof bases)[number] | null>(null);
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('policy.basis')}</h2>
      <Settled
        items={settled.map(({ from, incomeBasis, reason }) => ({ from, text: t(`basisKind.${incomeBasis}`), reason }))}
      />
      <SettledForm
        id="basis"
        problem={basis === null ? { fieldId: 'basis', message: t('policy.problem.basis') } : null}
        submit={t('policy.saveBasis')}
        onSubmit={(from, reason) => settle(basisFieldId(from), { incomeBasis: basis, reason })}
      >
        {(errorOf) => (
          <ChoiceField
            id="basis"
            label={t('policy.basisQuestion')}
            hint={t('policy.basisHint')}
            error={errorOf('basis')}
            choices={bases.map((code) => ({ code, label: t(`basisKind.${code}`) }))}
            value={basis}
            onChange={setBasis}
          />
        )}
      </SettledForm>
    </section>
  );
}

function GroundsSection({ settled, settle }: { settled: Policy['grounds']; settle: Settle }) {
  const { t } = useTranslation(['contributions', 'common']);
  const [kinds, setKinds] = useState<readonly (typeof extraKinds)[number][]>([]);
  const language = currentLanguage();
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('policy.grounds')}</h2>
      <Settled
        items={settled.map(({ from, kinds: own, reason }) => ({
          from,
          text:
            own.length === 0
              ? t('common:none')
              : formatList(
                  own.map((kind) => t(`kind.${kind}`)),
                  language,
                ),
          reason,
        }))}
      />
      <SettledForm
        id="grounds"
        problem={null}
        submit={t('policy.saveGrounds')}
        onSubmit={(from, reason) => settle(groundsFieldId(from), { kinds, reason })}
      >
        {() => (
          <CheckboxGroupField
            id="grounds"
            label={t('policy.groundsQuestion')}
            hint={t('policy.groundsHint')}
            choices={extraKinds.map((code) => ({ code, label: t(`kind.${code}`) }))}
            value={kinds}
            onChange={setKinds}
          />
        )}
      </SettledForm>
    </section>
  );
}

function CollectionSection({ settled, settle }: { settled: Policy['collectsFrom']; settle: Settle }) {
  const { t } = useTranslation('contributions');
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('policy.collection')}</h2>
      <Settled
        items={settled === null ? [] : [{ from: settled.day, text: t('policy.collects'), reason: settled.reason }]}
      />
      <SettledForm
        id="collection"
        problem={null}
        submit={t('policy.saveCollection')}
        onSubmit={(day, reason) => settle('collectsFrom', { day, reason })}
      >
        {() => <p className="muted">{t('policy.collectionHint')}</p>}
      </SettledForm>
    </section>
  );
}

type SettledItem = { readonly from: Policy['bases'][number]['from']; readonly text: string; readonly reason: string };

/** What holds, newest first, with the day it began and why. */
function Settled({ items }: { items: readonly SettledItem[] }) {
  const { t } = useTranslation('contributions');
  if (items.length === 0) return <p>{t('policy.nothing')}</p>;
  return (
    <DataList
      items={[...items].reverse().map(({ from, text, reason }) => ({
        label: t('policy.since', { date: formatDate(from, currentLanguage()) }),
        value: t('policy.settled', { text, reason }),
      }))}
    />
  );
}
