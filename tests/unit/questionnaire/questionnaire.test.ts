import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../shared/questionnaire/conditions.ts';
import { loadQuestionnaire } from '../../../shared/questionnaire/questionnaire.ts';
import { sectionsOf } from '../../../shared/questionnaire/questionnaire-schema.ts';
import type { Answers } from '../../../shared/questionnaire/answers.ts';
import source from '../../../shared/questionnaire/versions/return-intake.1.json' with { type: 'json' };
import { adult, interview, person, returning, shipped, traveller } from './interviews.ts';

/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-call -- the file is mutilated on purpose */
const question = (file: any, key: string): any =>
  [...file.sections, ...file.modules].flatMap((section: any) => section.questions).find((one: any) => one.key === key);
const section = (file: any, key: string): any =>
  [...file.sections, ...file.modules].find((one: any) => one.key === key);

/** One damaged copy for each check of §22: what is damaged, and the error it has to give. */
const damages: readonly [problem: string, path: string, damage: (file: any) => void][] = [
  ['shape', 'version', (file) => (file.version = '1')],
  ['shape', 'sections.0.questions.2.type', (file) => (question(file, 'intake_reason').type = 'radio')],
  ['shape', '', (file) => (file.script = 'answers.x > 1')],
  ['shape', 'sections.0.questions.0.label.uk', (file) => delete question(file, 'site_id').label.uk],
  ['double-question', 'M_outcome.mode', (file) => (question(file, 'outcome').key = 'mode')],
  ['double-section', 'M_outcome', (file) => (section(file, 'K_closing').key = 'M_outcome')],
  ['double-option', 'optionSets.yn.yes', (file) => (file.optionSets.yn[1].code = 'yes')],
  ['reserved-option', 'optionSets.yndk.pnta', (file) => (file.optionSets.yndk[2].code = 'pnta')],
  ['unknown-option-set nowhere', 'A_meta.mode', (file) => (question(file, 'mode').options = 'nowhere')],
  ['unknown-option-set nowhere', 'B_consent.share', (file) => (question(file, 'share').rows = 'nowhere')],
  ['unknown-row sun', 'R_scenario.r_ready', (file) => (question(file, 'r_ready').rowsExcept = ['sun'])],
  ['unknown-code-list x', 'C_persons.nationality_code', (file) => (question(file, 'nationality_code').codeList = 'x')],
  ['unused-option-set', 'optionSets.spare', (file) => (file.optionSets.spare = file.optionSets.yn)],
  ['unknown-section X', 'gates.consent.sections', (file) => file.gates[0].sections.push('X')],
  ['not-exclusive none', 'G_voluntary.alternatives', (file) => delete file.optionSets.alts.at(-1).exclusive],
  ['confidential-is-central', 'H2_urgent.urgent_risk', (file) => (question(file, 'urgent_risk').sync = 'central')],
  ['longtext-leaves-device', 'G_voluntary.staff_note', (file) => (question(file, 'staff_note').sync = 'flag')],
  ['computed-is-not-calc', 'A_meta.mode', (file) => (question(file, 'mode').required = 'computed')],
  ['computed-is-not-calc', 'E_intention.absence_days', (file) => (question(file, 'absence_days').required = 'always')],
  ['min-above-max', 'H_needs.pregnancy_week', (file) => (question(file, 'pregnancy_week').min = 43)],
  ['max-above-options', 'E_intention.reasons', (file) => (question(file, 'reasons').max = 99)],
  [
    'not-an-earlier-question intention',
    'A_meta.mode.showIf',
    (file) => (question(file, 'mode').showIf = { q: 'intention', is: 'stay' }),
  ],
  [
    'not-an-earlier-question mode',
    'A_meta.mode.showIf',
    (file) => (question(file, 'mode').showIf = { q: 'mode', is: 'phone' }),
  ],
  [
    'unknown-option language.tlh',
    'A_meta.language_other.showIf',
    (file) => (question(file, 'language_other').showIf = { q: 'language', is: 'tlh' }),
  ],
  [
    'unknown-fact person.size',
    'C_persons.authority.showIf',
    (file) => (question(file, 'authority').showIf.fact = 'person.size'),
  ],
  [
    'pnta-not-offered mode',
    'A_meta.language.showIf',
    (file) => (question(file, 'language').showIf = { q: 'mode', is: 'pnta' }),
  ],
  [
    'depends-on-person joins_return',
    'E_intention.intention.showIf',
    (file) => (question(file, 'intention').showIf = { q: 'joins_return', is: 'yes' }),
  ],
  [
    'depends-on-person person.age',
    'E_intention.intention.showIf',
    (file) => (question(file, 'intention').showIf = { fact: 'person.age', gte: 18 }),
  ],
  [
    'not-without-answered language',
    'A_meta.interpreter.showIf',
    (file) => (question(file, 'interpreter').showIf = { not: { q: 'language', is: 'nl' } }),
  ],
  [
    'not-an-earlier-question outcome',
    'gates.consent.openWhen',
    (file) => (file.gates[0].openWhen = { q: 'outcome', is: 'info' }),
  ],
  [
    'wrong-type others_present',
    'A_meta.private_setting.showIf',
    (file) => (question(file, 'private_setting').showIf = { q: 'others_present', is: 'nobody' }),
  ],
  ['empty', 'optionSets.yn.yes.uk', (file) => (file.optionSets.yn[0].label.uk = ' ')],
  ['not-trimmed', 'A_meta.mode.label.nl', (file) => (question(file, 'mode').label.nl += ' ')],
  ['placeholder', 'A_meta.mode.label.en', (file) => (question(file, 'mode').label.en = 'Hello {{name}}')],
  ['bracket-plural', 'A_meta.mode.label.nl', (file) => (question(file, 'mode').label.nl = 'Welk(e) gesprek')],
  ['mixed-alphabets', 'A_meta.mode.label.uk', (file) => (question(file, 'mode').label.uk = 'Pозмова')],
  ['russian-letter', 'A_meta.mode.label.uk', (file) => (question(file, 'mode').label.uk = 'Вы')],
  ['wrong-apostrophe', 'A_meta.mode.label.uk', (file) => (question(file, 'mode').label.uk = "сім'я")],
  ['informal-address', 'A_meta.mode.label.uk', (file) => (question(file, 'mode').label.uk = 'Де ваш дім?')],
  [
    'unreachable',
    'A_meta.language_other',
    (file) =>
      (question(file, 'language_other').showIf = {
        all: [
          { q: 'language', is: 'nl' },
          { q: 'language', is: 'uk' },
        ],
      }),
  ],
  [
    'unreachable',
    'C_persons.authority',
    (file) =>
      (question(file, 'authority').showIf = {
        all: [
          { fact: 'person.age', lte: 17 },
          { fact: 'person.age', gte: 18 },
        ],
      }),
  ],
];
/* eslint-enable */

describe('loading a questionnaire', () => {
  it('accepts the shipped file', () => {
    expect(loadQuestionnaire(source)).toMatchObject({ ok: true, value: { id: 'return-intake', version: 1 } });
  });

  it.each([undefined, null, 'x', 7, [], {}])('refuses %j without throwing', (broken) => {
    expect(loadQuestionnaire(broken)).toMatchObject({ ok: false, error: { type: 'bad-questionnaire' } });
  });

  it.each(damages)('reports %s at %s', (problem, path, damage) => {
    const copy: unknown = structuredClone(source);
    damage(copy);
    const loaded = loadQuestionnaire(copy);
    expect(loaded.ok).toBe(false);
    if (loaded.ok) return;
    expect(loaded.error.path).toBe(path);
    expect(loaded.error.problem.startsWith(problem)).toBe(true);
  });
});

describe('the questionnaire at a glance (§13)', () => {
  const { file } = shipped();
  const questions = file.sections.flatMap((one) => one.questions);
  const all = sectionsOf(file).flatMap((one) => one.questions);

  it('has the counts of the design', () => {
    expect([questions.length, file.sections.length]).toEqual([131, 15]);
    expect(file.modules.map((one) => [one.key, one.questions.length])).toEqual([
      ['R_scenario', 17],
      ['P_profession', 22],
    ]);
    expect([Object.keys(file.optionSets).length, Object.values(file.optionSets).flat().length]).toEqual([110, 664]);
    const conditions = all.filter(({ showIf }) => showIf !== undefined).length;
    expect([conditions, file.gates.length]).toEqual([120, 2]);
    const by = (sync: string): number => all.filter((one) => one.sync === sync).length;
    expect([by('central'), by('local'), by('flag')]).toEqual([136, 22, 12]);
  });

  const count = (answers: Answers): readonly [number, number] => {
    const modules = new Set(file.modules.map(({ key }) => key));
    const asked = evaluate(file, answers).visible.filter(
      (one) => !modules.has(one.section) && one.question.by !== 'system',
    );
    return [asked.filter((one) => one.question.by === 'resident').length, asked.length];
  };
  const oneAdult = [person('p1', 35)];
  const family = [
    person('p1', 35, traveller),
    person('p2', 36, traveller),
    person('p3', 10, { ...traveller, authority: 'both_here' }),
    person('p4', 4, { ...traveller, authority: 'both_here' }),
  ];
  it.each<[string, readonly [number, number], Answers]>([
    ['refusal', [1, 13], interview({ consent_participate: 'no', outcome: 'no_part' }, [])],
    ['stay', [16, 39], interview({ intention: 'stay', visits_since: 'v0' }, oneAdult)],
    ['visit', [19, 42], interview({ intention: 'visit', visits_since: 'v0' }, oneAdult)],
    [
      'undecided',
      [20, 45],
      interview({ intention: 'undecided', visits_since: 'v0', rebuild_interest: 'yes', outcome: 'follow' }, oneAdult),
    ],
    ['move', [21, 44], interview({ intention: 'move', certainty: '5', horizon: 'm3_6' }, oneAdult)],
    [
      'exploratory visit',
      [29, 54],
      interview(
        {
          intention: 'explore_visit',
          visits_since: 'v0',
          dest_same: 'same',
          safety_discussed: 'yes',
          rebuild_interest: 'yes',
        },
        oneAdult,
      ),
    ],
    ['return for good', [63, 95], interview(returning, [person('p1', 35, traveller)])],
    ['family of four returning', [119, 180], interview(returning, family)],
  ])('asks on the path %s: of the resident, in total %j', (_path, counts, answers) => {
    expect(count(answers)).toEqual(counts);
  });
});

describe('what is missing', () => {
  const questionnaire = shipped();

  it('names what blocks going on and what only finalising, with the person', () => {
    const missing = questionnaire.missingRequired(interview({}, [person('p1', 35, adult)]));
    expect(missing).toContainEqual({ key: 'tp_nl_since', section: 'D_status', person: 'p1', for: 'finalise' });
    expect(missing).toContainEqual({ key: 'intention', section: 'E_intention', person: null, for: 'always' });
    expect(missing.filter(({ key }) => key === 'urgency')).toHaveLength(1);
    expect(missing.some(({ key }) => key === 'prior_intake_ref' || key === 'absence_days')).toBe(false);
  });

  it('counts a half ticked checklist and a half answered matrix as missing', () => {
    const half = interview({ info_given: ['purpose'], share: { dtv: 'yes' } });
    const keys = questionnaire.missingRequired(half).map(({ key }) => key);
    expect(keys).toEqual(expect.arrayContaining(['info_given', 'share']));
  });

  it('keeps questions of a postponed section for finalising only', () => {
    const missing = questionnaire.missingRequired(interview({ intention: 'return_permanent', private_setting: 'no' }));
    expect(missing.find(({ key }) => key === 'free_choice')).toMatchObject({ for: 'finalise' });
  });

  it('asks of a refused interview only how it ended', () => {
    const refused = interview({ consent_participate: 'later', outcome: 'follow', urgent_risk: [] }, []);
    expect(questionnaire.missingRequired(refused).map(({ key }) => key)).toEqual(['next_contact']);
  });
});
