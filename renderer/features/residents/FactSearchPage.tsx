import { IconFileExport } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { sensitivities, type Sensitivity } from '../../../shared/exchange/export-table.ts';
import { parseIsoDate } from '../../../shared/kernel/dates.ts';
import { codesOf, type FactKind } from '../../../shared/register/fact-kind.ts';
import { findCodeList } from '../../../shared/questionnaire/code-lists.ts';
import { factKinds, lastResidenceFacts, leftUkraineFacts } from '../../../shared/register/facts.ts';
import { residentKind } from '../../../shared/register/resident.ts';
import { nameOrder } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { useSites } from '../../stores/register-views.ts';
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
import type { Choice } from '../../ui/ChoiceField.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { all, codedParts, codeOf, findLines, toPerson, type Line, type Person, type Start } from './fact-search.ts';
import { cyrillicNameOf, nameOf } from './resident-list.ts';
import type { ExportRow } from './save-list.ts';
import { useFactTexts } from './use-fact-texts.ts';

/** Who has a fact of some kind, such as everybody with a LOGO statement: for what the list itself does not hold. */
export function FactSearchPage() {
  const { t, kindName } = useFactTexts();
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
  const also = kinds.find(({ stem }) => stem === search.kind2 && stem !== kind?.stem) ?? null;
  const sites = useSites();
  const site = sites.some(({ id }) => id === search.site) ? (search.site ?? null) : null;
  const choices = useValueChoices(kind);
  const alsoChoices = useValueChoices(also);
  const hasStart = kind?.parts.some(({ name }) => name === 'from') === true;
  const start: Start = {
    from: (hasStart ? parseIsoDate(search.from ?? '') : undefined) ?? null,
    until: (hasStart ? parseIsoDate(search.until ?? '') : undefined) ?? null,
  };
  const codeIn = (known: readonly Choice[], code: string | undefined) =>
    known.find((one) => one.code === code)?.code ?? all;
  const code = codeIn(choices, search.code);
  const alsoCode = codeIn(alsoChoices, search.code2);
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
      <div className="row">
        <SelectField
          id="factAlso"
          label={t('facts:search.also')}
          choices={[
            { code: all, label: t('facts:search.alsoNothing') },
            ...kinds.filter((one) => one !== kind).map((one) => ({ code: one.stem, label: kindName(one) })),
          ]}
          value={also?.stem ?? all}
          onChange={(stem) => setSearch({ kind2: stem === all ? undefined : stem, code2: undefined })}
        />
        {alsoChoices.length > 0 && (
          <SelectField
            id="factAlsoCode"
            label={t('facts:search.alsoValue')}
            choices={[{ code: all, label: t('facts:search.all') }, ...alsoChoices]}
            value={alsoCode}
            onChange={(chosen) => setSearch({ code2: chosen === all ? undefined : chosen })}
          />
        )}
        {sites.length > 1 && (
          <SelectField
            id="factSite"
            label={t('register:list.site')}
            choices={[
              { code: all, label: t('register:filter.allSites') },
              ...sites.map(({ id, name }) => ({ code: id, label: name })),
            ]}
            value={site ?? all}
            onChange={(chosen) => setSearch({ site: chosen === all ? undefined : chosen })}
          />
        )}
      </div>
      {scan.state === 'reading' && (
        <ProgressBar label={t('facts:search.reading')} value={scan.read} total={scan.total} />
      )}
      {scan.state === 'failed' && <Alert tone="error">{scan.message}</Alert>}
      {scan.state === 'ready' && scan.unreadable > 0 && (
        <Alert tone="warning">{t('facts:search.unreadable', { count: scan.unreadable })}</Alert>
      )}
      {scan.state === 'ready' && (
        <FactResults
          key={`${kind.stem} ${also?.stem ?? ''}`}
          rows={scan.rows}
          kind={kind}
          code={code}
          also={also}
          alsoCode={alsoCode}
          site={site}
          onlyNow={onlyNow}
          {...start}
        />
      )}
    </>
  );
}

/** Everything that a fact of a kind can be narrowed to; values of a part beside the first have its name before them. */
function useValueChoices(kind: FactKind | null | undefined): readonly Choice[] {
  const { t, partName, codeText } = useFactTexts();
  const language = currentLanguage();
  if (kind == null) return [];
  return codedParts(kind).flatMap((part, at) => {
    const values =
      part.type === 'code'
        ? codesOf(part.list).map((one) => ({ code: one, label: codeText(part.list, one) }))
        : (findCodeList('ua_oblast')?.entries ?? []).map((one) => ({ code: one.code, label: one.label[language] }));
    return values.map((value) => ({
      code: codeOf(kind, part, value.code),
      label: at === 0 ? value.label : t('facts:labelled', { label: partName(part), value: value.label }),
    }));
  });
}

type ResultsProps = {
  readonly rows: readonly Person[];
  readonly kind: FactKind;
  readonly code: string;
  readonly also: FactKind | null;
  readonly alsoCode: string;
  readonly site: string | null;
  readonly onlyNow: boolean;
} & Start;

function FactResults({ rows, kind, code, also, alsoCode, site, onlyNow, from, until }: ResultsProps) {
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
    const second = also === null ? null : { kind: also, code: alsoCode };
    return findLines(rows, { kind, code }, second, { from, until }, onlyNow ? today : null)
      .filter(({ resident }) => site === null || residents.get(resident)?.site === site)
      .sort((a, b) => order.compare(nameKey(a), nameKey(b)) || (a.id < b.id ? -1 : 1));
  }, [rows, kind, code, also, alsoCode, site, onlyNow, from, until, today, residents, language]);
  const otherText = ({ other }: Line) =>
    also === null || other === null
      ? ''
      : [detailText(also, other), periodText(also, other)].filter(Boolean).join(' · ');
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
                lines.map((line) => ({
                  resident: line.resident,
                  fact: [detailText(kind, line.fact), otherText(line)].filter((text) => text !== '').join(' · '),
                  period: periodText(kind, line.fact),
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
          facts={{
            label: also === null ? kindName(kind) : `${kindName(kind)} · ${kindName(also)}`,
            sensitive: sensitivityOfFact(kind) ?? (also === null ? null : sensitivityOfFact(also)),
          }}
          onClose={() => setLeaving(null)}
        />
      )}
      {lines.length === 0 && <Alert tone="info">{t('facts:search.none')}</Alert>}
      {lines.length > 0 && (
        <DataGrid<Line>
          key={JSON.stringify([code, alsoCode, site, onlyNow, from, until])}
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
              width: also === null ? 'minmax(240px, 2fr)' : 'minmax(200px, 1.4fr)',
              render: ({ fact }) => detailText(kind, fact),
            },
            ...(also === null
              ? []
              : [{ key: 'other', header: kindName(also), width: 'minmax(200px, 1.4fr)', render: otherText }]),
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

const nameIn = <Row,>(row: Row | undefined, name: (row: Row) => string): string => (row === undefined ? '' : name(row));
