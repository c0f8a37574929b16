import { existsSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'electron-vite';
import { rendererPlugins } from './renderer-plugins.ts';
import { hostEvents, ipcContract } from './shared/ipc-contract.ts';

const at = (file: string) => path.resolve(import.meta.dirname, file);
/** Runs as a process of its own, without keys. */
const parser = at('electron/import-parser.ts');

/** One file: the preload of a sandboxed page cannot load another. */
export const preloadBuild = {
  define: {
    __CHANNELS__: JSON.stringify(Object.keys(ipcContract)),
    __HOST_EVENTS__: JSON.stringify(Object.keys(hostEvents)),
  },
  build: {
    outDir: at('out/preload'),
    externalizeDeps: false,
    sourcemap: false,
    rollupOptions: {
      input: { preload: at('electron/preload.ts') },
      output: { format: 'cjs' as const, entryFileNames: '[name].cjs' },
    },
  },
};

/** Everything is bundled: the package holds `out/` and no `node_modules`. */
export default defineConfig({
  main: {
    build: {
      outDir: at('out/main'),
      externalizeDeps: false,
      sourcemap: false,
      rollupOptions: {
        input: { main: at('electron/main.ts'), ...(existsSync(parser) ? { 'import-parser': parser } : {}) },
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  },
  preload: preloadBuild,
  renderer: {
    root: at('renderer'),
    base: './',
    plugins: rendererPlugins(),
    worker: { format: 'es' },
    build: {
      outDir: at('out/renderer'),
      target: 'chrome144',
      // Half as much to read and parse on an old laptop.
      minify: true,
      // One bundle from the own disk; the dictionaries of the passphrase meter are a second one.
      chunkSizeWarningLimit: 2_500,
      // No file becomes a `data:` address: the policy of the page would refuse it.
      assetsInlineLimit: 0,
      sourcemap: false,
      rollupOptions: { input: at('renderer/index.html') },
    },
  },
});
