/** Without `capacity` the bar is only a number. */
export type Bar = { readonly label: string; readonly used: number; readonly capacity?: number };

const row = 40;
const labelWidth = 180;
const chartWidth = 190;

/** Bars from zero: the outline is what there is, the filled part what is used; the numbers stand beside them. */
export function BarChart({ label, bars }: { label: string; bars: readonly Bar[] }) {
  const most = Math.max(1, ...bars.map(({ used, capacity = 0 }) => Math.max(used, capacity)));
  const width = (value: number) => (value / most) * chartWidth;
  const isOver = ({ used, capacity }: Bar) => capacity !== undefined && used > capacity;
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 460 ${bars.length * row}`} className="bar-chart">
      {bars.map((bar, at) => (
        <g key={`${String(at)} ${bar.label}`} transform={`translate(0 ${at * row})`}>
          <text x={0} y={25} fontSize={15}>
            {bar.label}
          </text>
          <rect
            x={labelWidth}
            y={8}
            height={24}
            width={width(bar.used)}
            className={`bar-chart__used ${isOver(bar) ? 'bar-chart__used--over' : ''}`}
          />
          {bar.capacity !== undefined && (
            <rect x={labelWidth} y={8} height={24} width={width(bar.capacity)} className="bar-chart__capacity" />
          )}
          <text x={labelWidth + width(Math.max(bar.used, bar.capacity ?? 0)) + 10} y={25} fontSize={15}>
            {bar.capacity === undefined ? String(bar.used) : `${bar.used} / ${bar.capacity}${isOver(bar) ? ' ⚠' : ''}`}
          </text>
        </g>
      ))}
    </svg>
  );
}
