import { hideList, painted, showList } from './unlock.tsx';

/** The list of a register in memory: opened from another page to painted. */
export async function listFirstPaint(): Promise<{ ms: number; domRows: number }> {
  hideList();
  await new Promise((resolve) => setTimeout(resolve, 50));
  const start = performance.now();
  showList();
  const end = await painted();
  return { ms: end - start, domRows: document.querySelectorAll('.data-grid__row').length };
}

/** Time between frames while the list is scrolled, a step in each frame. */
export async function scrollList({ frames, step }: { frames: number; step: number }): Promise<readonly number[]> {
  const grid = document.querySelector('.data-grid');
  if (grid === null) throw new Error('No list on the page');
  grid.scrollTop = 0;
  const times: number[] = [];
  await new Promise<void>((resolve) => {
    let last: number | undefined;
    const next = (now: number) => {
      if (last !== undefined) times.push(now - last);
      last = now;
      if (times.length >= frames) return resolve();
      grid.scrollTop += step;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  grid.scrollTop = 0;
  return times;
}

// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own input below
const setText = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
const idle = () => new Promise((resolve) => setTimeout(resolve, 60));

/**
 * Every letter of every query, as typed: from the event to the last change of the page that it causes. `longest` is
 * the longest time in which the page could not answer.
 */
export async function typeQueries({ queries }: { queries: readonly string[] }): Promise<readonly number[]> {
  const input = document.querySelector<HTMLInputElement>('.search-field input');
  if (input === null || setText === undefined) throw new Error('No search field on the page');
  let changedAt = 0;
  const observer = new MutationObserver(() => (changedAt = performance.now()));
  observer.observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });
  const times: number[] = [];
  for (const query of queries) {
    for (let length = 0; length <= query.length; length++) {
      const start = performance.now();
      changedAt = start;
      setText.call(input, query.slice(0, length));
      input.dispatchEvent(new Event('input', { bubbles: true }));
      let seen: number;
      do {
        seen = changedAt;
        await idle();
      } while (changedAt !== seen);
      if (length > 0) times.push(changedAt - start);
    }
  }
  observer.disconnect();
  return times;
}

export function foundOnScreen(): { rows: number; first: string } {
  const [first] = document.querySelectorAll('.data-grid__row');
  return {
    rows: Number(document.querySelector('.data-grid')?.getAttribute('aria-rowcount') ?? 1) - 1,
    first: first?.textContent ?? '',
  };
}
