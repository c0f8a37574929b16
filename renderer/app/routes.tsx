import { createHashHistory, createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import * as z from 'zod';
import { FamilyListPage } from '../features/families/FamilyListPage.tsx';
import { FamilyPage } from '../features/families/FamilyPage.tsx';
import { SitePage } from '../features/reception/SitePage.tsx';
import { ReportsPage } from '../features/reports/ReportsPage.tsx';
import { ImportPage } from '../features/residents/ImportPage.tsx';
import { ResidentEditPage, ResidentNewPage } from '../features/residents/ResidentEditPage.tsx';
import { ResidentListPage } from '../features/residents/ResidentListPage.tsx';
import { ResidentPage } from '../features/residents/ResidentPage.tsx';
import { SettingsPage } from '../features/settings/SettingsPage.tsx';
import { ReviewPage } from '../features/sync/ReviewPage.tsx';
import { TodayPage } from '../features/today/TodayPage.tsx';
import { NewUserPage } from '../features/unlock/NewUserPage.tsx';
import { NotFoundPage } from './NotFoundPage.tsx';
import { Shell } from './Shell.tsx';

/** Only codes, ids, days and months stand in an address: never a name or a number of a person. */
const listSearch = z.object({
  status: z.string().optional().catch(undefined),
  site: z.string().optional().catch(undefined),
  sort: z.string().optional().catch(undefined),
  down: z.boolean().optional().catch(undefined),
});
const bedSearch = z.object({
  site: z.string().optional().catch(undefined),
  day: z.string().optional().catch(undefined),
  resident: z.string().optional().catch(undefined),
});

const root = createRootRoute({ notFoundComponent: NotFoundPage });
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });
const at = () => shell;

const routeTree = root.addChildren([
  shell.addChildren([
    createRoute({ getParentRoute: at, path: '/', component: TodayPage }),
    createRoute({
      getParentRoute: at,
      path: '/residents',
      component: ResidentListPage,
      validateSearch: (search) => listSearch.parse(search),
    }),
    createRoute({ getParentRoute: at, path: '/residents/new', component: ResidentNewPage }),
    createRoute({ getParentRoute: at, path: '/residents/import', component: ImportPage }),
    createRoute({ getParentRoute: at, path: '/residents/$id', component: ResidentPage }),
    createRoute({ getParentRoute: at, path: '/residents/$id/edit', component: ResidentEditPage }),
    createRoute({ getParentRoute: at, path: '/families', component: FamilyListPage }),
    createRoute({ getParentRoute: at, path: '/families/$id', component: FamilyPage }),
    createRoute({
      getParentRoute: at,
      path: '/beds',
      component: SitePage,
      validateSearch: (search) => bedSearch.parse(search),
    }),
    createRoute({ getParentRoute: at, path: '/review', component: ReviewPage }),
    createRoute({ getParentRoute: at, path: '/reports', component: ReportsPage }),
    createRoute({ getParentRoute: at, path: '/settings', component: SettingsPage }),
    createRoute({ getParentRoute: at, path: '/settings/new-user', component: NewUserPage }),
  ]),
]);

export const router = createRouter({ routeTree, history: createHashHistory(), defaultNotFoundComponent: NotFoundPage });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
