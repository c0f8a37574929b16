import type { Locator } from 'playwright-core';

/** Fewer than one screen shows, so that they are all there whatever the place the list stands at. */
const most = 8;

/** How many lines a long list has, and its first and last ones as a person reads them; cells are joined by a bar. */
export async function readGrid(grid: Locator): Promise<{ readonly total: number; readonly lines: readonly string[] }> {
  const total = Number(await grid.getAttribute('aria-rowcount')) - 1;
  const row = (place: number) => grid.locator(`[role=row][aria-rowindex="${place + 1}"]`);
  const read = async (from: number, to: number) => {
    const lines: string[] = [];
    for (let place = Math.max(1, from); place <= Math.min(total, to); place++) {
      await row(place).waitFor();
      lines.push((await row(place).locator('> *').allInnerTexts()).map((cell) => cell.trim()).join(' | '));
    }
    return lines;
  };
  await row(1).focus();
  await grid.page().keyboard.press('Home');
  const first = await read(1, most);
  await grid.page().keyboard.press('End');
  await row(total).waitFor();
  return { total, lines: [...first, ...(await read(total - most + 1, total))] };
}
