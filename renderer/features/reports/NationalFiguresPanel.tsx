import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { findNationalSnapshot, type NationalSnapshot } from '../../../shared/reception/national-snapshot.ts';
import { occupancyPercent } from '../../../shared/reception/occupancy.ts';
import { definitionOf } from '../../../shared/sync/field-classes.ts';
import { valuesOf } from '../../../shared/sync/replica-record.ts';
import { formatLongDate, formatNumber, formatPercent } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { recordsOfKind, useWorkspace } from '../../stores/workspace-store.ts';
import { Button } from '../../ui/Button.tsx';
import { DataList } from '../../ui/DataList.tsx';
import { countNames } from './count-names.ts';
import { NationalFiguresDialog } from './NationalFiguresDialog.tsx';

export function NationalFiguresPanel() {
  const { t } = useTranslation('reports');
  const records = useWorkspace((state) => state.records);
  const [isAdding, setAdding] = useState(false);
  const snapshots = recordsOfKind(records, 'nationalSnapshot')
    .flatMap(
      (record) => findNationalSnapshot(record.id, valuesOf(record, definitionOf('nationalSnapshot')).values) ?? [],
    )
    .sort((a, b) => (a.date > b.date ? -1 : 1));
  return (
    <section className="panel">
      <div className="panel__head">
        <h2 className="nl-heading nl-heading--level-2">{t('national.title')}</h2>
        <Button onPress={() => setAdding(true)}>{t('national.add')}</Button>
      </div>
      {snapshots.length === 0 && <p>{t('national.none')}</p>}
      {snapshots.map((snapshot) => (
        <Snapshot key={snapshot.id} snapshot={snapshot} />
      ))}
      {isAdding && <NationalFiguresDialog onClose={() => setAdding(false)} />}
    </section>
  );
}

function Snapshot({ snapshot }: { snapshot: NationalSnapshot }) {
  const { t } = useTranslation('reports');
  const language = currentLanguage();
  const { realised, occupied, registeredUa, registeredOther } = snapshot;
  const count = (value: number | null) => (value === null ? null : formatNumber(value, language));
  return (
    <article className="panel">
      <h3 className="nl-heading nl-heading--level-3">{formatLongDate(snapshot.date, language)}</h3>
      <DataList
        items={[
          ...countNames.map((name) => ({ label: t(`national.${name}`), value: count(snapshot[name]) })),
          {
            label: t('national.registered'),
            value: registeredUa === null || registeredOther === null ? null : count(registeredUa + registeredOther),
          },
          {
            label: t('national.percent'),
            value:
              realised === null || occupied === null
                ? null
                : formatPercent(occupancyPercent(occupied, realised), currentLanguage()),
          },
          { label: t('national.source'), value: snapshot.source },
        ]}
      />
    </article>
  );
}
