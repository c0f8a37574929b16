import { useEffect, useRef, type RefObject } from 'react';

/** The stay that was picked up and the bed it was put on. */
export type Drop = { readonly stay: string; readonly bed: string };

const bedUnder = (event: Event): HTMLElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLElement>('[data-bed]') : null;

/** Drag between beds, by one set of listeners around all of them: a bed has nothing of its own to keep. */
export function useBedDrag(onDrop: (drop: Drop) => void): RefObject<HTMLDivElement | null> {
  const container = useRef<HTMLDivElement>(null);
  const dropped = useRef(onDrop);
  useEffect(() => {
    dropped.current = onDrop;
  });
  useEffect(() => {
    const element = container.current;
    if (element === null) return;
    const listening = new AbortController();
    const { signal } = listening;
    let picked: string | null = null;
    let over: HTMLElement | null = null;
    const mark = (bed: HTMLElement | null) => {
      over?.removeAttribute('data-drop');
      over = bed;
      over?.setAttribute('data-drop', '');
    };
    element.addEventListener(
      'dragstart',
      (event) => {
        picked = bedUnder(event)?.dataset['stay'] ?? null;
        // The stay is kept here: what a drag carries can be dropped in another program.
        if (picked !== null) event.dataTransfer?.setData('text/plain', '');
      },
      { signal },
    );
    element.addEventListener(
      'dragover',
      (event) => {
        const bed = picked === null ? null : bedUnder(event);
        if (bed !== null) event.preventDefault();
        if (bed !== over) mark(bed);
      },
      { signal },
    );
    element.addEventListener(
      'drop',
      (event) => {
        const bed = bedUnder(event)?.dataset['bed'];
        const stay = picked;
        picked = null;
        mark(null);
        if (bed === undefined || stay === null) return;
        event.preventDefault();
        dropped.current({ stay, bed });
      },
      { signal },
    );
    element.addEventListener(
      'dragend',
      () => {
        picked = null;
        mark(null);
      },
      { signal },
    );
    return () => listening.abort();
  }, []);
  return container;
}
