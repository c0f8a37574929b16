import { memo, useLayoutEffect, useRef, useState } from 'react';
import type { CSSProperties, KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';

export type Column<Row> = {
  readonly key: string;
  /** Short heading; `title` gives the full form as a tooltip. */
  readonly header: string;
  readonly title?: string;
  /** One track of CSS `grid-template-columns`, such as '110px' or 'minmax(160px, 1fr)'. */
  readonly width: string;
  readonly align?: 'end';
  readonly isRowHeader?: boolean;
  readonly isSortable?: boolean;
  readonly lang?: string;
  readonly render: (row: Row) => ReactNode;
};
export type Sort = { readonly key: string; readonly descending: boolean };

/** As many as a country has, so an array only where they are few. */
export type RowIds = { readonly length: number; readonly at: (index: number) => string | undefined };

type Props<Row> = {
  readonly label: string;
  /** What the list is made of, such as filter and sort: a list of something else starts at the top. */
  readonly list?: string;
  /** Keep them the same between two drawings: a row is drawn again only when it or its columns changed. */
  readonly columns: readonly Column<Row>[];
  /** Ids in display order: sorting and filtering happen before. */
  readonly ids: RowIds;
  readonly rowOf: (id: string) => Row | undefined;
  readonly sort?: Sort;
  readonly onSort?: (sort: Sort) => void;
  readonly onOpen: (id: string) => void;
};

const rowHeight = 34;
const headHeight = 40;

/** Grid for long lists. Only the rows in view are in the page, and always the row with the focus. */
export function DataGrid<Row>(props: Props<Row>) {
  const { columns, ids, onOpen, sort, onSort } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const focusPending = useRef(false);
  const [current, setCurrent] = useState(0);
  const [list, setList] = useState(props.list);
  if (list !== props.list) {
    setList(props.list);
    setCurrent(0);
  }
  const active = Math.min(current, ids.length - 1);

  // eslint-disable-next-line react-hooks/incompatible-library -- only matters with the React compiler
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), active])].sort((a, b) => a - b),
  });

  useLayoutEffect(() => {
    // Touching the scroller makes the browser lay out the page at once: not for every letter of a search.
    if ((virtualizer.scrollOffset ?? 0) !== 0 && scroller.current !== null) scroller.current.scrollTop = 0;
  }, [props.list, virtualizer]);

  useLayoutEffect(() => {
    if (!focusPending.current) return;
    focusPending.current = false;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${active}"]`);
    row?.focus({ preventScroll: true });
  });

  const goTo = (index: number) => {
    const target = Math.max(0, Math.min(ids.length - 1, index));
    focusPending.current = true;
    setCurrent(target);
    virtualizer.scrollToIndex(target);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const id = ids.at(active);
    if (id === undefined || !(event.target as Element).matches('[data-index]')) return;
    const page = Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2;
    const actions: Partial<Record<string, () => void>> = {
      ArrowDown: () => goTo(active + 1),
      ArrowUp: () => goTo(active - 1),
      PageDown: () => goTo(active + page),
      PageUp: () => goTo(active - page),
      Home: () => goTo(0),
      End: () => goTo(ids.length - 1),
      Enter: () => onOpen(id),
    };
    if (event.key in actions) event.preventDefault();
    actions[event.key]?.();
  };

  const onRowClick = (event: MouseEvent) => {
    const index = Number((event.target as Element).closest<HTMLElement>('[data-index]')?.dataset['index']);
    const id = Number.isInteger(index) ? ids.at(index) : undefined;
    if (id === undefined) return;
    setCurrent(index);
    onOpen(id);
  };

  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={-1}
      aria-label={props.label}
      aria-rowcount={ids.length + 1}
      className="data-grid"
      style={{ '--data-grid-columns': columns.map(({ width }) => width).join(' ') } as CSSProperties}
      onKeyDown={onKeyDown}
      onClick={onRowClick}
    >
      <div role="row" aria-rowindex={1} className="data-grid__head" style={{ height: headHeight }}>
        {columns.map((column) => (
          <ColumnHeader key={column.key} column={column} sort={sort} onSort={onSort} />
        ))}
      </div>
      <div role="rowgroup" style={{ position: 'relative', height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          return (
            <GridRow
              // By its place: what a letter of a search finds is written into the lines that are there.
              key={index}
              row={props.rowOf(ids.at(index) ?? '')}
              columns={columns as readonly Column<unknown>[]}
              index={index}
              isActive={index === active}
              top={start - headHeight}
            />
          );
        })}
      </div>
    </div>
  );
}

type RowProps = {
  readonly row: unknown;
  readonly columns: readonly Column<unknown>[];
  readonly index: number;
  readonly isActive: boolean;
  readonly top: number;
};

const GridRow = memo(function GridRow({ row, columns, index, isActive, top }: RowProps) {
  return (
    <div
      role="row"
      data-index={index}
      aria-rowindex={index + 2}
      tabIndex={isActive ? 0 : -1}
      className="data-grid__row"
      style={{ height: rowHeight, transform: `translateY(${top}px)` }}
    >
      {columns.map((column) => (
        <div
          key={column.key}
          role={column.isRowHeader === true ? 'rowheader' : 'gridcell'}
          lang={column.lang}
          className={cellClass(column)}
        >
          {row === undefined ? '…' : column.render(row)}
        </div>
      ))}
    </div>
  );
});

const cellClass = ({ align }: { align?: 'end' | undefined }) =>
  `data-grid__cell ${align === 'end' ? 'data-grid__cell--end' : ''}`;

type HeaderProps<Row> = {
  readonly column: Column<Row>;
  readonly sort: Sort | undefined;
  readonly onSort: ((sort: Sort) => void) | undefined;
};

function ColumnHeader<Row>({ column, sort, onSort }: HeaderProps<Row>) {
  const isSorted = sort?.key === column.key;
  const descending = isSorted && sort.descending;
  const order = isSorted ? (descending ? 'descending' : 'ascending') : 'none';
  if (column.isSortable !== true || onSort === undefined) {
    return (
      <div role="columnheader" title={column.title} className={cellClass(column)}>
        {column.header}
      </div>
    );
  }
  return (
    <div role="columnheader" aria-sort={order} title={column.title} className={cellClass(column)}>
      <button
        type="button"
        className="data-grid__sort"
        onClick={() => onSort({ key: column.key, descending: isSorted && !descending })}
      >
        {column.header}
        {isSorted &&
          (descending ? <IconArrowDown size={16} aria-hidden="true" /> : <IconArrowUp size={16} aria-hidden="true" />)}
      </button>
    </div>
  );
}
