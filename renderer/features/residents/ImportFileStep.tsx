import { IconFileUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { openList } from '../../personal-file.ts';
import { useServices, type FileRefusal, type OpenedFile } from '../../services.tsx';
import { Button } from '../../ui/Button.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { SelectField } from '../../ui/SelectField.tsx';

const encodings = ['auto', 'utf-8', 'windows-1251', 'windows-1252'] as const;
type Props = { readonly file: OpenedFile | null; readonly onOpen: (opened: OpenedFile | FileRefusal) => void };

/** The file is read by a process without keys; another character set reads the same file again. */
export function ImportFileStep({ file, onOpen }: Props) {
  const { t } = useTranslation(['register', 'common']);
  const services = useServices();
  const [encoding, setEncoding] = useState<(typeof encodings)[number]>('auto');
  const [isReading, setReading] = useState(false);
  const [hasFile, setHasFile] = useState(false);

  const read = async (again: boolean, chosen: (typeof encodings)[number]) => {
    setReading(true);
    const opened = await openList(services, { again, encoding: chosen });
    setReading(false);
    setHasFile(!('refused' in opened && opened.refused === 'cancelled'));
    onOpen(opened);
  };
  return (
    <section className="panel">
      <p>{t('import.intro')}</p>
      <div className="row">
        <Button
          look={file === null ? 'primary' : 'secondary'}
          icon={<IconFileUpload size={18} />}
          onPress={() => void read(false, encoding)}
        >
          {file === null ? t('import.choose') : t('import.again')}
        </Button>
        {hasFile && (
          <SelectField
            id="encoding"
            label={t('import.encoding')}
            choices={encodings.map((code) => ({ code, label: t(`import.encodings.${code}`) }))}
            value={encoding}
            onChange={(chosen) => {
              setEncoding(chosen);
              void read(true, chosen);
            }}
          />
        )}
      </div>
      {isReading && <ProgressBar label={t('common:loading')} value={0} total={null} />}
      {file !== null && (
        <p role="status">
          {t('import.readAs', {
            count: file.rows.length - 1,
            format: `${file.format.toUpperCase()}, ${file.encoding}`,
          })}
        </p>
      )}
    </section>
  );
}
