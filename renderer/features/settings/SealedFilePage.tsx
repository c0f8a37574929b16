import { IconArrowLeft, IconDownload, IconLockOpen } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices, type SealedContent } from '../../services.tsx';
import { addNotice } from '../../stores/session-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { typedIn } from '../../use-seal.ts';
import { PassphraseField } from '../../ui/PassphraseField.tsx';

const passphraseId = 'sealedFilePassphrase';
/** More is read in a spreadsheet; here somebody looks whether it is the right file. */
const shownRows = 200;

/** The other side of a file under a passphrase: read here, or written open where the user wants it. */
export function SealedFilePage() {
  const { t } = useTranslation(['privacy', 'settings', 'common']);
  const services = useServices();
  const navigate = useNavigate();
  const [name, setName] = useState<string | null>(null);
  const [content, setContent] = useState<SealedContent | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [isWorking, setWorking] = useState(false);
  // What was opened is not kept longer than it is looked at.
  useEffect(() => () => void services.closeSealed(), [services]);

  const choose = async () => {
    setProblem(null);
    const opened = await services.openSealed();
    if ('name' in opened) {
      setName(opened.name);
      setContent(null);
    } else if (opened.refused !== 'cancelled') {
      setName(null);
      setContent(null);
      setProblem(t(`privacy:seal.refused.${opened.refused}`));
    }
  };
  const read = async (form: HTMLFormElement) => {
    const passphrase = typedIn(form, passphraseId);
    if (passphrase === '') return setProblem(t('settings:unlock.empty'));
    setProblem(null);
    setWorking(true);
    const answer = await services.readSealed(passphrase);
    setWorking(false);
    // A new field after each attempt: nothing of what was typed stays behind.
    setAttempt((before) => before + 1);
    if ('failed' in answer) setProblem(t(`privacy:seal.failed.${answer.failed}`));
    else setContent(answer.content);
  };
  const save = async () => {
    const outcome = await services.saveSealed();
    if (outcome === 'saved') addNotice({ tone: 'ok', text: t('privacy:seal.opened') });
    else if (outcome !== 'cancelled') setProblem(t(`privacy:seal.failed.${outcome}`));
  };
  return (
    <div className="stack">
      <PageHeading
        title={t('privacy:seal.openTitle')}
        actions={
          <Button icon={<IconArrowLeft size={18} />} onPress={() => void navigate({ to: '/settings' })}>
            {t('common:action.back')}
          </Button>
        }
      />
      <p>{t('privacy:seal.openAbout')}</p>
      <div className="form__actions">
        <Button
          look={name === null ? 'primary' : 'secondary'}
          icon={<IconLockOpen size={18} />}
          onPress={() => void choose()}
        >
          {t(name === null ? 'privacy:seal.choose' : 'privacy:seal.chooseOther')}
        </Button>
      </div>
      {name === null && problem !== null && (
        <Alert tone="error" role="alert">
          {problem}
        </Alert>
      )}
      {name !== null && (
        <section className="panel">
          <h2 className="nl-heading nl-heading--level-2">{t('privacy:seal.file', { name })}</h2>
          {content === null ? (
            <form
              noValidate
              className="form"
              onSubmit={(event: FormEvent<HTMLFormElement>) => {
                event.preventDefault();
                if (!isWorking) void read(event.currentTarget);
              }}
            >
              <PassphraseField
                key={attempt}
                name={passphraseId}
                label={t('privacy:seal.passphrase')}
                hint={t('privacy:seal.passphraseFrom')}
                error={problem ?? undefined}
                takesFocus
              />
              {isWorking && <ProgressBar label={t('privacy:seal.working')} value={0} total={null} />}
              <div className="form__actions">
                <Button type="submit" look="primary" isPending={isWorking}>
                  {t('privacy:seal.openIt')}
                </Button>
              </div>
            </form>
          ) : (
            <>
              {problem !== null && (
                <Alert tone="error" role="alert">
                  {problem}
                </Alert>
              )}
              <SealedContents content={content} />
              <Alert tone="warning">{t('privacy:seal.openWarning')}</Alert>
              <div className="form__actions">
                <Button icon={<IconDownload size={18} />} onPress={() => void save()}>
                  {t('privacy:seal.saveOpened')}
                </Button>
              </div>
            </>
          )}
        </section>
      )}
    </div>
  );
}

function SealedContents({ content }: { content: SealedContent }) {
  const { t } = useTranslation('privacy');
  if (content.kind === 'other') return <p>{t('seal.notShown')}</p>;
  if (content.kind === 'text')
    return (
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by keyboard
      <pre className="sealed-text" tabIndex={0} aria-label={t('seal.contents')}>
        {content.text}
      </pre>
    );
  const [head = [], ...rows] = content.rows;
  return (
    <>
      <p>{t('seal.rows', { count: rows.length })}</p>
      {rows.length > shownRows && <p className="muted">{t('seal.firstRows', { count: shownRows })}</p>}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by keyboard */}
      <div className="sealed-table" tabIndex={0} role="region" aria-label={t('seal.contents')}>
        <table className="utrecht-table">
          <thead className="utrecht-table__header">
            <tr className="utrecht-table__row">
              {head.map((cell, at) => (
                <th key={at} scope="col" className="utrecht-table__header-cell">
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="utrecht-table__body">
            {rows.slice(0, shownRows).map((row, line) => (
              <tr key={line} className="utrecht-table__row">
                {head.map((_, at) => (
                  <td key={at} className="utrecht-table__cell">
                    {row[at] ?? ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
