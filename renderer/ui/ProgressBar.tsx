import { Label, ProgressBar as AriaProgressBar } from 'react-aria-components';

/** How far a long work is. `value` of `total`; without a total it only says that it is going on. */
export function ProgressBar({ label, value, total }: { label: string; value: number; total: number | null }) {
  return (
    <AriaProgressBar value={value} maxValue={total ?? 100} isIndeterminate={total === null} className="progress">
      {({ percentage }) => (
        <>
          <Label>{label}</Label>
          <span className="progress__track" aria-hidden="true">
            <span className="progress__done" style={{ inlineSize: `${percentage ?? 100}%` }} />
          </span>
        </>
      )}
    </AriaProgressBar>
  );
}
