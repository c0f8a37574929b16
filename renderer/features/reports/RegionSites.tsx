import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { safetyRegionName } from '../../../shared/reception/safety-regions.ts';
import { belongingValues, replacesBelonging, type ShelterKind } from '../../../shared/reception/site-belonging.ts';
import type { Site } from '../../../shared/reception/site.ts';
import { RegionField, ShelterField } from '../../RegionFields.tsx';
import { noSince, SinceField, useCheckSince } from '../../SinceField.tsx';
import { siteEdits } from '../../stores/site-edits.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Button } from '../../ui/Button.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useSave } from '../../use-save.ts';

/** In which region every site lies and what kind of shelter it is: what the totals above are made by. */
export function RegionSites({ sites }: { sites: readonly Site[] }) {
  const { t } = useTranslation('reports');
  const [edited, setEdited] = useState<string | null>(null);
  const site = sites.find(({ id }) => id === edited);
  return (
    <section className="panel no-print">
      <h2 className="nl-heading nl-heading--level-2">{t('regions.sites')}</h2>
      <p>{t('regions.sitesHint')}</p>
      <ul className="plain-list plain-list--ruled">
        {sites.map(({ id, name, safetyRegion, shelter }) => (
          <li key={id} className="plain-list__row">
            <span>
              {t('regions.siteLine', {
                name,
                region: safetyRegion === null ? t('regions.none') : safetyRegionName(safetyRegion),
                shelter: t(`regions.shelter.${shelter}`),
              })}
            </span>
            <Button
              look="subtle"
              icon={<IconPencil size={18} />}
              aria-label={t('regions.changeWhich', { name })}
              onPress={() => setEdited(id)}
            >
              {t('regions.change')}
            </Button>
          </li>
        ))}
      </ul>
      {site !== undefined && <RegionDialog key={site.id} site={site} onClose={() => setEdited(null)} />}
    </section>
  );
}

function RegionDialog({ site: now, onClose }: { site: Site; onClose: () => void }) {
  const { t } = useTranslation('reports');
  const save = useSave();
  const checkSince = useCheckSince();
  // As it was when the form opened: what a colleague changes meanwhile is not written over unseen.
  const [{ site, records }] = useState(() => ({ site: now, records: useWorkspace.getState().records }));
  const [safetyRegion, setRegion] = useState(site.safetyRegion);
  const [shelter, setShelter] = useState<ShelterKind>(site.shelter);
  const [since, setSince] = useState(noSince);
  const [error, setError] = useState<string>();
  const next = { municipality: site.municipality, safetyRegion, shelter };
  const isMoved = replacesBelonging(site, next);

  const submit = async () => {
    const start = isMoved ? checkSince(since, site) : { from: null };
    setError('error' in start ? start.error : undefined);
    if ('error' in start) return;
    const values = belongingValues(site, next, start.from);
    if (Object.keys(values).length === 0) return onClose();
    const request = { records: [siteEdits(records, site.id, values)], action: 'edit', purpose: null } as const;
    if ((await save(request, t('regions.saved'))) !== undefined) onClose();
  };

  return (
    <FormDialog title={t('regions.dialogTitle', { name: site.name })} onClose={onClose} onSubmit={submit}>
      <RegionField value={safetyRegion} onChange={setRegion} />
      <ShelterField value={shelter} onChange={setShelter} />
      {isMoved && (
        <SinceField
          since={since}
          onChange={(next) => {
            setSince(next);
            setError(undefined);
          }}
          error={error}
        />
      )}
    </FormDialog>
  );
}
