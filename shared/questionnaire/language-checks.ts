import type { Problem } from './questionnaire-checks.ts';
import { languages, sectionsOf, type Language, type QuestionnaireFile, type Text } from './questionnaire-schema.ts';

/** Every wording of a questionnaire with the path it stands under. */
export function textsOf(file: QuestionnaireFile): readonly { readonly path: string; readonly text: Text }[] {
  return [
    { path: 'reserved.pnta', text: file.reserved.pnta },
    { path: 'statements.participation', text: file.statements.participation },
    { path: 'statements.voluntary', text: file.statements.voluntary },
    ...sectionsOf(file).flatMap((section) => [
      { path: `${section.key}.title`, text: section.title },
      ...section.questions.map(({ key, label }) => ({ path: `${section.key}.${key}.label`, text: label })),
    ]),
    ...Object.entries(file.optionSets).flatMap(([set, options]) =>
      options.map(({ code, label }) => ({ path: `optionSets.${set}.${code}`, text: label })),
    ),
  ];
}

/** Wording that is missing, unfinished or against the fixed choices of return-intake.md §17 and §22. */
export function findLanguageProblems(file: QuestionnaireFile): readonly Problem[] {
  return textsOf(file).flatMap(({ path, text }) =>
    languages.flatMap((language) =>
      wordingProblems(text[language], language).map((problem) => ({ path: `${path}.${language}`, problem })),
    ),
  );
}

const tests: readonly { readonly problem: string; readonly only?: Language; readonly wrong: RegExp }[] = [
  { problem: 'empty', wrong: /^\s*$/ },
  { problem: 'not-trimmed', wrong: /^\s+\S|\S\s+$/ },
  { problem: 'placeholder', wrong: /[{}<>]|%[sd\d]|\bTODO\b|\bXXX\b|\.\.\.|_{2,}/ },
  // `kind(eren)`: a plural in brackets cannot be read aloud and has no Ukrainian form.
  { problem: 'bracket-plural', wrong: /\p{L}\(\p{L}{1,4}\)/u },
  {
    problem: 'mixed-alphabets',
    wrong: /\p{Script=Latin}[\p{M}ʼ]*\p{Script=Cyrillic}|\p{Script=Cyrillic}[\p{M}ʼ]*\p{Script=Latin}/u,
  },
  { problem: 'russian-letter', only: 'uk', wrong: /[ыэёъ]/iu },
  { problem: 'wrong-apostrophe', only: 'uk', wrong: /['’‘`´]/ },
  { problem: 'informal-address', only: 'uk', wrong: /(?<!\p{L})(?:ви|вас|вам|вами|ваш\p{L}*)(?!\p{L})/u },
];

function wordingProblems(wording: string, language: Language): readonly string[] {
  return tests
    .filter(({ only, wrong }) => (only === undefined || only === language) && wrong.test(wording))
    .map(({ problem }) => problem);
}
