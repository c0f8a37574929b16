import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { languages, startI18n } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import type { Services } from '../../renderer/services.tsx';
import { setSync, useSync } from '../../renderer/stores/sync-store.ts';
import { memoryServices } from '../fakes/memory-services.ts';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));
const initial = useSync.getInitialState();
afterEach(() => useSync.setState(initial));

type Outcome = Awaited<ReturnType<Services['connect']>>;
const outcomes = [
  ['nobody who answers', { failed: 'offline', retryAfterMs: 0 }, 'unreachable'],
  ['a login page', { failed: 'captive-portal', retryAfterMs: 0 }, 'portal'],
  ['somebody else', { failed: 'wrong-endpoint', retryAfterMs: 0 }, 'refusedAddress'],
  ['a wrong certificate', { failed: 'untrusted', retryAfterMs: 0 }, 'untrusted'],
  ['a fault', { failed: 'endpoint-failed', retryAfterMs: 5_000 }, 'failed'],
  ['an old app', { failed: 'upgrade-needed', retryAfterMs: 0 }, 'upgrade'],
  ['plain HTTP', { refused: 'address' }, 'onlyHttps'],
  ['a used code', { refused: 'code' }, 'refusedCode'],
  ['reduced protection', { refused: 'protection' }, 'refusedProtection'],
] as const satisfies readonly (readonly [string, Outcome, string])[];

describe.each(languages)('in %s', (language) => {
  const { settings, sync } = texts[language];

  it.each(outcomes)('connecting says what is the matter with %s, and keeps what was typed', async (_, outcome, key) => {
    await showPage('/settings', memoryServices({ connect: () => Promise.resolve(outcome) }), language);
    const address = page.getByLabelText(settings.connection.address);
    await userEvent.fill(address, 'https://register.example');
    await userEvent.fill(page.getByLabelText(settings.connection.code), 'ABCD-EFGH');
    await userEvent.click(page.getByRole('button', { name: settings.connection.connect }));
    const alert = page.getByRole('alert');
    await expect.element(alert).toBeVisible();
    expect(alert.element().textContent).toBe(settings.connection[key]);
    await expect.element(address).toHaveValue('https://register.example');
    await expect.element(page.getByLabelText(settings.connection.code)).toHaveValue('ABCD-EFGH');
  });

  it('every failure of an exchange has its sentence in the bar, and says that nothing is lost', async () => {
    await showPage('/residents', memoryServices(), language);
    const sentences = {
      offline: sync.state.offline,
      'captive-portal': sync.state.portal,
      'wrong-endpoint': sync.state.unknownEndpoint,
      untrusted: sync.state.untrusted,
      unauthorised: sync.state.unauthorised,
      'upgrade-needed': sync.state.upgrade,
      'endpoint-failed': sync.state.retry,
      'too-big': sync.state.retry,
      rewound: sync.state.retry,
    } as const;
    for (const [failure, sentence] of Object.entries(sentences)) {
      setSync({ failure: failure as keyof typeof sentences, unsent: 3 });
      // What no waiting mends says at once what to do; the others say so once changes have waited long enough.
      const advice = failure === 'unauthorised' ? ` ${sync.stuck.manager} ${sync.stuck.link}` : '';
      await expect.poll(() => document.querySelector('.shell__notice')?.textContent).toBe(sentence + advice);
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1366);
    }
    setSync({ failure: null });
    await expect.poll(() => document.querySelector('.shell__notice')).toBeNull();
  });

  it('tells the second acknowledgement apart from the first, within the width of the bar', async () => {
    await showPage('/residents', memoryServices(), language);
    const status = () => document.querySelector('.shell__status')?.textContent;
    setSync({ sentAtMs: 1_790_000_000_000, unarchived: 4 });
    await expect.poll(status).toMatch(new RegExp(`^${sync.state.sent.replace('{{time}}', '\\S+')}$`));
    const first = document.querySelector('.shell__status svg')?.getAttribute('class');
    setSync({ unarchived: 0 });
    await expect.poll(status).toMatch(new RegExp(`^${sync.state.archived.replace('{{time}}', '\\S+')}$`));
    expect(document.querySelector('.shell__status svg')?.getAttribute('class')).not.toBe(first);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1366);
    await page.screenshot({ path: `../../test-output/sync/archived-${language}.png` });
  });
});
