import { IconArrowLeft, IconFileExport, IconFileTypePdf, IconPrinter } from '@tabler/icons-react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toUtf8 } from '../../../shared/kernel/bytes.ts';
import { factCodes } from '../../../shared/register/fact-codes.ts';
import { residentCode } from '../../../shared/register/resident.ts';
import type { SubjectPart } from '../../../shared/sync/subject-access.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import { languageNames, languages, type Language } from '../../i18n/i18n.ts';
import { useServices, type AuditLines } from '../../services.tsx';
import { askHowToSave } from '../../stores/file-questions.ts';
import { addNotice } from '../../stores/session-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { CheckboxField } from '../../ui/CheckboxField.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { toSubjectFile } from './subject-file.ts';
import { SubjectDocument } from './SubjectDocument.tsx';

const askers = factCodes.askedBy.filter((code) => code !== 'staff');
type Asker = (typeof askers)[number];
type Gathered = {
  readonly parts: readonly SubjectPart[];
  /** Null where it could not be read. */
  readonly log: AuditLines | null;
  readonly purpose: string;
};

/** Everything held about one person, for that person: first what for, then the document, then a look over it. */
export function SubjectAccessPage() {
  const { id = '' } = useParams({ strict: false });
  const { t } = useTranslation(['privacy', 'common', 'facts']);
  const services = useServices();
  const navigate = useNavigate();
  const [asker, setAsker] = useState<Asker>('resident');
  const [identity, setIdentity] = useState('');
  const [language, setLanguage] = useState<Language>('uk');
  const [missing, setMissing] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [gathered, setGathered] = useState<Gathered | null>(null);
  const [isRead, setRead] = useState(false);

  const gather = async (event: FormEvent) => {
    event.preventDefault();
    setMissing(identity.trim() === '');
    if (identity.trim() === '') return;
    const purpose = `subject access, ${asker}, ${identity.trim()}`.slice(0, 200);
    const found = await services.gatherSubject(id, purpose);
    if (!found.ok) return setProblem(errorMessage(found.error));
    const log = await services.subjectLog([id, ...found.value.map((part) => part.id).filter((one) => one !== id)]);
    setGathered({ parts: found.value, log, purpose });
  };
  const purpose = gathered?.purpose ?? '';
  /** In the log before anything leaves; without the entry nothing does. */
  const hand = async (out: () => Promise<'saved' | 'cancelled' | undefined>) => {
    const noted = await services.noteExport(`subject-access ${residentCode(id)}`, purpose);
    if (!noted.ok) return setProblem(errorMessage(noted.error));
    if ((await out()) === 'saved') addNotice({ tone: 'ok', text: t('access.saved') });
  };
  const name = `inzage-${residentCode(id)}`;
  const handFile = async (file: string, out: (passphrase: string | null) => Promise<'saved' | 'cancelled'>) => {
    const how = await askHowToSave({ name: file, persons: 1, isSensitive: true, purpose });
    if (how !== null) await hand(() => out(how.passphrase));
  };
  const savePdf = () => handFile(`${name}.pdf`, (passphrase) => services.savePdf(`${name}.pdf`, passphrase));
  const saveJson = () =>
    handFile(`${name}.json`, (passphrase) =>
      services.exportFile(
        `${name}.json`,
        toUtf8(
          `${JSON.stringify(toSubjectFile(gathered?.parts ?? [], gathered?.log ?? null, services.today()), null, 2)}\n`,
        ),
        t('access.fileReason'),
        passphrase,
      ),
    );
  return (
    <>
      <div className="no-print stack">
        <PageHeading
          title={t('access.title')}
          actions={
            <Button
              icon={<IconArrowLeft size={18} />}
              onPress={() => void navigate({ to: '/residents/$id', params: { id } })}
            >
              {t('common:action.back')}
            </Button>
          }
        />
        {problem !== null && <Alert tone="error">{problem}</Alert>}
        {gathered === null ? (
          <form noValidate className="form" onSubmit={(event) => void gather(event)}>
            <p>{t('access.intro')}</p>
            <SelectField
              id="accessAsker"
              label={t('access.asker')}
              choices={askers.map((code) => ({ code, label: t(`facts:code.askedBy.${code}`) }))}
              value={asker}
              onChange={setAsker}
            />
            <TextField
              id="accessIdentity"
              label={t('access.identity')}
              hint={t('access.identityHint')}
              value={identity}
              onChange={setIdentity}
              maxLength={120}
              error={missing ? t('access.identityMissing') : undefined}
            />
            <SelectField
              id="accessLanguage"
              label={t('access.language')}
              choices={languages.map((code) => ({ code, label: languageNames[code] }))}
              value={language}
              onChange={setLanguage}
            />
            <div className="form__actions">
              <Button look="primary" type="submit">
                {t('access.make')}
              </Button>
            </div>
          </form>
        ) : (
          <>
            <Alert tone="warning">{t('access.check')}</Alert>
            {gathered.log?.isWhole !== true && (
              <Alert tone="warning">{t(gathered.log === null ? 'access.noLog' : 'access.brokenLog')}</Alert>
            )}
            <CheckboxField id="accessRead" label={t('access.read')} value={isRead} onChange={setRead} />
            <div className="form__actions subject-actions">
              <Button
                look="primary"
                isDisabled={!isRead}
                icon={<IconPrinter size={18} />}
                onPress={() => void hand(() => services.print().then(() => undefined))}
              >
                {t('common:action.print')}
              </Button>
              <Button isDisabled={!isRead} icon={<IconFileTypePdf size={18} />} onPress={() => void savePdf()}>
                {t('common:action.pdf')}
              </Button>
              <Button isDisabled={!isRead} icon={<IconFileExport size={18} />} onPress={() => void saveJson()}>
                {t('access.json')}
              </Button>
            </div>
          </>
        )}
      </div>
      {gathered !== null && (
        <SubjectDocument parts={gathered.parts} log={gathered.log} language={language} day={services.today()} />
      )}
    </>
  );
}
