import type { Language } from '../../renderer/i18n/i18n.ts';
import { codesOf, type Answers, type AnswerValue } from '../../shared/questionnaire/answers.ts';
import { findCodeList } from '../../shared/questionnaire/code-lists.ts';
import { evaluate, type VisibleQuestion } from '../../shared/questionnaire/conditions.ts';
import { optionsOf, rowsOf, type Questionnaire } from '../../shared/questionnaire/questionnaire.ts';
import { sectionsOf } from '../../shared/questionnaire/questionnaire-schema.ts';
import { adult, fillIn, interview, person, sampleAnswer, shipped } from '../unit/questionnaire/interviews.ts';
import { check, choose, fillDay, findAndTake, textField, type Place } from './fields.ts';
import type { Laptop } from './laptop.ts';
import { backToTasks, kept } from './pages/intake.ts';
import { press, shownQuestion } from './pages/resident-view.ts';
import { textOf } from './words.ts';

/** An interview that was thought out before: what is answered to every question that will be asked. */
export type Plan = {
  readonly questionnaire: Questionnaire;
  readonly answers: Answers;
  readonly asked: readonly VisibleQuestion[];
};

const modules = (questionnaire: Questionnaire) => new Set(questionnaire.file.modules.map(({ key }) => key));

/** Somebody who wants to stay: the shortest interview with consent. The modules afterwards are left for later. */
export function planInterview(values: Readonly<Record<string, AnswerValue>>): Plan {
  const questionnaire = shipped();
  const later = modules(questionnaire);
  const sectionOf = new Map(
    [...questionnaire.file.modules].flatMap(({ key, questions }) =>
      questions.map((question) => [question.key, key] as const),
    ),
  );
  const answers = fillIn(
    questionnaire,
    interview({ intention: 'stay', ...values }, [person('main', 41, adult)]),
    (question) =>
      later.has(sectionOf.get(question.key) ?? '') ? undefined : sampleAnswer(questionnaire.file, question),
  );
  const { visible } = evaluate(questionnaire.file, answers);
  const asked = visible.filter(
    ({ section, question, key }) =>
      !later.has(section) && question.by !== 'system' && question.type !== 'calc' && key !== 'resident_ref',
  );
  return { questionnaire, answers, asked };
}

export const answerTo = ({ questionnaire, answers }: Plan, { key, person: of }: VisibleQuestion): AnswerValue => {
  const value = evaluate(questionnaire.file, answers).answerTo(key, of);
  if (value === undefined) throw new Error(`no answer was thought out to ${key}`);
  return value;
};

/** Gives the answer in the language that the question is shown in. */
export async function answer(
  laptop: Laptop,
  plan: Plan,
  shown: VisibleQuestion,
  language: Language,
  by: 'staff' | 'resident',
): Promise<void> {
  const { question } = shown;
  const { file } = plan.questionnaire;
  const value = answerTo(plan, shown);
  const asked = question.label[language];
  // The page of the resident says in a sentence of its own that a question may be skipped.
  const label =
    by === 'staff' && question.required === 'optional'
      ? textOf(language, 'common:form.optional', { label: asked })
      : asked;
  const place: Place = laptop.page;
  const text = typeof value === 'object' ? '' : String(value);
  const wordOf = (code: string) =>
    optionsOf(file, question).find((option) => option.code === code)?.label[language] ?? code;
  switch (question.type) {
    case 'single':
      return choose(place, label, wordOf(text));
    case 'multi':
    case 'checklist':
    case 'rank':
      return check(place, label, codesOf(value).map(wordOf));
    case 'matrix': {
      const rows = value as Readonly<Record<string, string>>;
      for (const { code, label: row } of rowsOf(file, question)) {
        await choose(place.getByRole('group', { name: label, exact: true }), row[language], wordOf(rows[code] ?? ''));
      }
      return;
    }
    case 'date':
      return fillDay(place, label, text);
    case 'code': {
      const entry = findCodeList(question.codeList)?.entries.find(({ code }) => code === value);
      if (entry !== undefined) {
        return findAndTake(laptop.page, place, label, entry.label[language], entry.label[language]);
      }
      break;
    }
    case 'int':
    case 'text':
    case 'longtext':
    case 'ref':
    case 'signature':
    case 'calc':
      break;
  }
  await textField(place, label).fill(text);
  await textField(place, label).press('Tab');
}

type Person = { readonly family: string; readonly given: string };
const repeats = (plan: Plan, section: string) =>
  plan.asked.some((shown) => shown.section === section && shown.person !== null);

/** From the task list to a section, where it repeats that of the person. */
export async function openSection(laptop: Laptop, plan: Plan, section: string, person: Person): Promise<void> {
  const title = sectionsOf(plan.questionnaire.file).find(({ key }) => key === section)?.title[laptop.language] ?? '';
  const name = repeats(plan, section) ? `${title}: ${person.family}, ${person.given}` : title;
  await laptop.page.getByRole('link', { name, exact: true }).click();
  await laptop.page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
}

/** Fills in the section on the screen: what the member of staff is asked, or with `all` also what the resident says aloud. */
export async function answerAsStaff(laptop: Laptop, plan: Plan, section: string, whose: 'own' | 'all' = 'own') {
  const theirs = plan.asked.filter((one) => one.section === section);
  for (const shown of theirs.filter(({ question }) => whose === 'all' || question.by === 'staff')) {
    await answer(laptop, plan, shown, laptop.language, 'staff');
  }
  await kept(laptop);
}

/** Every section in which something of the staff is open, from the task list and back to it. */
export async function finishAsStaff(laptop: Laptop, plan: Plan, person: Person): Promise<void> {
  const done = ['A_meta', 'B_consent', 'C_persons'];
  const open = plan.asked.filter(({ section, question }) => question.by === 'staff' && !done.includes(section));
  for (const section of new Set(open.map((shown) => shown.section))) {
    await openSection(laptop, plan, section, person);
    await answerAsStaff(laptop, plan, section);
    await backToTasks(laptop);
  }
}

/** Answers what the laptop asks the resident, one question per page: the first `most` of them that are open. */
export async function answerAsResident(laptop: Laptop, plan: Plan, language: Language, most = Infinity): Promise<void> {
  const theirs = plan.asked.filter(({ question }) => question.by === 'resident');
  const first = await shownQuestion(laptop);
  const from = theirs.findIndex(({ question }) => question.label[language] === first);
  for (const shown of theirs.slice(from, from + most)) {
    const heading = laptop.page.getByRole('heading', { level: 1, name: shown.question.label[language], exact: true });
    await heading.waitFor();
    await answer(laptop, plan, shown, language, 'resident');
    await press(laptop, language, 'next');
    await heading.waitFor({ state: 'detached' });
  }
}

/** Waits until the answer stands on the page of a section as it was given. */
export async function hasAnswer(laptop: Laptop, plan: Plan, shown: VisibleQuestion, language: Language): Promise<void> {
  const { question } = shown;
  const value = answerTo(plan, shown);
  const group = laptop.page.getByRole(question.type === 'single' ? 'radiogroup' : 'group', {
    name: question.label[language],
    exact: true,
  });
  const isMatrix = typeof value === 'object' && !Array.isArray(value);
  for (const code of isMatrix ? Object.values(value) : typeof value === 'object' ? codesOf(value) : [value]) {
    const name = optionsOf(plan.questionnaire.file, question).find((option) => option.code === code)?.label[language];
    const role = question.type === 'multi' || question.type === 'checklist' ? 'checkbox' : 'radio';
    await group
      .getByRole(role, { name: name ?? '', exact: true, checked: true })
      .first()
      .waitFor({ state: 'attached' });
  }
}
