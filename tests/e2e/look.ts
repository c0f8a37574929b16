import axe from 'axe-core';
import type { Laptop } from '../demo/laptop.ts';

/**
 * What is wrong with the screen: wider than an old laptop, against the rules of accessibility, or with something of
 * `hidden` in the title of the window or its address, which show in places that are not ours.
 */
export async function lookAt(laptop: Laptop, name: string, hidden: RegExp): Promise<readonly string[]> {
  const { page, language } = laptop;
  const outside = `${await page.title()} ${decodeURIComponent(page.url())}`;
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const { wide, isFrameMoved, violations } = await page.evaluate(measure);
  return [
    ...(hidden.test(outside) ? [`is called ${outside}`] : []),
    ...(wide ? ['is wider than the screen'] : []),
    ...(isFrameMoved ? ['scrolls with its bars and menu'] : []),
    ...violations,
  ].map((problem) => `${name} in ${language}: ${problem}`);
}

/** Runs in the page. */
async function measure(): Promise<{ wide: boolean; isFrameMoved: boolean; violations: string[] }> {
  const host = globalThis as typeof globalThis & { axe: typeof axe };
  const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const { violations } = await host.axe.run({ runOnly, resultTypes: ['violations'] });
  const isWide = (element: Element | null) => element !== null && element.scrollWidth > element.clientWidth;
  const wide = isWide(document.documentElement) || [...document.querySelectorAll('main, main section')].some(isWide);
  const whole = document.documentElement;
  const isFrameMoved = document.querySelector('.shell') !== null && whole.scrollHeight > whole.clientHeight;
  return {
    wide,
    isFrameMoved,
    violations: violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html.slice(0, 160) ?? ''}`),
  };
}
