import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { belongingValues, replacesBelonging } from '../../../shared/reception/site-belonging.ts';
import type { Site } from '../../../shared/reception/site.ts';
import { noSince, SinceField, useCheckSince } from '../../SinceField.tsx';
import { siteEdits } from '../../stores/site-edits.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useSave } from '../../use-save.ts';
import { belongingIn, formOf, SiteFields, useSiteProblems } from './SiteFields.tsx';

/** What is written down of a site itself; only what differs is saved, each as a change of its own. */
export function EditSiteDialog({ site: now, onClose }: { site: Site; onClose: () => void }) {
  const { t } = useTranslation('reception');
  const save = useSave();
  const problemsOf = useSiteProblems();
  const checkSince = useCheckSince();
  // As it was when the form opened: what a colleague changes meanwhile is not written over unseen.
  const [{ site, records }] = useState(() => ({ site: now, records: useWorkspace.getState().records }));
  const [form, setForm] = useState(() => formOf(site));
  const [since, setSince] = useState(noSince);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const isMoved = replacesBelonging(site, belongingIn(form));

  const submit = async () => {
    const start = isMoved ? checkSince(since, site) : { from: null };
    const found = { ...problemsOf(form), ...('error' in start ? { since: start.error } : {}) };
    setErrors(found);
    if ('error' in start || Object.keys(found).length > 0) return;
    const [name, address] = [form.name.trim(), form.address.trim()];
    const values = {
      ...(name === site.name ? {} : { name }),
      ...(address === site.address ? {} : { address }),
      ...(form.kind === site.kind ? {} : { kind: form.kind }),
      ...(form.catered === site.cateredByDefault ? {} : { cateredByDefault: form.catered }),
      ...belongingValues(site, belongingIn(form), start.from),
    };
    if (Object.keys(values).length === 0) return onClose();
    const request = { records: [siteEdits(records, site.id, values)], action: 'edit', purpose: null } as const;
    if ((await save(request, t('siteForm.changed'))) !== undefined) onClose();
  };

  return (
    <FormDialog title={t('siteForm.edit', { name: site.name })} onClose={onClose} onSubmit={submit}>
      <SiteFields form={form} onChange={(change) => setForm((last) => ({ ...last, ...change }))} problems={errors} />
      {isMoved && (
        <SinceField
          since={since}
          onChange={(next) => {
            setSince(next);
            setErrors(({ since: _, ...others }) => others);
          }}
          error={errors['since']}
        />
      )}
    </FormDialog>
  );
}
