import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Text that a person reads or hears comes from the locale files. */
const hardCodedText = [
  { selector: 'JSXText[value=/\\p{L}/u]', message: 'Put this text in the locale files and use t().' },
  {
    selector: 'JSXAttribute[name.name=/^(alt|aria-label|aria-description|hint|label|placeholder|title)$/] > Literal',
    message: 'Put this text in the locale files and use t().',
  },
];
/** `no-restricted-imports` cannot be used here: it would refuse `import * as z` as well. */
const zodByName = {
  selector:
    'ImportDeclaration[source.value="zod"] > :matches(ImportDefaultSpecifier, ImportSpecifier[imported.name="z"])',
  message: "Write `import * as z from 'zod'`: the other forms add 66 KB to every page.",
};
const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: a file and what it gives are then found under one word.',
};
const impure = [
  {
    selector: 'MemberExpression[object.name="Date"][property.name="now"]',
    message: 'shared/ has no clock: take the time as an argument.',
  },
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'shared/ has no clock: take the day as an argument.',
  },
  {
    selector: 'MemberExpression[object.name="Math"][property.name="random"]',
    message: 'shared/ has no randomness: take it as an argument.',
  },
];
/** The first write of such a transaction may be committed alone (security.md finding 4). */
const nothingElseInTransactions = {
  selector:
    'CallExpression[callee.property.name="transaction"] :matches(Identifier[name=/^(subtle|fetch|setTimeout|host)$/], CallExpression[callee.name=/^(seal|open)/], CallExpression[callee.property.name=/^(seal|open)/])',
  message: 'Seal, open and ask before the transaction; inside it only IndexedDB calls.',
};
const htmlFromText = [
  { selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: 'Text is shown as text.' },
  { selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML)$/]', message: 'Text is shown as text.' },
];
const everywhere = [zodByName, noDefaultExport, ...htmlFromText];

export default defineConfig(
  globalIgnores(['out/', 'release/', 'demo-output/', 'test-output/', 'coverage/', '.vitest/']),
  js.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  jsxA11y.flatConfigs.strict,
  reactHooks.configs.flat['recommended-latest'],
  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'no-restricted-syntax': ['error', ...everywhere],
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'xlsx', message: 'Use read-excel-file and write-excel-file.' }, 'exceljs', 'moment'] },
      ],
      'no-eval': 'error',
      'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // A handler of an event may be async; what it does with a failure is its own affair.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  { files: ['shared/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...everywhere, ...impure] } },
  {
    files: ['renderer/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, nothingElseInTransactions] },
  },
  { files: ['renderer/**/*.tsx'], rules: { 'no-restricted-syntax': ['error', ...everywhere, ...hardCodedText] } },
  { files: ['*.config.ts', '*.config.js'], rules: { 'no-restricted-syntax': ['error', zodByName] } },
  { files: ['**/*.js', '**/*.cjs', '**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
  // Pages that try what the policy forbids.
  { files: ['tests/fixtures/**/*.js'], rules: { 'no-eval': 'off', 'no-restricted-syntax': 'off' } },
  prettier,
);
