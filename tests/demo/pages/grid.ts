import type { Locator } from 'playwright-core';

/** Every line of a long list, read as a person does: by going down through it. Cells are joined by a bar. */
export async function readGrid(grid: Locator): Promise<readonly string[]> {
  const total = Number(await grid.getAttribute('aria-rowcount')) - 1;
  const lines = new Map<number, string>();
  await grid.getByRole('row').nth(1).focus();
  await grid.page().keyboard.press('Home');
  for (let place = 1; ; place = Math.min(total, place + perStep)) {
    await grid
      .locator(`[role=row][aria-rowindex="${String(place + 1)}"]`)
      .and(grid.locator(':focus'))
      .waitFor();
    for (const [at, text] of await grid.evaluate(rowsInPage)) lines.set(at, text);
    if (lines.size === total) return [...lines].sort(([a], [b]) => a - b).map(([, text]) => text);
    if (place === total) throw new Error(`${String(total)} lines, of which ${String(lines.size)} could be read`);
    for (let down = place; down < Math.min(total, place + perStep); down++)
      await grid.page().keyboard.press('ArrowDown');
  }
}

/** Less than the lines that are in the page around the one with the focus. */
const perStep = 12;

function rowsInPage(grid: Element): [number, string][] {
  return [...grid.querySelectorAll('[role=row]')].flatMap((row): [number, string][] => {
    const at = Number(row.getAttribute('aria-rowindex'));
    const cells = [...row.children].map((cell) => (cell as HTMLElement).innerText.trim());
    return at < 2 ? [] : [[at, cells.join(' | ')]];
  });
}
