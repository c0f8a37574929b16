import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Repair } from '../../../shared/ports.ts';
import type { RecordRef } from '../../../shared/records/record.ts';
import { useSession } from '../../stores/session-store.ts';
import { Alert } from '../../ui/Alert.tsx';

/** What was damaged or gone on this laptop, and what became of it. Names the place of a record, never a person. */
export function RepairPanel() {
  const { t } = useTranslation('sync');
  const repairs = useSession((session) => session.repairs);
  if (repairs.length === 0) return null;
  const isBad = repairs.some(({ type }) => type === 'lost' || type === 'lost-ops' || type === 'missing');
  return (
    <Alert tone={isBad ? 'error' : 'warning'} title={t('repair.title')}>
      <ul className="plain-list">
        {repairs
          .flatMap((repair) => linesOf(t, repair))
          .map((line, at) => (
            <li key={`${at} ${line}`}>{line}</li>
          ))}
      </ul>
    </Alert>
  );
}

function linesOf(t: TFunction<'sync'>, repair: Repair): readonly string[] {
  const places = (records: readonly RecordRef[]) =>
    records
      .map(({ kind, id }) => t('repair.place', { kind: t(`repair.kind.${kind}`), place: id.slice(0, 8) }))
      .join(', ');
  switch (repair.type) {
    case 'restored':
      return [
        ...(repair.ops > 0 ? [t('repair.restored', { count: repair.ops })] : []),
        ...(repair.locals > 0 ? [t('repair.locals', { count: repair.locals })] : []),
      ];
    case 'rebuilt':
      return [t('repair.rebuilt', { places: places(repair.records) })];
    case 'lost':
      return [t('repair.lost', { places: places(repair.records) })];
    case 'lost-ops':
      return [t('repair.lostOps', { count: repair.ops })];
    case 'missing':
      return [t('repair.missing', { count: repair.ops })];
    case 'erased':
      return [
        t('repair.erased', { places: places(repair.records) }),
        ...(repair.late > 0 ? [t('repair.erasedLate', { count: repair.late })] : []),
      ];
    case 'reissued':
      return [t('repair.reissued', { count: repair.ops })];
    case 'copied-again':
      return [t('repair.copiedAgain')];
  }
}
