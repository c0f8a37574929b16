import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { findNationalSnapshot, type NationalSnapshot } from '../../../shared/reception/national-snapshot.ts';
import { occupancyPercent } from '../../../shared/reception/occupancy.ts';
import { definitionOf } from '../../../shared/sync/field-classes.ts';
import { valuesOf } from '../../../shared/sync/replica-record.ts';
import { formatLongDate, formatNumber, formatPercent } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { recordsOfKind, useWorkspace } from '../../stores/workspace-store.ts';
import type { SavedTable } from '../../save-table.ts';
import { TableExport } from '../../TableExport.tsx';
import { Button } from '../../ui/Button.tsx';
import { DataList } from '../../ui/DataList.tsx';
import { countNames } from './count-names.ts';
import { NationalFiguresDialog } from './NationalFiguresDialog.tsx';

export function NationalFiguresPanel() {
  const { t } = useTranslation('reports');
  const records = useWorkspace((state) => state.records);
  const services = useServices();
  const [isAdding, setAdding] = useState(false);
  const snapshots = recordsOfKind(records, 'nationalSnapshot')
    .flatMap(
      (record) => findNationalSnapshot(record.id, valuesOf(record, definitionOf('nationalSnapshot')).values) ?? [],
    )
    .sort((a, b) => (a.date > b.date ? -1 : 1));
  const makeTable = (): SavedTable => {
    const column = (key: string, header: string, type: 'text' | 'number') => ({ key, header, type, sensitive: null });
    const text = (value: number | null) => (value === null ? '' : String(value));
    return {
      what: 'report national',
      sheet: t('national.title'),
      fileName: `landelijke-cijfers-${services.today()}`,
      columns: [
        column('date', t('national.date'), 'text'),
        ...countNames.map((name) => column(name, t(`national.${name}`), 'number')),
        column('registered', t('national.registered'), 'number'),
        column('percent', t('national.percent'), 'number'),
        column('source', t('national.source'), 'text'),
      ],
      rows: snapshots.map((snapshot) => [
        snapshot.date,
        ...countNames.map((name) => text(snapshot[name])),
        text(registeredIn(snapshot)),
        percentOf(snapshot),
        snapshot.source,
      ]),
      persons: 0,
    };
  };
  return (
    <section className="panel">
      <div className="panel__head">
        <h2 className="nl-heading nl-heading--level-2">{t('national.title')}</h2>
        <div className="form__actions">
          {snapshots.length > 0 && <TableExport makeTable={makeTable} />}
          <Button onPress={() => setAdding(true)}>{t('national.add')}</Button>
        </div>
      </div>
      {snapshots.length === 0 && <p>{t('national.none')}</p>}
      {snapshots.map((snapshot) => (
        <Snapshot key={snapshot.id} snapshot={snapshot} />
      ))}
      {isAdding && <NationalFiguresDialog onClose={() => setAdding(false)} />}
    </section>
  );
}

const registeredIn = ({ registeredUa, registeredOther }: NationalSnapshot): number | null =>
  registeredUa === null || registeredOther === null ? null : registeredUa + registeredOther;
/** One decimal with a point; '' without places. */
const percentOf = ({ occupied, realised }: NationalSnapshot): string =>
  realised === null || occupied === null ? '' : occupancyPercent(occupied, realised);

function Snapshot({ snapshot }: { snapshot: NationalSnapshot }) {
  const { t } = useTranslation('reports');
  const language = currentLanguage();
  const count = (value: number | null) => (value === null ? null : formatNumber(value, language));
  return (
    <article className="panel">
      <h3 className="nl-heading nl-heading--level-3">{formatLongDate(snapshot.date, language)}</h3>
      <DataList
        items={[
          ...countNames.map((name) => ({ label: t(`national.${name}`), value: count(snapshot[name]) })),
          {
            label: t('national.registered'),
            value: count(registeredIn(snapshot)),
          },
          {
            label: t('national.percent'),
            value: percentOf(snapshot) === '' ? null : formatPercent(percentOf(snapshot), language),
          },
          { label: t('national.source'), value: snapshot.source },
        ]}
      />
    </article>
  );
}
