import process from 'node:process';
import type { BrowserContext } from 'playwright-core';
import { state } from './state.ts';

/**
 * For tests only, loaded with a second --import: lets the process that started this one drive the same pages
 * over a local socket of playwright, and play the parts of the system that a test cannot wait for.
 */
type Order = { idleSeconds: number } | { event: 'suspend' | 'lock-screen' } | { set: Record<string, string> };

state.events.on('browser', (context: BrowserContext) => {
  void context
    .browser()
    ?.bind('onderdak')
    .then(({ endpoint }) => process.send?.({ endpoint }));
});
process.on('message', (order: Order) => {
  if ('idleSeconds' in order) state.lastInput = Date.now() - order.idleSeconds * 1000;
  else if ('event' in order) state.events.emit(order.event);
  else Object.assign(process.env, order.set);
});
// Whoever started this one is gone: nobody else would end it.
process.on('disconnect', () => {
  process.emit('SIGTERM');
});
