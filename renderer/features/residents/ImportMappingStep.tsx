import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { importColumns, type ColumnMapping, type ImportColumn } from '../../../shared/exchange/columns.ts';
import { factColumns } from '../../../shared/exchange/fact-columns.ts';
import { Button } from '../../ui/Button.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { TextField } from '../../ui/TextField.tsx';

export type Municipality = { readonly code: string; readonly name: string };
type Props = {
  readonly headers: readonly string[];
  /** False for what may not be kept. */
  readonly isOffered: (column: ImportColumn) => boolean;
  readonly mapping: ColumnMapping;
  readonly onMapping: (mapping: ColumnMapping) => void;
  readonly municipality: Municipality | null;
  readonly onCheck: (municipality: Municipality) => void;
};

export function ImportMappingStep({ headers, isOffered, mapping, onMapping, municipality, onCheck }: Props) {
  const { t } = useTranslation('register');
  const [name, setName] = useState(municipality?.name ?? '');
  const [code, setCode] = useState(municipality?.code ?? '');
  const [error, setError] = useState<string>();
  const none = 'none';
  const choices = [
    { code: none, label: t('import.noColumn') },
    ...headers.flatMap((header, at) => (header.trim() === '' ? [] : [{ code: String(at), label: header }])),
  ];
  const choose = (column: ImportColumn, chosen: string) => {
    const { [column]: _former, ...rest } = mapping;
    onMapping(chosen === none ? rest : { ...rest, [column]: Number(chosen) });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '' || code.trim() === '') setError(t('import.municipalityError'));
    else onCheck({ code: code.trim(), name: name.trim() });
  };
  const offered = importColumns.filter(isOffered);
  const more = offered.filter((column) => factColumns.some((known) => known === column));
  const everyday = offered.filter((column) => !more.includes(column));
  const [isMoreOpen] = useState(() => more.some((column) => mapping[column] !== undefined));
  const columnsOf = (columns: readonly ImportColumn[]) => (
    <div className="mapping">
      {columns.map((column) => (
        <SelectField
          key={column}
          id={`map-${column}`}
          label={t(`importColumn.${column}`)}
          choices={choices}
          value={mapping[column] === undefined ? none : String(mapping[column])}
          onChange={(chosen) => choose(column, chosen)}
        />
      ))}
    </div>
  );
  return (
    <form noValidate className="panel" onSubmit={submit}>
      <h2 className="nl-heading nl-heading--level-2">{t('import.mapping')}</h2>
      <p>{t('import.mappingIntro')}</p>
      <div className="row">
        <TextField
          id="importMunicipality"
          label={t('import.municipalityName')}
          value={name}
          onChange={setName}
          error={error}
        />
        <TextField
          id="importCode"
          label={t('import.municipalityCode')}
          width="short"
          value={code}
          onChange={setCode}
          error={error}
        />
      </div>
      {columnsOf(everyday)}
      <details open={isMoreOpen}>
        <summary>
          {t('import.moreColumns', { count: more.filter((column) => mapping[column] !== undefined).length })}
        </summary>
        {columnsOf(more)}
      </details>
      <div className="form__actions">
        <Button type="submit" look="primary">
          {t('import.check')}
        </Button>
      </div>
    </form>
  );
}
