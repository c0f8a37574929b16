import { sectionsOf, type Condition, type Question, type QuestionnaireFile } from './questionnaire-schema.ts';

export type Problem = { readonly path: string; readonly problem: string };

/** Codes that mean 'nothing of this list' cannot stand beside another code of it. */
const exclusiveCodes: readonly string[] = ['none', 'nobody', 'dk', 'na'];

/** Keys, option sets, code lists and the privacy rules of return-intake.md §22; empty when all is well. */
export function findStructureProblems(file: QuestionnaireFile): readonly Problem[] {
  return [
    ...findDoubles(file),
    ...sectionsOf(file).flatMap((section) =>
      section.questions.flatMap((question) => questionProblems(file, question, `${section.key}.${question.key}`)),
    ),
    ...findUnusedSets(file),
    ...file.gates.flatMap((gate) =>
      gate.sections
        .filter((key) => !sectionsOf(file).some((section) => section.key === key))
        .map((key) => ({ path: `gates.${gate.id}.sections`, problem: `unknown-section ${key}` })),
    ),
  ];
}

function findDoubles(file: QuestionnaireFile): Problem[] {
  const sections = sectionsOf(file);
  return [
    ...doubles(sections.map(({ key }) => key)).map((path) => ({ path, problem: 'double-section' })),
    ...doubles(file.gates.map(({ id }) => id)).map((id) => ({ path: `gates.${id}`, problem: 'double-gate' })),
    ...doubles(file.facts.map(({ key }) => key)).map((key) => ({ path: `facts.${key}`, problem: 'double-fact' })),
    ...doubles(file.codeLists.map(({ key }) => key)).map((key) => ({
      path: `codeLists.${key}`,
      problem: 'double-code-list',
    })),
    ...sections.flatMap((section, at) =>
      section.questions.flatMap((question, index) =>
        sections.some((other, otherAt) =>
          other.questions.some(
            (same, sameIndex) => same.key === question.key && (otherAt < at || (otherAt === at && sameIndex < index)),
          ),
        )
          ? [{ path: `${section.key}.${question.key}`, problem: 'double-question' }]
          : [],
      ),
    ),
    ...Object.entries(file.optionSets).flatMap(([set, options]) =>
      doubles(options.map(({ code }) => code)).map((code) => ({
        path: `optionSets.${set}.${code}`,
        problem: 'double-option',
      })),
    ),
    ...Object.entries(file.optionSets).flatMap(([set, options]) =>
      options
        .filter(({ code }) => code === 'pnta')
        .map(() => ({ path: `optionSets.${set}.pnta`, problem: 'reserved-option' })),
    ),
  ];
}

const doubles = (keys: readonly string[]): string[] => [...new Set(keys.filter((key, at) => keys.indexOf(key) !== at))];

/** The option sets a question draws from: its answers, and the rows of a matrix. */
export function setsOf(question: Question): readonly string[] {
  const sets = 'options' in question && question.options !== undefined ? [question.options] : [];
  return question.type === 'matrix' ? [...sets, question.rows] : sets;
}

function findUnusedSets(file: QuestionnaireFile): Problem[] {
  const used = new Set(sectionsOf(file).flatMap((section) => section.questions.flatMap(setsOf)));
  return Object.keys(file.optionSets)
    .filter((set) => !used.has(set))
    .map((set) => ({ path: `optionSets.${set}`, problem: 'unused-option-set' }));
}

function questionProblems(file: QuestionnaireFile, question: Question, path: string): Problem[] {
  const problems: Problem[] = [];
  const report = (wrong: boolean, problem: string): void => void (wrong && problems.push({ path, problem }));
  for (const set of setsOf(question)) report(!Object.hasOwn(file.optionSets, set), `unknown-option-set ${set}`);
  if (question.type === 'code') {
    report(!file.codeLists.some(({ key }) => key === question.codeList), `unknown-code-list ${question.codeList}`);
  }
  if (question.type === 'matrix') {
    const rows = file.optionSets[question.rows] ?? [];
    for (const row of question.rowsExcept ?? []) report(!rows.some(({ code }) => code === row), `unknown-row ${row}`);
  }
  if (question.type === 'multi' || question.type === 'rank') {
    for (const option of file.optionSets[question.options] ?? []) {
      report(exclusiveCodes.includes(option.code) && option.exclusive !== true, `not-exclusive ${option.code}`);
    }
    const size = file.optionSets[question.options]?.length ?? 0;
    report(question.max !== undefined && size > 0 && question.max > size, 'max-above-options');
  }
  report(question.type === 'int' && question.min > question.max, 'min-above-max');
  report(question.privacy === 'confidential' && question.sync === 'central', 'confidential-is-central');
  report(question.type === 'longtext' && question.sync !== 'local', 'longtext-leaves-device');
  report((question.required === 'computed') !== (question.type === 'calc'), 'computed-is-not-calc');
  return problems;
}

/** Every condition names earlier questions or declared facts, existing options, and refuses safely (return-intake.md §22). */
export function findConditionProblems(file: QuestionnaireFile): readonly Problem[] {
  const problems: Problem[] = [];
  const earlier = new Map<string, Asked>();
  for (const section of sectionsOf(file)) {
    const repeated = section.repeat === 'person';
    for (const gate of file.gates.filter(({ sections }) => sections.includes(section.key))) {
      // A gate opens once for the whole intake, also before sections that repeat.
      const check = { file, earlier, repeated: false, path: `gates.${gate.id}.openWhen` };
      problems.push(...conditionProblems(gate.openWhen, [], check));
    }
    if (section.showIf !== undefined) {
      const check = { file, earlier, repeated, path: `${section.key}.showIf` };
      problems.push(...conditionProblems(section.showIf, [], check));
    }
    for (const question of section.questions) {
      if (question.showIf !== undefined) {
        const check = { file, earlier, repeated, path: `${section.key}.${question.key}.showIf` };
        problems.push(...conditionProblems(question.showIf, [], check));
      }
      earlier.set(question.key, { question, repeated });
    }
  }
  return problems;
}

type Asked = { readonly question: Question; readonly repeated: boolean };
type Check = {
  readonly file: QuestionnaireFile;
  readonly earlier: ReadonlyMap<string, Asked>;
  readonly repeated: boolean;
  readonly path: string;
};
type Leaf = Extract<Condition, { readonly q: string }>;

function conditionProblems(condition: Condition, siblings: readonly Condition[], check: Check): Problem[] {
  if ('all' in condition) return condition.all.flatMap((part) => conditionProblems(part, condition.all, check));
  if ('any' in condition) return condition.any.flatMap((part) => conditionProblems(part, [], check));
  if ('not' in condition) {
    const unguarded = questionsNegated(condition.not).filter(
      (q) => !siblings.some((sibling) => 'answered' in sibling && sibling.q === q),
    );
    return [
      ...unguarded.map((q) => ({ path: check.path, problem: `not-without-answered ${q}` })),
      ...conditionProblems(condition.not, [], check),
    ];
  }
  if ('fact' in condition) {
    const fact = check.file.facts.find(({ key }) => key === condition.fact);
    if (fact === undefined) return [{ path: check.path, problem: `unknown-fact ${condition.fact}` }];
    const outOfScope = fact.scope === 'person' && !check.repeated;
    return outOfScope ? [{ path: check.path, problem: `depends-on-person ${condition.fact}` }] : [];
  }
  return leafProblems(condition, check);
}

/** Questions whose silence would turn the `not` true; `not answered` means exactly that and is left out. */
function questionsNegated(condition: Condition): readonly string[] {
  if ('all' in condition) return condition.all.flatMap(questionsNegated);
  if ('any' in condition) return condition.any.flatMap(questionsNegated);
  if ('not' in condition) return questionsNegated(condition.not);
  return 'fact' in condition || 'answered' in condition ? [] : [condition.q];
}

function leafProblems(leaf: Leaf, { file, earlier, repeated, path }: Check): Problem[] {
  const asked = earlier.get(leaf.q);
  if (asked === undefined) return [{ path, problem: `not-an-earlier-question ${leaf.q}` }];
  const problems: Problem[] = [];
  const report = (wrong: boolean, problem: string): void => void (wrong && problems.push({ path, problem }));
  const { question } = asked;
  report(asked.repeated && !repeated, `depends-on-person ${leaf.q}`);
  const codes = 'is' in leaf ? [leaf.is] : 'in' in leaf ? leaf.in : 'includes' in leaf ? [leaf.includes] : [];
  const options = 'options' in question ? (file.optionSets[question.options ?? ''] ?? []) : [];
  for (const code of codes) {
    if (code === 'pnta' && !('includes' in leaf)) report(!question.pnta, `pnta-not-offered ${leaf.q}`);
    else report(!options.some((option) => option.code === code), `unknown-option ${leaf.q}.${code}`);
  }
  const real = codes.filter((code) => code !== 'pnta');
  const chosen = question.type === 'single' || question.type === 'calc';
  const several = question.type === 'multi' || question.type === 'rank' || question.type === 'checklist';
  if ('is' in leaf || 'in' in leaf) report(real.length > 0 && !chosen, `wrong-type ${leaf.q}`);
  if ('includes' in leaf) report(!several, `wrong-type ${leaf.q}`);
  if ('gte' in leaf || 'lte' in leaf) report(question.type !== 'int', `wrong-type ${leaf.q}`);
  return problems;
}
