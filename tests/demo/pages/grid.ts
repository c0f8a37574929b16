import type { Locator } from 'playwright-core';

/** How many lines a long list has, and its first and last lines as a person sees them; cells are joined by a bar. */
export async function readGrid(grid: Locator): Promise<{ readonly total: number; readonly lines: readonly string[] }> {
  const total = Number(await grid.getAttribute('aria-rowcount')) - 1;
  const row = (place: number) => grid.locator(`[role=row][aria-rowindex="${place + 1}"]`);
  await row(1).focus();
  const first = await grid.evaluate(rowsInView);
  await grid.page().keyboard.press('End');
  await row(total).waitFor();
  const last = await grid.evaluate(rowsInView);
  const lines = new Map([...first, ...last]);
  return { total, lines: [...lines].sort(([a], [b]) => a - b).map(([, text]) => text) };
}

function rowsInView(grid: Element): [number, string][] {
  return [...grid.querySelectorAll('[role=row]')].flatMap((row): [number, string][] => {
    const at = Number(row.getAttribute('aria-rowindex'));
    const cells = [...row.children].map((cell) => (cell as HTMLElement).innerText.trim());
    return at < 2 ? [] : [[at, cells.join(' | ')]];
  });
}
