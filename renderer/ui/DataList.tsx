import type { ReactNode } from 'react';

export type DataItem = { readonly label: string; readonly value: ReactNode; readonly lang?: string };

/** Facts of one thing, label and value side by side. An empty value is shown as a dash, so that it is seen to be empty. */
export function DataList({ items }: { items: readonly DataItem[] }) {
  return (
    <dl className="data-list">
      {items.map(({ label, value, lang }) => (
        <div key={label} className="data-list__item">
          <dt>{label}</dt>
          <dd lang={lang}>{value === null || value === undefined || value === '' ? '–' : value}</dd>
        </div>
      ))}
    </dl>
  );
}
