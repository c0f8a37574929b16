import type { Locator } from 'playwright-core';

/** Every line of a long list, read as a person does: by going through it page by page. Cells are joined by a bar. */
export async function readGrid(grid: Locator): Promise<readonly string[]> {
  const total = Number(await grid.getAttribute('aria-rowcount')) - 1;
  const lines = new Map<number, string>();
  await grid.getByRole('row').nth(1).focus();
  await grid.press('Home');
  while (lines.size < total) {
    const before = lines.size;
    for (const [at, text] of await grid.evaluate(rowsInView)) lines.set(at, text);
    if (lines.size < total) await grid.page().keyboard.press('PageDown');
    if (lines.size === before) await grid.evaluate(nextFrame);
  }
  return [...lines].sort(([a], [b]) => a - b).map(([, text]) => text);
}

function rowsInView(grid: Element): [number, string][] {
  return [...grid.querySelectorAll('[role=row]')].flatMap((row): [number, string][] => {
    const at = Number(row.getAttribute('aria-rowindex'));
    const cells = [...row.children].map((cell) => (cell as HTMLElement).innerText.trim());
    return at < 2 ? [] : [[at, cells.join(' | ')]];
  });
}

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
