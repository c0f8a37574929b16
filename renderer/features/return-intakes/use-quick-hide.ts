import { useEffect, useRef } from 'react';

const twiceWithinMs = 700;

/** F8, or Escape twice: somebody comes in, and the page is gone. */
export function useQuickHide(hide: () => void): void {
  const action = useRef(hide);
  useEffect(() => {
    action.current = hide;
  });
  useEffect(() => {
    let lastEscape = -Infinity;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'F8') action.current();
      if (event.key !== 'Escape') return;
      if (event.timeStamp - lastEscape < twiceWithinMs) action.current();
      lastEscape = event.timeStamp;
    };
    // Before an open list takes the key for itself.
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, []);
}
