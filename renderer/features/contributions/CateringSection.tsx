import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cateringFieldId, type DatedCatering } from '../../../shared/contribution/municipal-policy.ts';
import { useSites } from '../../stores/register-views.ts';
import { ChoiceField } from '../../ui/ChoiceField.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { usePolicyDesk } from './policy-desk.ts';
import { SettledForm } from './SettledForm.tsx';
import { SettledList } from './SettledList.tsx';

const answers = ['catered', 'selfCatering'] as const;

/** Meals on a site for a period: then there is no food allowance, and the contribution has a part for meals. */
export function CateringSection({ settled }: { settled: readonly DatedCatering[] }) {
  const { t } = useTranslation('contributions');
  const { municipality } = usePolicyDesk();
  const sites = useSites().filter((site) => site.municipality?.code === municipality.code);
  const [site, setSite] = useState<string | null>(sites.length === 1 ? (sites[0]?.id ?? null) : null);
  const [answer, setAnswer] = useState<(typeof answers)[number] | null>(null);
  const [source, setSource] = useState('');
  const nameOf = (id: string) => sites.find((one) => one.id === id)?.name ?? '';
  const problem =
    site === null
      ? { fieldId: 'cateringSite', message: t('policy.problem.site') }
      : answer === null
        ? { fieldId: 'catered', message: t('policy.problem.catered') }
        : null;
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('policy.catering')}</h2>
      <SettledList
        items={settled.map(({ site: at, from, to, catered, reason }) => ({
          from,
          to,
          text: t(catered ? 'policy.withMeals' : 'policy.withoutMeals', { site: nameOf(at) }),
          reason,
        }))}
      />
      <SettledForm
        id="catering"
        problem={problem}
        submit={t('policy.saveCatering')}
        periods={settled.filter((one) => one.site === site)}
        toEdit={(from, reason, to) =>
          site === null
            ? null
            : {
                field: cateringFieldId(site, from),
                value: { to, catered: answer === 'catered', reason, source: source.trim() },
              }
        }
      >
        {(errorOf) => (
          <>
            <SelectField
              id="cateringSite"
              label={t('policy.cateringSite')}
              error={errorOf('cateringSite')}
              choices={sites.map(({ id, name }) => ({ code: id, label: name }))}
              value={site}
              onChange={setSite}
            />
            <ChoiceField
              id="catered"
              label={t('policy.cateredQuestion')}
              error={errorOf('catered')}
              inline
              choices={answers.map((code) => ({ code, label: t(`facts.${code}`) }))}
              value={answer}
              onChange={setAnswer}
            />
            <TextField
              id="cateringSource"
              label={t('policy.source')}
              width="full"
              value={source}
              onChange={setSource}
            />
          </>
        )}
      </SettledForm>
    </section>
  );
}
