import '../../renderer/theme.css';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
  type RouterHistory,
} from '@tanstack/react-router';
import { I18nProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { onTestFinished } from 'vitest';
import { page } from 'vitest/browser';
import { Shell } from '../../renderer/app/Shell.tsx';
import { IntakeListPage } from '../../renderer/features/return-intakes/IntakeListPage.tsx';
import { IntakePage } from '../../renderer/features/return-intakes/IntakePage.tsx';
import { ResidentViewPage } from '../../renderer/features/return-intakes/ResidentViewPage.tsx';
import { SectionPage } from '../../renderer/features/return-intakes/SectionPage.tsx';
import { changeLanguage, localeOf, type Language } from '../../renderer/i18n/i18n.ts';
import { ServicesProvider } from '../../renderer/services.tsx';
import { setSession, useSession } from '../../renderer/stores/session-store.ts';
import { setSync } from '../../renderer/stores/sync-store.ts';
import { isoDate } from '../../shared/kernel/dates.ts';
import { err, ok } from '../../shared/kernel/result.ts';
import type { AnswerValue } from '../../shared/questionnaire/answers.ts';
import { findQuestion } from '../../shared/questionnaire/questionnaire.ts';
import { answerField, makeDraft } from '../../shared/questionnaire/return-intake.ts';
import type { Value } from '../../shared/records/record.ts';
import { finaliseInMemory } from '../fakes/finalise-in-memory.ts';
import { opening, shipped } from '../unit/questionnaire/interviews.ts';
import { memoryServices, testUser, type MemoryServices } from '../fakes/memory-services.ts';

export const passphrase = 'kanarie klimt naar zolder';
export const today = isoDate('2026-11-24');
export const site = '11111111-1111-4111-8111-111111111111';
export const intakeId = '22222222-2222-4222-8222-222222222222';
export const olena = '33333333-3333-4333-8333-333333333333';
export const taras = '44444444-4444-4444-8444-444444444444';
export const sofiia = '55555555-5555-4555-8555-555555555555';
const family = '66666666-6666-4666-8666-666666666666';

/** A family of three on one site. */
export function intakeServices(): MemoryServices {
  const services: MemoryServices = memoryServices({
    day: today,
    users: () => Promise.resolve([{ user: testUser, label: 'M. de Vries' }]),
    verify: (typed) => Promise.resolve(typed === passphrase ? ok(undefined) : err({ type: 'wrong', retryAfterMs: 0 })),
    finaliseIntake: (id, languages) => finaliseInMemory(services)(id, languages),
  });
  services.put({ kind: 'site', id: site }, { placement: { site }, name: 'Noord' });
  const resident = (id: string, given: string, givenCyrillic: string, birthDate: string) => {
    services.put(
      { kind: 'resident', id },
      {
        placement: { site },
        name: { family: 'Bondarenko', given, patronymic: '', familyCyrillic: 'Бондаренко', givenCyrillic },
        birthDate,
        arrival: { date: '2023-04-01', from: 'ukraine' },
      },
    );
  };
  resident(olena, 'Olena', 'Олена', '1988-03-31');
  resident(taras, 'Taras', 'Тарас', '1985-07-02');
  resident(sofiia, 'Sofiia', 'Софія', '2015-05-05');
  services.put(
    { kind: 'family', id: family },
    {
      placement: { site },
      label: 'Bondarenko',
      ...Object.fromEntries(
        [olena, taras, sofiia].map((id, at) => [
          `member.${id}.2023-04-01`,
          { to: null, relation: at === 0 ? 'main-person' : at === 1 ? 'partner' : 'child' },
        ]),
      ),
    },
  );
  return services;
}

export const draft = { kind: 'returnIntake', id: intakeId } as const;
export const answerIn = (services: MemoryServices, key: string, of: string | null = null): Value | undefined =>
  services.valuesIn(draft)[answerField(key, of)];
export const labelOf = (key: string, language: Language = 'nl'): string =>
  findQuestion(shipped().file, key)?.label[language] ?? key;
export const heading = () => page.getByRole('heading', { level: 1 });

/** What an interview in private starts with, without what the app fills in. */
export function begun(values: AnswersByField): AnswersByField {
  const { site_id: _site, caseworker_id: _user, ...asked } = opening;
  return { ...asked, ...values };
}

export type AnswersByField = Readonly<Record<string, AnswerValue>>;

/** A draft with answers by question, or by `<question>.<resident>`. */
export function putDraft(services: MemoryServices, residents: readonly string[], answers: AnswersByField = {}): void {
  services.put(
    { kind: 'returnIntake', id: intakeId },
    {
      ...makeDraft(site, residents, today),
      [answerField('caseworker_id', null)]: testUser,
      ...Object.fromEntries(Object.entries(answers).map(([key, value]) => [`answer.${key}`, value as Value])),
    },
  );
}

/** The screens of the interview in the frame of the app, at an address, until the test ends. */
export async function showIntakes(
  services: MemoryServices,
  path: string,
  language: Language = 'nl',
): Promise<RouterHistory> {
  await changeLanguage(language);
  setSession({ user: { id: testUser, label: 'M. de Vries', role: 'caseworker' }, protection: 'full' });
  useSession.setState({ notices: [] });
  setSync({ enrolled: true, unsent: 0 });
  const root = createRootRoute();
  const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });
  const history = createMemoryHistory({ initialEntries: [path] });
  const router = createRouter({
    history,
    routeTree: root.addChildren([
      shell.addChildren([
        createRoute({ getParentRoute: () => shell, path: '/', component: () => <p>{'Vandaag'}</p> }),
        createRoute({ getParentRoute: () => shell, path: '/intakes', component: IntakeListPage }),
        createRoute({ getParentRoute: () => shell, path: '/intakes/$intakeId', component: IntakePage }),
        createRoute({
          getParentRoute: () => shell,
          path: '/intakes/$intakeId/section/$section',
          component: SectionPage,
        }),
      ]),
      createRoute({
        getParentRoute: () => root,
        path: '/intakes/$intakeId/resident/$question',
        component: ResidentViewPage,
      }),
    ]),
  });
  const host = document.body.appendChild(document.createElement('div'));
  const reactRoot = createRoot(host);
  reactRoot.render(
    <I18nProvider locale={localeOf[language]}>
      <ServicesProvider services={services}>
        <RouterProvider router={router as never} />
      </ServicesProvider>
    </I18nProvider>,
  );
  onTestFinished(() => {
    reactRoot.unmount();
    host.remove();
  });
  return history;
}
