import '../../renderer/theme.css';
import { createMemoryHistory, createRouter, RouterProvider } from '@tanstack/react-router';
import { I18nProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { onTestFinished } from 'vitest';
import { router as ownRouter } from '../../renderer/app/routes.tsx';
import { changeLanguage, localeOf, type Language } from '../../renderer/i18n/i18n.ts';
import { useSession } from '../../renderer/stores/session-store.ts';
import { ServicesProvider, type Services } from '../../renderer/services.tsx';

/** The whole app, unlocked, on the page of an address, until the test ends. */
export async function showPage(path: string, services: Services, language: Language = 'nl'): Promise<void> {
  await changeLanguage(language);
  useSession.setState({ notices: [] });
  const { routeTree } = ownRouter;
  const router = createRouter({ routeTree, history: createMemoryHistory({ initialEntries: [path] }) });
  const host = document.body.appendChild(document.createElement('div'));
  const root = createRoot(host);
  root.render(
    <I18nProvider locale={localeOf[language]}>
      <ServicesProvider services={services}>
        <RouterProvider router={router} />
      </ServicesProvider>
    </I18nProvider>,
  );
  onTestFinished(() => {
    root.unmount();
    host.remove();
  });
}
