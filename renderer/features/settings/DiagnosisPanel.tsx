import { IconCopy } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices, type Diagnosis } from '../../services.tsx';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { diagnosisLines, diagnosisText } from './diagnosis-lines.ts';

/** The whole report can be read before it is copied: whoever sends it sees that nothing of a person is in it. */
export function DiagnosisPanel() {
  const { t } = useTranslation('settings');
  const services = useServices();
  const field = useRef<HTMLTextAreaElement>(null);
  const [found, setFound] = useState<Diagnosis>();
  const [isCopied, setCopied] = useState<boolean>();
  useEffect(() => {
    let isCurrent = true;
    void services.diagnose().then((diagnosis) => {
      if (isCurrent) setFound(diagnosis);
    });
    return () => {
      isCurrent = false;
    };
  }, [services]);
  if (found === undefined) return null;
  const text = diagnosisText(diagnosisLines(found, t));

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      // Without the permission to write to the clipboard the selection still goes there.
      field.current?.select();
      setCopied(document.execCommand('copy'));
    }
  };

  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('help.report')}</h2>
      <p id="diagnosis-hint">{t('help.reportHint')}</p>
      <textarea
        ref={field}
        readOnly
        className="utrecht-textarea utrecht-textarea--html-textarea diagnosis"
        aria-label={t('help.report')}
        aria-describedby="diagnosis-hint"
        rows={Math.min(24, text.split('\n').length + 1)}
        value={text}
      />
      <div className="row">
        <Button look="primary" icon={<IconCopy size={18} />} onPress={() => void copy()}>
          {t('help.copy')}
        </Button>
      </div>
      {isCopied === true && <Alert tone="ok">{t('help.copied')}</Alert>}
      {isCopied === false && <Alert tone="warning">{t('help.notCopied')}</Alert>}
    </section>
  );
}
