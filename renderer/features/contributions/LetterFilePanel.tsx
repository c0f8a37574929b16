import { IconFileExport } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toUtf8 } from '../../../shared/kernel/bytes.ts';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { letterFileText, letterTextEdit, readLetterFile } from '../../../shared/letters/letter-file.ts';
import { adaptTemplate } from '../../../shared/letters/letter-text.ts';
import { letterKinds, type LetterKind } from '../../../shared/letters/template.ts';
import { standardTemplate } from '../../../shared/letters/templates.ts';
import { mostFileBytes, type FileProblem } from '../../../shared/settled-file/settled-file.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage, languageNames } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { useLetterTexts } from '../../stores/register-views.ts';
import { addNotice } from '../../stores/session-store.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { OpenFileButton } from '../../ui/OpenFileButton.tsx';
import { useSave } from '../../use-save.ts';
import { FileProblems } from './FileProblems.tsx';
import { letterTextSave } from './letter-text-save.ts';
import type { Municipality } from './policy-edits.ts';

type Found = Extract<ReturnType<typeof readLetterFile>, { ok: true }>['value'];

/** The texts of all letters as one file: written out as they are today, and read in after a look at what changes. */
export function LetterFilePanel({ municipality }: { municipality: Municipality }) {
  const { t } = useTranslation(['letters', 'contributions']);
  const services = useServices();
  const save = useSave();
  const all = useLetterTexts();
  const [problems, setProblems] = useState<readonly FileProblem[]>([]);
  const [found, setFound] = useState<Found | null>(null);
  const today = services.today();
  const templateOn = (kind: LetterKind, day: IsoDate) =>
    adaptTemplate(standardTemplate(kind), all, municipality.code, day);

  const read = (bytes: Uint8Array) => {
    const result = readLetterFile(bytes, templateOn);
    setProblems(result.ok ? [] : result.error);
    setFound(result.ok ? result.value : null);
  };
  const write = async () => {
    const templates = letterKinds.map((kind) => templateOn(kind, today));
    const reason = t('texts.fileOf', { date: formatDate(today, currentLanguage()) });
    const bytes = toUtf8(letterFileText(templates, today, reason));
    const name = `brieven-${municipality.code}.json`;
    const saved = await services.exportFile(name, bytes, t('contributions:settledFile.lettersReason'));
    if (saved === 'saved') addNotice({ tone: 'ok', text: t('contributions:settledFile.written') });
  };
  const keep = async ({ changes, ...when }: Found) => {
    const edits = changes.map((change) => letterTextEdit(change, standardTemplate(change.kind), when));
    const { records } = useWorkspace.getState();
    const request = letterTextSave({ all, records, newId: services.newId }, municipality, edits);
    if ((await save(request, t('texts.fileSaved', { count: edits.length }))) !== undefined) setFound(null);
  };
  return (
    <section className="panel stack">
      <h2 className="nl-heading nl-heading--level-2">{t('texts.file')}</h2>
      <p>{t('texts.fileAbout')}</p>
      <div className="form__actions">
        <OpenFileButton
          label={t('contributions:settledFile.read')}
          accept=".json"
          mostBytes={mostFileBytes}
          onFile={read}
        />
        <Button icon={<IconFileExport size={18} />} onPress={() => void write()}>
          {t('contributions:settledFile.write')}
        </Button>
      </div>
      {problems.length > 0 && <FileProblems problems={problems} />}
      {found?.changes.length === 0 && <Alert tone="info">{t('contributions:settledFile.same')}</Alert>}
      {found !== null && found.changes.length > 0 && (
        <Dialog title={t('texts.fileTitle')} isOpen onClose={() => setFound(null)}>
          <Changes found={found} />
          <div className="form__actions">
            <Button look="primary" onPress={() => void keep(found)}>
              {t('texts.fileSave')}
            </Button>
            <Button onPress={() => setFound(null)}>{t('contributions:preview.back')}</Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}

function Changes({ found: { from, reason, changes } }: { found: Found }) {
  const { t } = useTranslation(['letters', 'contributions']);
  const language = currentLanguage();
  return (
    <>
      <p role="status">{t('texts.fileChanges', { count: changes.length, date: formatDate(from, language), reason })}</p>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard */}
      <div className="preview" tabIndex={0} role="region" aria-label={t('texts.fileTitle')}>
        <table className="utrecht-table">
          <thead className="utrecht-table__header">
            <tr className="utrecht-table__row">
              <th scope="col" className="utrecht-table__header-cell">
                {t('kindLabel')}
              </th>
              <th scope="col" className="utrecht-table__header-cell">
                {t('contributions:settledFile.now')}
              </th>
              <th scope="col" className="utrecht-table__header-cell">
                {t('contributions:settledFile.inFile')}
              </th>
            </tr>
          </thead>
          <tbody className="utrecht-table__body">
            {changes.map(({ kind, paragraph, language: of, before, after }) => (
              <tr key={`${kind} ${paragraph} ${of}`} className="utrecht-table__row">
                <th scope="row" className="utrecht-table__cell">
                  {t('texts.fileWhere', { kind: t(`kind.${kind}`), paragraph, language: languageNames[of] })}
                </th>
                <td className="utrecht-table__cell" lang={of}>
                  {before}
                </td>
                <td className="utrecht-table__cell" lang={of}>
                  {after}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
