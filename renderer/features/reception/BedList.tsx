import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { Badge, type BadgeTone } from '../../ui/Badge.tsx';
import { DataGrid, type Column } from '../../ui/DataGrid.tsx';
import { stateOf, type BedState, type PlannedBed, type PlannedBuilding, type PlannedRoom } from './bed-plan.ts';
import { TraitList } from './TraitList.tsx';

type Row = PlannedBed & { readonly building: string; readonly room: PlannedRoom };

const tones: Readonly<Record<BedState, BadgeTone>> = {
  double: 'negative',
  taken: 'neutral',
  out: 'warning',
  reserved: 'info',
  free: 'positive',
};

type Props = {
  readonly plan: readonly PlannedBuilding[];
  /** Null where names are not to be seen. */
  readonly nameOf: ((resident: string) => string) | null;
  readonly onOpen: (bedKey: string) => void;
};

/** The same beds as a list, one to a line. */
export function BedList({ plan, nameOf, onOpen }: Props) {
  const { t } = useTranslation('reception');
  const rows = useMemo(
    () =>
      new Map(
        plan.flatMap(({ building, floors }) =>
          floors.flatMap(({ rooms }) =>
            rooms.flatMap((room) =>
              room.beds.map((bed): [string, Row] => [bed.bed.key, { ...bed, building: building.name, room }]),
            ),
          ),
        ),
      ),
    [plan],
  );
  const day = (date: IsoDate | null | undefined) => (date == null ? '' : formatDate(date, currentLanguage()));
  const columns: readonly Column<Row>[] = [
    { key: 'building', header: t('bedList.building'), width: '100px', render: ({ building }) => building },
    { key: 'room', header: t('bedList.room'), width: '90px', render: ({ room }) => room.room.name },
    { key: 'bed', header: t('bedList.bed'), width: '70px', isRowHeader: true, render: ({ bed }) => bed.name },
    {
      key: 'state',
      header: t('bedList.state'),
      width: '216px',
      render: (row) => <Badge tone={tones[stateOf(row)]}>{t(`bedState.${stateOf(row)}`)}</Badge>,
    },
    {
      key: 'who',
      header: t('bedList.who'),
      width: 'minmax(200px, 1fr)',
      render: ({ stays, closure, reservation }) =>
        stays.length === 0
          ? (closure ?? reservation)?.reason
          : nameOf !== null && stays.map(({ resident }) => nameOf(resident)).join(' + '),
    },
    { key: 'from', header: t('bedList.from'), width: '110px', render: ({ stays }) => day(stays[0]?.from) },
    {
      key: 'until',
      header: t('bedList.until'),
      width: '110px',
      render: ({ stays, closure, reservation }) => day(stays[0]?.until ?? (closure ?? reservation)?.until),
    },
    {
      key: 'traits',
      header: t('part.traits'),
      width: '150px',
      render: ({ traits, room }) => <TraitList traits={[...new Set([...room.traits, ...traits])]} isShort />,
    },
  ];
  return (
    <DataGrid
      label={t('beds.title')}
      columns={columns}
      ids={[...rows.keys()]}
      rowOf={(id) => rows.get(id)}
      onOpen={onOpen}
    />
  );
}
