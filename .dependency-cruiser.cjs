const rule = (name, from, to) => ({ name, severity: 'error', from, to });
const only = (name, from, to) => rule(name, { path: from }, { pathNot: [from, ...to] });

/** What a folder of shared/ may import beside itself. */
const below = {
  kernel: 'none',
  records: 'kernel',
  names: 'kernel',
  vault: 'kernel|records',
  search: 'kernel|names',
  register: 'kernel|records|names|search',
  reception: 'kernel|records|register',
  'settled-file': 'kernel',
  contribution: 'kernel|records|register|reception|settled-file',
  questionnaire: 'kernel|records',
  letters: 'kernel|records|register|settled-file',
  'follow-up': 'kernel|records|register|contribution|exchange',
  scenarios: 'kernel|records|register|questionnaire',
  exchange: 'kernel|records|names|search|register|reception',
  reports: 'kernel|records|names|register|reception|exchange',
  sync: 'kernel|records|vault|register|reception|contribution|questionnaire|scenarios|reports|letters|follow-up',
  demo: 'kernel|records|names|search|register|reception|contribution|questionnaire|exchange',
};
const packages = { kernel: 'temporal-polyfill', names: 'none', search: 'none', sync: 'zod|@msgpack/msgpack' };

module.exports = {
  forbidden: [
    rule('no-circular', {}, { circular: true }),
    ...Object.entries(below).map(([folder, lower]) =>
      only(`shared-${folder}`, `^shared/${folder}/`, [
        `^shared/(${lower})/`,
        `node_modules/(${packages[folder] ?? 'zod'})/`,
      ]),
    ),
    only('shared-stays-in-shared', '^shared/', ['node_modules/(zod|@msgpack/msgpack|temporal-polyfill)/']),
    only('ui-knows-no-domain', '^renderer/ui/', ['^shared/kernel/', '^renderer/i18n/', 'node_modules/']),
    only('i18n', '^renderer/i18n/', ['^shared/', '^locales/', 'node_modules/(i18next|react-i18next|react)/']),
    only('stores', '^renderer/stores/', ['^shared/(?!demo/)', 'node_modules/(zustand|react)/']),
    only('use-cases-know-only-ports', '^renderer/use-cases/', ['^shared/(?!demo/)']),
    only('adapters', '^renderer/adapters/', ['^shared/(?!demo/)', 'node_modules/(dexie|hash-wasm|@noble/hashes)/']),
    rule('dexie-only-in-adapters', { pathNot: '^(renderer/adapters|tests)/' }, { path: 'node_modules/dexie/' }),
    rule(
      'adapters-only-from-root',
      { pathNot: '^(renderer/(adapters/|app/compose-services)|tests/)' },
      { path: '^renderer/adapters/' },
    ),
    rule(
      'use-cases-through-services',
      { path: '^renderer/(features|ui|stores)/' },
      { path: '^renderer/use-cases/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'no-feature-to-feature',
      { path: '^renderer/features/([^/]+)/' },
      { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    ),
    rule('nothing-imports-app', { pathNot: '^(renderer/(app/|main)|tests/)' }, { path: '^renderer/app/' }),
    rule(
      'demo-data',
      { pathNot: '^(shared/demo/|renderer/(app/compose-services|features/gallery/)|tests/)' },
      { path: '^shared/demo/' },
    ),
    rule(
      'electron',
      { path: '^electron/' },
      {
        dependencyTypesNot: ['core'],
        pathNot: [
          '^electron/',
          '^shared/((kernel|vault|records)/|ipc-contract|sync/(change|canonical|casebox|chain|frame|page|row-codec|wire-codec|protocol)\\.)',
          'node_modules/',
        ],
      },
    ),
    rule(
      'stand-in-is-named-by-nobody',
      { pathNot: '^(electron/stand-in|tests)/' },
      { path: '^electron/stand-in/|node_modules/playwright-core/' },
    ),
    rule(
      'stand-in-knows-no-app',
      { path: '^electron/stand-in/' },
      { path: '^(electron/(?!stand-in/)|shared/|renderer/)' },
    ),
    rule(
      'endpoint',
      { path: '^endpoint/' },
      {
        dependencyTypesNot: ['core'],
        pathNot: ['^endpoint/', `^shared/(${below.sync}|sync|vault)/`, 'node_modules/'],
      },
    ),
    rule(
      'renderer-not-to-main',
      { path: '^(renderer|shared)/' },
      { path: '^(electron|endpoint)/|node_modules/electron/' },
    ),
    rule('not-to-tests', { pathNot: '^tests/' }, { path: '^tests/' }),
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
