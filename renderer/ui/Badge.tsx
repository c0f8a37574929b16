import type { ReactNode } from 'react';

export type BadgeTone = 'neutral' | 'info' | 'positive' | 'warning' | 'negative';

/** A status in a word with an icon; the colour only repeats what the word says. */
export function Badge({ tone, icon, children }: { tone: BadgeTone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={`badge badge--${tone}`}>
      {icon !== undefined && <span aria-hidden="true">{icon}</span>}
      {children}
    </span>
  );
}
