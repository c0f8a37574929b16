import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { suggestBeds } from '../../../shared/reception/bed-suggestions.ts';
import { planPlacing } from '../../../shared/reception/placing.ts';
import { findBedPlace, type Site } from '../../../shared/reception/site.ts';
import { Button } from '../../ui/Button.tsx';
import { CheckboxField } from '../../ui/CheckboxField.tsx';
import { useFitText } from './objection-text.ts';
import { usePlacing } from './use-placing.ts';

type Props = {
  readonly site: Site;
  readonly resident: string;
  readonly day: IsoDate;
  readonly onPlaced: () => void;
};

/** The beds that fit best, each with its reasons; the whole plan stays below for another choice. */
export function SuggestedBeds({ site, resident, day, onPlaced }: Props) {
  const { t } = useTranslation('reception');
  const [stepFree, setStepFree] = useState(false);
  const tools = usePlacing(site, day);
  const fitText = useFitText();
  const household = tools.householdOf(resident);
  const members = household.join();
  const { context } = tools;
  const suggestions = useMemo(
    () => suggestBeds(context, { resident, from: day, until: null, stepFree, household: members.split(',') }),
    [context, resident, day, stepFree, members],
  );
  const give = async (bed: string, name: string) => {
    const place = { bed, resident, from: day, until: null };
    const plan = planPlacing(context.stays, site.id, place);
    if ((await tools.carryOut(plan, t('beds.placed', { bed: name }))) !== undefined) onPlaced();
  };
  return (
    <section className="panel suggested" aria-labelledby="suggested">
      <div className="panel__head">
        <h2 id="suggested" className="nl-heading nl-heading--level-2">
          {t('fit.title')}
        </h2>
        <CheckboxField id="stepFree" label={t('fit.stepFree')} value={stepFree} onChange={setStepFree} />
      </div>
      {suggestions.length === 0 && <p>{t('fit.none')}</p>}
      <ul className="suggested__list">
        {suggestions.map(({ bed, reasons }) => {
          const place = findBedPlace(site, bed.key);
          const name = t('beds.bed', { bed: `${place?.room ?? ''}.${bed.name}` });
          return (
            <li key={bed.key} className="suggested__bed">
              <Button onPress={() => void give(bed.key, name)}>
                {place?.building} · {name}
              </Button>
              <span>{fitText(reasons)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
