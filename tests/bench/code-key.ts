import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

export type CodeKey = { readonly plugin: () => Plugin; readonly hash: () => string };

/**
 * A key for everything that `entries` are made of, through all their imports: it changes with the code that fills a
 * store, and not with that of a screen.
 */
export function makeCodeKey(entries: readonly string[]): CodeKey {
  const codeOf = new Map<string, string>();
  const plugin = (): Plugin => ({
    name: 'code-key',
    buildEnd() {
      const wanted = [...this.getModuleIds()].filter((id) => entries.some((entry) => id.endsWith(entry)));
      const seen = new Set<string>();
      for (let id = wanted.pop(); id !== undefined; id = wanted.pop()) {
        if (seen.has(id)) continue;
        seen.add(id);
        const module = this.getModuleInfo(id);
        codeOf.set(id.replace(process.cwd(), ''), module?.code ?? '');
        wanted.push(...(module?.importedIds ?? []));
      }
    },
  });
  const hash = () => {
    const digest = createHash('sha256');
    for (const id of [...codeOf.keys()].sort()) digest.update(`${id}\n${codeOf.get(id) ?? ''}\n`);
    return digest.digest('hex').slice(0, 16);
  };
  return { plugin, hash };
}
