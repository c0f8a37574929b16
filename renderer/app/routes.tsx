import { createHashHistory, createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import * as z from 'zod';
import { ContributionListPage } from '../features/contributions/ContributionListPage.tsx';
import { ContributionPage } from '../features/contributions/ContributionPage.tsx';
import { DecisionEffectsPage } from '../features/contributions/DecisionEffectsPage.tsx';
import { MonthRunPage } from '../features/contributions/MonthRunPage.tsx';
import { DuePage } from '../features/contributions/DuePage.tsx';
import { FollowUpPage } from '../features/contributions/FollowUpPage.tsx';
import { LetterBatchPage } from '../features/contributions/LetterBatchPage.tsx';
import { LetterPage } from '../features/contributions/LetterPage.tsx';
import { LetterTextsPage } from '../features/contributions/LetterTextsPage.tsx';
import { PaymentsPage } from '../features/contributions/PaymentsPage.tsx';
import { PolicyPage } from '../features/contributions/PolicyPage.tsx';
import { ExpiryPage } from '../features/expiry/ExpiryPage.tsx';
import { FamilyListPage } from '../features/families/FamilyListPage.tsx';
import { FamilyPage } from '../features/families/FamilyPage.tsx';
import { PresencePage } from '../features/presence/PresencePage.tsx';
import { RetentionPage } from '../features/privacy/RetentionPage.tsx';
import { SubjectAccessPage } from '../features/privacy/SubjectAccessPage.tsx';
import { SiteDataPage } from '../features/reception/SiteDataPage.tsx';
import { SitePage } from '../features/reception/SitePage.tsx';
import { ReportsPage } from '../features/reports/ReportsPage.tsx';
import { FactSearchPage } from '../features/residents/FactSearchPage.tsx';
import { ImportPage } from '../features/residents/ImportPage.tsx';
import { DoublesPage } from '../features/residents/DoublesPage.tsx';
import { PersonTasksPage } from '../features/residents/PersonTasksPage.tsx';
import { MergePage } from '../features/residents/MergePage.tsx';
import { ResidentEditPage, ResidentNewPage } from '../features/residents/ResidentEditPage.tsx';
import { ResidentListPage } from '../features/residents/ResidentListPage.tsx';
import { ResidentPage } from '../features/residents/ResidentPage.tsx';
import { IntakeListPage } from '../features/return-intakes/IntakeListPage.tsx';
import { IntakePage } from '../features/return-intakes/IntakePage.tsx';
import { PaperFormPage } from '../features/return-intakes/PaperFormPage.tsx';
import { ResidentViewPage } from '../features/return-intakes/ResidentViewPage.tsx';
import { SectionPage } from '../features/return-intakes/SectionPage.tsx';
import { ContactsPage } from '../features/settings/ContactsPage.tsx';
import { HelpPage } from '../features/settings/HelpPage.tsx';
import { SealedFilePage } from '../features/settings/SealedFilePage.tsx';
import { SettingsPage } from '../features/settings/SettingsPage.tsx';
import { ReviewPage } from '../features/sync/ReviewPage.tsx';
import { TodayPage } from '../features/today/TodayPage.tsx';
import { NewUserPage } from '../features/unlock/NewUserPage.tsx';
import { NotFoundPage } from './NotFoundPage.tsx';
import { Shell } from './Shell.tsx';

/** Only codes, ids, days and months stand in an address: never a name or a number of a person. */
const code = z.string().optional().catch(undefined);
const listSearch = z.object({
  status: z.string().optional().catch(undefined),
  site: z.string().optional().catch(undefined),
  sort: z.string().optional().catch(undefined),
  down: z.boolean().optional().catch(undefined),
  ...{ alone: code, region: code, shelter: code, protection: code, ends: code },
  ...{ out: code, outFrom: code, outUntil: code },
});
/** Kind of fact and its code; `past` shows what is over too. */
const factSearch = z.object({
  kind: z.string().optional().catch(undefined),
  code: z.string().optional().catch(undefined),
  past: z.boolean().optional().catch(undefined),
  from: z.string().optional().catch(undefined),
  until: z.string().optional().catch(undefined),
  ...{ kind2: code, code2: code, site: code },
});
const bedSearch = z.object({
  site: z.string().optional().catch(undefined),
  day: z.string().optional().catch(undefined),
  resident: z.string().optional().catch(undefined),
  view: z.string().optional().catch(undefined),
  building: z.string().optional().catch(undefined),
  /** False where names are not to be seen, on the screen and on paper. */
  names: z.boolean().optional().catch(undefined),
});

/** `resident` begins an interview; `step` is the check before it is recorded; `question` is where a section opens. */
const intakeSearch = z.object({
  resident: z.string().optional().catch(undefined),
  step: z.string().optional().catch(undefined),
  person: z.string().optional().catch(undefined),
  question: z.string().optional().catch(undefined),
});

/** `unit` is a child of age that has amounts of its own; `kind` a letter, `item` the follow-up it is about. */
const monthSearch = z.object({
  month: z.string().optional().catch(undefined),
  unit: z.string().optional().catch(undefined),
  status: z.string().optional().catch(undefined),
  site: z.string().optional().catch(undefined),
  kind: z.string().optional().catch(undefined),
  item: z.string().optional().catch(undefined),
});

/** The codes of a figure: `list` opens the residents or beds behind it. */
const reportSearch = z.object({
  ...{ tab: code, day: code, from: code, list: code, site: code, municipality: code },
  ...{ group: code, band: code, document: code, horizon: code, state: code, region: code, shelter: code },
  ...{ reason: code, days: code, of: code },
});

const root = createRootRoute();
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });
const at = () => shell;

const today = createRoute({ getParentRoute: at, path: '/', component: TodayPage });
const residents = createRoute({
  getParentRoute: at,
  path: '/residents',
  component: ResidentListPage,
  validateSearch: listSearch,
});
const newResident = createRoute({ getParentRoute: at, path: '/residents/new', component: ResidentNewPage });
const importResidents = createRoute({ getParentRoute: at, path: '/residents/import', component: ImportPage });
const resident = createRoute({ getParentRoute: at, path: '/residents/$id', component: ResidentPage });
const editResident = createRoute({ getParentRoute: at, path: '/residents/$id/edit', component: ResidentEditPage });
const subjectAccess = createRoute({
  getParentRoute: at,
  path: '/residents/$id/access',
  component: SubjectAccessPage,
});
const retention = createRoute({ getParentRoute: at, path: '/retention', component: RetentionPage });
const mergeResidents = createRoute({
  getParentRoute: at,
  path: '/residents/$id/merge/$other',
  component: MergePage,
});
const personTasks = createRoute({ getParentRoute: at, path: '/residents/tasks', component: PersonTasksPage });
const doubles = createRoute({ getParentRoute: at, path: '/residents/doubles', component: DoublesPage });
const facts = createRoute({
  getParentRoute: at,
  path: '/residents/facts',
  component: FactSearchPage,
  validateSearch: factSearch,
});
const expiry = createRoute({ getParentRoute: at, path: '/expiry', component: ExpiryPage });
const families = createRoute({ getParentRoute: at, path: '/families', component: FamilyListPage });
const family = createRoute({ getParentRoute: at, path: '/families/$id', component: FamilyPage });
const siteData = createRoute({
  getParentRoute: at,
  path: '/beds/site',
  component: SiteDataPage,
  validateSearch: bedSearch.pick({ site: true }),
});
const beds = createRoute({ getParentRoute: at, path: '/beds', component: SitePage, validateSearch: bedSearch });
const presence = createRoute({
  getParentRoute: at,
  path: '/presence',
  component: PresencePage,
  validateSearch: bedSearch.pick({ site: true, day: true }),
});
const contributions = createRoute({
  getParentRoute: at,
  path: '/contributions',
  component: ContributionListPage,
  validateSearch: monthSearch.pick({ month: true, status: true, site: true }),
});
const contributionRun = createRoute({
  getParentRoute: at,
  path: '/contributions/run',
  component: MonthRunPage,
  validateSearch: monthSearch.pick({ month: true, site: true }),
});
const decisionEffects = createRoute({
  getParentRoute: at,
  path: '/contributions/effects',
  component: DecisionEffectsPage,
});
const payments = createRoute({
  getParentRoute: at,
  path: '/contributions/payments',
  component: PaymentsPage,
  validateSearch: monthSearch.pick({ site: true, status: true }),
});
const contribution = createRoute({
  getParentRoute: at,
  path: '/contributions/$familyId',
  component: ContributionPage,
  validateSearch: monthSearch.pick({ month: true, unit: true }),
});
const contributionLetter = createRoute({
  getParentRoute: at,
  path: '/contributions/$familyId/letter',
  component: LetterPage,
  validateSearch: monthSearch.pick({ month: true, unit: true, kind: true, item: true }),
});
const letters = createRoute({
  getParentRoute: at,
  path: '/letters',
  component: LetterBatchPage,
  validateSearch: monthSearch.pick({ month: true, site: true, kind: true }),
});
const contacts = createRoute({ getParentRoute: at, path: '/settings/contacts', component: ContactsPage });
const letterTexts = createRoute({ getParentRoute: at, path: '/settings/letters', component: LetterTextsPage });
const due = createRoute({
  getParentRoute: at,
  path: '/due',
  component: DuePage,
  validateSearch: monthSearch.pick({ kind: true, site: true }),
});
const followUp = createRoute({ getParentRoute: at, path: '/follow-up/$id', component: FollowUpPage });
const intakes = createRoute({
  getParentRoute: at,
  path: '/intakes',
  component: IntakeListPage,
  validateSearch: intakeSearch.pick({ resident: true }),
});
const paperForm = createRoute({ getParentRoute: at, path: '/intakes/paper', component: PaperFormPage });
const intake = createRoute({
  getParentRoute: at,
  path: '/intakes/$intakeId',
  component: IntakePage,
  validateSearch: intakeSearch.pick({ step: true }),
});
const intakeSection = createRoute({
  getParentRoute: at,
  path: '/intakes/$intakeId/section/$section',
  component: SectionPage,
  validateSearch: intakeSearch.pick({ person: true, question: true }),
});
/** Outside the frame: whoever the laptop is turned to sees no menu, no search and no notices. */
const residentView = createRoute({
  getParentRoute: () => root,
  path: '/intakes/$intakeId/resident/$question',
  component: ResidentViewPage,
  validateSearch: intakeSearch.pick({ person: true }),
});
const review = createRoute({ getParentRoute: at, path: '/review', component: ReviewPage });
const reports = createRoute({
  getParentRoute: at,
  path: '/reports',
  component: ReportsPage,
  validateSearch: reportSearch,
});
const settings = createRoute({ getParentRoute: at, path: '/settings', component: SettingsPage });
const help = createRoute({ getParentRoute: at, path: '/settings/help', component: HelpPage });
const sealedFile = createRoute({ getParentRoute: at, path: '/settings/sealed-file', component: SealedFilePage });
const policy = createRoute({ getParentRoute: at, path: '/settings/municipality', component: PolicyPage });
const newUser = createRoute({ getParentRoute: at, path: '/settings/new-user', component: NewUserPage });
const notFound = createRoute({ getParentRoute: at, path: '/$', component: NotFoundPage });

const routeTree = root.addChildren([
  shell.addChildren([
    today,
    residents,
    newResident,
    importResidents,
    resident,
    editResident,
    mergeResidents,
    personTasks,
    doubles,
    subjectAccess,
    retention,
    facts,
    expiry,
    families,
    family,
    beds,
    siteData,
    presence,
    contributions,
    contributionRun,
    decisionEffects,
    payments,
    contribution,
    contributionLetter,
    letters,
    contacts,
    letterTexts,
    due,
    followUp,
    intakes,
    paperForm,
    intake,
    intakeSection,
    review,
    reports,
    settings,
    help,
    sealedFile,
    policy,
    newUser,
    notFound,
  ]),
  residentView,
]);

export const router = createRouter({ routeTree, history: createHashHistory() });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
