import { IconFileExport } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { policyFileText, readPolicyFile, type SettledChange } from '../../../shared/contribution/policy-file.ts';
import { reachOf, spanOf } from '../../../shared/contribution/settled-entries.ts';
import { toUtf8 } from '../../../shared/kernel/bytes.ts';
import { mostFileBytes, type FileProblem } from '../../../shared/settled-file/settled-file.ts';
import { useServices, type PolicyChange } from '../../services.tsx';
import { useSites } from '../../stores/register-views.ts';
import { addNotice, useSession } from '../../stores/session-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { OpenFileButton } from '../../ui/OpenFileButton.tsx';
import { entrySubject, entryText } from './entry-words.ts';
import { FileProblems } from './FileProblems.tsx';
import { usePolicyDesk } from './policy-desk.ts';
import { administrator } from './policy-edits.ts';
import { PolicyPreviewDialog } from './PolicyPreviewDialog.tsx';

/** Everything the page holds as one file: written out, and read in after a look at whom it would touch. */
export function PolicyFilePanel() {
  const { t } = useTranslation(['contributions', 'common']);
  const services = useServices();
  const { policyId, municipality, settings, settle } = usePolicyDesk();
  const sites = useSites().filter((site) => site.municipality?.code === municipality.code);
  const mayCheck = useSession((state) => state.user?.role) === administrator;
  const [problems, setProblems] = useState<readonly FileProblem[]>([]);
  const [changes, setChanges] = useState<readonly SettledChange[] | null>(null);
  const change = useMemo((): PolicyChange | null => {
    const span = spanOf((changes ?? []).map(({ before, after }) => reachOf(before, after)));
    if (changes === null || span === undefined) return null;
    const edits = changes.map(({ after: { field, value } }) => ({ field, value }));
    return { policyId, municipality, edits, ...span };
  }, [changes, policyId, municipality]);

  const read = (bytes: Uint8Array) => {
    const found = readPolicyFile(bytes, {
      municipality,
      settings,
      sites: new Set(sites.map(({ id }) => id)),
      mayCheck,
      today: services.today(),
    });
    setProblems(found.ok ? [] : found.error);
    setChanges(found.ok ? found.value : null);
  };
  const write = async () => {
    const bytes = toUtf8(policyFileText(settings, municipality));
    const saved = await services.exportFile(`regels-${municipality.code}.json`, bytes, t('settledFile.policyReason'));
    if (saved === 'saved') addNotice({ tone: 'ok', text: t('settledFile.written') });
  };
  return (
    <section className="panel stack">
      <h2 className="nl-heading nl-heading--level-2">{t('settledFile.policy')}</h2>
      <p>{t('settledFile.policyAbout')}</p>
      <div className="form__actions">
        <OpenFileButton label={t('settledFile.read')} accept=".json" mostBytes={mostFileBytes} onFile={read} />
        <Button icon={<IconFileExport size={18} />} onPress={() => void write()}>
          {t('settledFile.write')}
        </Button>
      </div>
      {problems.length > 0 && <FileProblems problems={problems} />}
      {changes?.length === 0 && <Alert tone="info">{t('settledFile.same')}</Alert>}
      {changes !== null && change !== null && (
        <PolicyPreviewDialog
          change={change}
          onClose={() => setChanges(null)}
          onSave={async () => {
            if (await settle(...change.edits)) setChanges(null);
          }}
        >
          <Changes changes={changes} />
        </PolicyPreviewDialog>
      )}
    </section>
  );
}

function Changes({ changes }: { changes: readonly SettledChange[] }) {
  const { t } = useTranslation(['contributions', 'common']);
  const sites = useSites();
  const siteName = (id: string) => sites.find((site) => site.id === id)?.name ?? id;
  return (
    <>
      <p role="status">{t('settledFile.changes', { count: changes.length })}</p>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard */}
      <div className="preview" tabIndex={0} role="region" aria-label={t('settledFile.policy')}>
        <table className="utrecht-table">
          <thead className="utrecht-table__header">
            <tr className="utrecht-table__row">
              {(['what', 'now', 'inFile'] as const).map((head) => (
                <th key={head} scope="col" className="utrecht-table__header-cell">
                  {t(`settledFile.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="utrecht-table__body">
            {changes.map(({ before, after }) => (
              <tr key={after.field} className="utrecht-table__row">
                <th scope="row" className="utrecht-table__cell">
                  {entrySubject(t, after, siteName)}
                </th>
                <td className="utrecht-table__cell">
                  {before === undefined ? t('settledFile.notYet') : entryText(t, before)}
                </td>
                <td className="utrecht-table__cell">{entryText(t, after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
