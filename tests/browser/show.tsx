import '../../renderer/theme.css';
import axe from 'axe-core';
import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { expect, onTestFinished } from 'vitest';
import { localeOf, type Language } from '../../renderer/i18n/i18n.ts';

/** Shows an element in the page until the test ends. */
export function show(element: ReactNode, language: Language = 'nl'): void {
  const host = document.body.appendChild(document.createElement('main'));
  const root = createRoot(host);
  root.render(<I18nProvider locale={localeOf[language]}>{element}</I18nProvider>);
  onTestFinished(() => {
    root.unmount();
    host.remove();
  });
}

export async function expectAccessible(): Promise<void> {
  const { violations } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
}
