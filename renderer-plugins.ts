import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import type { Plugin, PluginOption } from 'vite';

/** React Aria empties its announcer with `innerHTML = ''`, which throws under Trusted Types while a date is typed. */
const trustedAnnouncer: Plugin = {
  name: 'trusted-announcer',
  enforce: 'pre',
  transform(code, id) {
    if (!id.includes('dist/private/live-announcer/LiveAnnouncer')) return null;
    if (!code.includes(".innerHTML = ''")) this.error('React Aria changed: check the announcer');
    return { code: code.replaceAll(/(this\.\w+)\.innerHTML = ''/g, '$1.replaceChildren()'), map: null };
  },
};

/** The same for the app and for the tests that show its components. */
export function rendererPlugins(): PluginOption[] {
  // React Aria carries its own texts in more than 30 languages; keep ours. `pre` is required.
  const ariaLocales = optimizeLocales.vite({ locales: ['nl-NL', 'uk-UA', 'en-GB', 'en-US'] });
  return [react(), trustedAnnouncer, { ...ariaLocales, enforce: 'pre' } as Plugin];
}
