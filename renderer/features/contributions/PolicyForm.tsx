import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  basisFieldId,
  extraGroundKinds,
  groundsFieldId,
  payParts,
} from '../../../shared/contribution/municipal-policy.ts';
import { settledEntries } from '../../../shared/contribution/settled-entries.ts';
import type { IncomeKind } from '../../../shared/contribution/month-facts.ts';
import { formatList } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { usePolicies } from '../../stores/register-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { CheckboxGroupField } from '../../ui/CheckboxField.tsx';
import { ChoiceField } from '../../ui/ChoiceField.tsx';
import { useSave } from '../../use-save.ts';
import { findPolicy, policySave, policyStart, type Municipality } from './policy-edits.ts';
import { OverrideSection } from './OverrideSection.tsx';
import { CateringSection } from './CateringSection.tsx';
import { ChecksSection } from './ChecksSection.tsx';
import { PolicyFilePanel } from './PolicyFilePanel.tsx';
import { PolicyDeskContext, type PolicyDesk } from './policy-desk.ts';
import { SettledForm } from './SettledForm.tsx';
import { SettledList } from './SettledList.tsx';

const bases = ['net', 'gross'] as const;
/** Net or gross, extra grounds, start of collection, own values: each from a day on, with a reason. */
export function PolicyForm({ municipality }: { municipality: Municipality }) {
  const services = useServices();
  const policies = usePolicies();
  const save = useSave();
  const [generation, setGeneration] = useState(0);
  const policy = findPolicy(policies, municipality.code);

  // The record as it was when the forms began: what a colleague settles meanwhile must meet these edits.
  const [{ start, at }, setStart] = useState(() => ({ start: begin(), at: 0 }));
  function begin() {
    return policyStart(useWorkspace.getState().records, policy, services.newId);
  }
  if (at !== generation) setStart({ start: begin(), at: generation });
  const desk = useMemo(
    (): PolicyDesk => ({
      policyId: start.id,
      municipality,
      entries: new Map((policy === undefined ? [] : settledEntries(policy)).map((entry) => [entry.field, entry])),
      settings: policy,
      settle: async (...edits) => {
        const saved = await save(policySave(start, municipality, edits));
        if (saved === undefined) return false;
        setGeneration((before) => before + 1);
        return true;
      },
    }),
    [start, municipality, policy, save],
  );
  return (
    <PolicyDeskContext value={desk}>
      <div className="columns" key={generation}>
        <BasisSection settled={policy?.bases ?? []} />
        <GroundsSection settled={policy?.grounds ?? []} />
        <CollectionSection settled={policy?.collectsFrom ?? null} />
        <CateringSection settled={policy?.caterings ?? []} />
        <OverrideSection settled={policy?.overrides ?? []} />
        <ChecksSection settled={policy?.checks ?? []} />
        <PolicyFilePanel />
      </div>
    </PolicyDeskContext>
  );
}

type Policy = NonNullable<ReturnType<typeof findPolicy>>;

function BasisSection({ settled }: { settled: Policy['bases'] }) {
  const { t } = useTranslation('contributions');
  const [basis, setBasis] = useState<(typeof bases)[number] | null>(null);
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('policy.basis')}</h2>
      <SettledList
        items={settled.map(({ from, incomeBasis, reason }) => ({ from, text: t(`basisKind.${incomeBasis}`), reason }))}
      />
      <SettledForm
        id="basis"
        problem={basis === null ? { fieldId: 'basis', message: t('policy.problem.basis') } : null}
        submit={t('policy.saveBasis')}
        toEdit={(from, reason) => ({ field: basisFieldId(from), value: { incomeBasis: basis, reason } })}
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

function GroundsSection({ settled }: { settled: Policy['grounds'] }) {
  const { t } = useTranslation(['contributions', 'common']);
  // A new choice goes on from the one in force: nothing is dropped by not being ticked again.
  const last = settled.at(-1);
  const [kinds, setKinds] = useState<readonly (typeof extraGroundKinds)[number][]>(() =>
    extraGroundKinds.filter((kind) => last?.kinds.includes(kind)),
  );
  const [excluded, setExcluded] = useState<readonly (typeof payParts)[number][]>(() =>
    payParts.filter((kind) => last?.excluded?.includes(kind)),
  );
  const language = currentLanguage();
  const named = (list: readonly IncomeKind[]) =>
    formatList(
      list.map((kind) => t(`kind.${kind}`)),
      language,
    );
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('policy.grounds')}</h2>
      <SettledList
        items={settled.map(({ from, kinds: own, excluded: out = [], reason }) => ({
          from,
          text: [
            own.length === 0 ? t('common:none') : named(own),
            ...(out.length === 0 ? [] : [t('policy.leftOutKinds', { kinds: named(out) })]),
          ].join('; '),
          reason,
        }))}
      />
      <SettledForm
        id="grounds"
        problem={null}
        submit={t('policy.saveGrounds')}
        toEdit={(from, reason) => ({ field: groundsFieldId(from), value: { kinds, excluded, reason } })}
      >
        {() => (
          <>
            <CheckboxGroupField
              id="grounds"
              label={t('policy.groundsQuestion')}
              hint={t('policy.groundsHint')}
              choices={extraGroundKinds.map((code) => ({ code, label: t(`kind.${code}`) }))}
              value={kinds}
              onChange={setKinds}
            />
            <CheckboxGroupField
              id="excluded"
              label={t('policy.excludedQuestion')}
              hint={t('policy.excludedHint')}
              choices={payParts.map((code) => ({ code, label: t(`kind.${code}`) }))}
              value={excluded}
              onChange={setExcluded}
            />
          </>
        )}
      </SettledForm>
    </section>
  );
}

function CollectionSection({ settled }: { settled: Policy['collectsFrom'] }) {
  const { t } = useTranslation('contributions');
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('policy.collection')}</h2>
      <SettledList
        items={settled === null ? [] : [{ from: settled.day, text: t('policy.collects'), reason: settled.reason }]}
      />
      <SettledForm
        id="collection"
        problem={null}
        submit={t('policy.saveCollection')}
        toEdit={(day, reason) => ({ field: 'collectsFrom', value: { day, reason } })}
      >
        {() => <p className="muted">{t('policy.collectionHint')}</p>}
      </SettledForm>
    </section>
  );
}
