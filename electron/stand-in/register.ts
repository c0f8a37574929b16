import { registerHooks } from 'node:module';

/** `node --import ./electron/stand-in/register.ts electron/main.ts`: the module `electron` is the stand-in. */
const standIn = new URL('./electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
});
