import { IconFileExport } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { sensitivities, type Sensitivity } from '../../../shared/exchange/export-table.ts';
import { parseIsoDate, type IsoDate } from '../../../shared/kernel/dates.ts';
import type { FieldValues } from '../../../shared/records/record.ts';
import { codesOf, factsOf, holdsOn, type Fact, type FactKind } from '../../../shared/register/fact-kind.ts';
import { findCodeList } from '../../../shared/questionnaire/code-lists.ts';
import { factKinds, lastResidenceFacts, leftUkraineFacts } from '../../../shared/register/facts.ts';
import { residentKind, type Resident } from '../../../shared/register/resident.ts';
import { fieldStem } from '../../../shared/records/field-rule.ts';
import { definitionOf } from '../../../shared/sync/field-classes.ts';
import { valuesOf, type ReplicaRecord } from '../../../shared/sync/replica-record.ts';
import { nameOrder } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { useKeepsLastResidence } from '../../stores/protection-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { CheckboxField } from '../../ui/CheckboxField.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { DataGrid } from '../../ui/DataGrid.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { useScan } from '../../use-scan.ts';
import { ExportDialog } from './ExportDialog.tsx';
import { cyrillicNameOf, nameOf } from './resident-list.ts';
import type { ExportRow } from './save-list.ts';
import { useFactTexts } from './use-fact-texts.ts';

const stems: ReadonlySet<string> = new Set(factKinds.map(({ stem }) => stem));
type Person = { readonly id: string; readonly values: FieldValues };
type Line = { readonly id: string; readonly resident: string; readonly fact: Fact };

/** Of whoever has not left: only what facts are made of. */
function toPerson(resident: Resident, record: ReplicaRecord): Person | null {
  if (resident.deleted || resident.departure !== null) return null;
  const { values } = valuesOf(record, definitionOf('resident'));
  const own = Object.entries(values).filter(([field]) => stems.has(fieldStem(field)));
  const { leftUkraineOn, livedInUkraine } = resident;
  const left = leftUkraineOn === null ? {} : { [leftUkraineFacts.stem]: { from: leftUkraineOn, livedInUkraine } };
  return { id: resident.id, values: { ...Object.fromEntries(own), ...left } };
}

const all = 'all';
const mainCode = (kind: FactKind) =>
  kind.parts.find((part) => (part.type === 'code' || part.type === 'oblast') && part.required === true);

/** The days between which a fact began; null is open. */
type Start = { readonly from: IsoDate | null; readonly until: IsoDate | null };

/** Who has a fact of some kind, such as everybody with a LOGO statement: for what the list itself does not hold. */
export function FactSearchPage() {
  const { t, kindName, codeText } = useFactTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const [scan] = useScan('residents:facts', toPerson);
  const services = useServices();
  const keepsResidence = useKeepsLastResidence(services.today());
  const kinds = [
    leftUkraineFacts,
    ...factKinds.filter(({ stem }) => keepsResidence || stem !== lastResidenceFacts.stem),
  ];
  const kind = kinds.find(({ stem }) => stem === search.kind) ?? kinds.find(({ stem }) => stem === 'work');
  const part = kind === undefined ? undefined : mainCode(kind);
  const language = currentLanguage();
  const choices =
    part?.type === 'code'
      ? codesOf(part.list).map((one) => ({ code: one, label: codeText(part.list, one) }))
      : part?.type === 'oblast'
        ? (findCodeList('ua_oblast')?.entries ?? []).map((one) => ({ code: one.code, label: one.label[language] }))
        : [];
  const hasStart = kind?.parts.some(({ name }) => name === 'from') === true;
  const start: Start = {
    from: (hasStart ? parseIsoDate(search.from ?? '') : undefined) ?? null,
    until: (hasStart ? parseIsoDate(search.until ?? '') : undefined) ?? null,
  };
  const code = choices.find((known) => known.code === search.code)?.code ?? all;
  const onlyNow = search.past !== true;
  const setSearch = (change: object) =>
    void navigate({ to: '/residents/facts', search: { ...search, ...change }, replace: true });

  if (kind === undefined) return null;

  return (
    <>
      <PageHeading title={t('facts:search.title')} />
      <div className="row">
        <SelectField
          id="factKind"
          label={t('facts:search.kind')}
          choices={kinds.map((one) => ({ code: one.stem, label: kindName(one) }))}
          value={kind.stem}
          onChange={(stem) => setSearch({ kind: stem, code: undefined })}
        />
        {choices.length > 0 && (
          <SelectField
            id="factCode"
            label={t('facts:search.value')}
            choices={[{ code: all, label: t('facts:search.all') }, ...choices]}
            value={code}
            onChange={(chosen) => setSearch({ code: chosen === all ? undefined : chosen })}
          />
        )}
        {hasStart && (
          <>
            <DateField
              id="factFrom"
              label={t('facts:search.from')}
              value={start.from}
              onChange={(from) => setSearch({ from: from ?? undefined })}
            />
            <DateField
              id="factUntil"
              label={t('facts:search.until')}
              value={start.until}
              onChange={(until) => setSearch({ until: until ?? undefined })}
            />
          </>
        )}
        <CheckboxField
          id="factPast"
          label={t('facts:search.past')}
          value={!onlyNow}
          onChange={(past) => setSearch({ past: past ? true : undefined })}
        />
      </div>
      {scan.state === 'reading' && (
        <ProgressBar label={t('facts:search.reading')} value={scan.read} total={scan.total} />
      )}
      {scan.state === 'failed' && <Alert tone="error">{scan.message}</Alert>}
      {scan.state === 'ready' && scan.unreadable > 0 && (
        <Alert tone="warning">{t('facts:search.unreadable', { count: scan.unreadable })}</Alert>
      )}
      {scan.state === 'ready' && (
        <FactResults key={kind.stem} rows={scan.rows} kind={kind} code={code} onlyNow={onlyNow} {...start} />
      )}
    </>
  );
}

type ResultsProps = {
  readonly rows: readonly Person[];
  readonly kind: FactKind;
  readonly code: string;
  readonly onlyNow: boolean;
} & Start;

function FactResults({ rows, kind, code, onlyNow, from, until }: ResultsProps) {
  const { t, kindName, periodText, detailText } = useFactTexts();
  const services = useServices();
  const navigate = useNavigate();
  const residents = useWorkspace((state) => state.residents);
  const language = currentLanguage();
  const today = services.today();
  const [leaving, setLeaving] = useState<readonly ExportRow[] | null>(null);
  const lines = useMemo(() => {
    const order = nameOrder(language);
    const nameKey = ({ resident }: Line) => nameIn(residents.get(resident), nameOf);
    return findLines(rows, kind, code, onlyNow ? today : null, { from, until }).sort(
      (a, b) => order.compare(nameKey(a), nameKey(b)) || (a.id < b.id ? -1 : 1),
    );
  }, [rows, kind, code, onlyNow, from, until, today, residents, language]);
  const byId = useMemo(() => new Map(lines.map((line) => [line.id, line])), [lines]);
  return (
    <>
      <div className="row">
        <p role="status">{t('facts:search.found', { count: lines.length })}</p>
        {lines.length > 0 && (
          <Button
            icon={<IconFileExport size={18} />}
            onPress={() =>
              setLeaving(
                lines.map(({ resident, fact }) => ({
                  resident,
                  fact: detailText(kind, fact),
                  period: periodText(kind, fact),
                })),
              )
            }
          >
            {t('register:export.title')}
          </Button>
        )}
      </div>
      {leaving !== null && (
        <ExportDialog
          rows={leaving}
          facts={{ label: kindName(kind), sensitive: sensitivityOfFact(kind) }}
          onClose={() => setLeaving(null)}
        />
      )}
      {lines.length === 0 && <Alert tone="info">{t('facts:search.none')}</Alert>}
      {lines.length > 0 && (
        <DataGrid<Line>
          key={JSON.stringify([code, onlyNow, from, until])}
          label={t('facts:search.title')}
          columns={[
            {
              key: 'name',
              header: t('register:column.name'),
              width: 'minmax(170px, 1fr)',
              isRowHeader: true,
              render: ({ resident }) => nameIn(residents.get(resident), nameOf),
            },
            {
              key: 'cyrillic',
              header: t('register:column.nameCyrillic'),
              width: 'minmax(170px, 1fr)',
              lang: 'uk',
              render: ({ resident }) => nameIn(residents.get(resident), cyrillicNameOf),
            },
            {
              key: 'detail',
              header: kindName(kind),
              width: 'minmax(240px, 2fr)',
              render: ({ fact }) => detailText(kind, fact),
            },
            {
              key: 'period',
              header: t('facts:search.period'),
              width: '230px',
              render: ({ fact }) => periodText(kind, fact),
            },
          ]}
          ids={lines.map(({ id }) => id)}
          rowOf={(id) => byId.get(id)}
          onOpen={(id) => void navigate({ to: '/residents/$id', params: { id: byId.get(id)?.resident ?? '' } })}
        />
      )}
    </>
  );
}

/** What protects a kind of fact, where that is more than the register itself. */
function sensitivityOfFact(kind: FactKind): Sensitivity | null {
  const { compartment } = residentKind.fields[kind.stem as 'care'];
  return sensitivities.find((one) => one === compartment) ?? null;
}

const beganIn = ({ values }: Fact, { from, until }: Start): boolean =>
  (from === null || (typeof values.from === 'string' && values.from >= from)) &&
  (until === null || (typeof values.from === 'string' && values.from <= until));

/** `day` null takes what is over too. */
function findLines(rows: readonly Person[], kind: FactKind, code: string, day: IsoDate | null, start: Start): Line[] {
  const part = mainCode(kind);
  return rows.flatMap(({ id, values }) =>
    factsOf(kind, values)
      .filter((fact) => day === null || holdsOn(fact, day))
      .filter((fact) => beganIn(fact, start))
      .filter((fact) => code === all || part === undefined || fact.values[part.name] === code)
      .map((fact) => ({ id: `${id} ${fact.key}`, resident: id, fact })),
  );
}

const nameIn = <Row,>(row: Row | undefined, name: (row: Row) => string): string => (row === undefined ? '' : name(row));
