import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { page } from 'vitest/browser';
import { App } from '../../renderer/app/App.tsx';
import { hearSecondStart } from '../../renderer/app/second-start.ts';
import { changeLanguage, languages, startI18n } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import { useSession } from '../../renderer/stores/session-store.ts';
import { memoryServices } from '../fakes/memory-services.ts';
import { show } from './show.tsx';

beforeAll(() => startI18n('nl'));

it.each(languages)('a second start is told in the window that is open, locked or not, in %s', async (language) => {
  await changeLanguage(language);
  useSession.setState({ notices: [], user: null });
  onTestFinished(() => useSession.setState({ notices: [], user: null }));
  let startAgain = () => undefined as unknown;
  hearSecondStart({ 'app:second-start': (listener) => void (startAgain = () => listener(null)) });
  show(<App services={memoryServices()} />, language);
  await expect.poll(() => document.querySelector('.gate')).not.toBeNull();
  const notice = page.getByText(texts[language].common.wasOpen);
  expect(notice.elements()).toEqual([]);
  startAgain();
  await expect.element(notice).toBeVisible();
  useSession.setState({ notices: [], user: { id: 'u_0123456789abcdef', label: 'Anna', role: 'lead' } });
  await expect.poll(() => document.querySelector('.gate')).toBeNull();
  startAgain();
  await expect.element(notice).toBeVisible();
});
