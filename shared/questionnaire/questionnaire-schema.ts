import * as z from 'zod';

const text = z.strictObject({ nl: z.string(), uk: z.string(), en: z.string() });
/** One wording in the three languages of the interface. */
export type Text = z.infer<typeof text>;
export type Language = keyof Text;
export const languages = ['nl', 'uk', 'en'] as const satisfies readonly Language[];

export type Condition =
  | { readonly q: string; readonly answered: true }
  | { readonly q: string; readonly is: string }
  | { readonly q: string; readonly in: readonly string[] }
  | { readonly q: string; readonly includes: string }
  | { readonly q: string; readonly gte: number }
  | { readonly q: string; readonly lte: number }
  | { readonly fact: string; readonly gte: number }
  | { readonly fact: string; readonly lte: number }
  | { readonly not: Condition }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] };

const q = z.string();
const several = z.lazy(() => z.array(condition).min(1));
const condition: z.ZodType<Condition> = z.union([
  z.strictObject({ q, answered: z.literal(true) }),
  z.strictObject({ q, is: z.string() }),
  z.strictObject({ q, in: z.array(z.string()).min(2) }),
  z.strictObject({ q, includes: z.string() }),
  z.strictObject({ q, gte: z.int() }),
  z.strictObject({ q, lte: z.int() }),
  z.strictObject({ fact: z.string(), gte: z.int() }),
  z.strictObject({ fact: z.string(), lte: z.int() }),
  z.strictObject({ not: z.lazy(() => condition) }),
  z.strictObject({ all: several }),
  z.strictObject({ any: several }),
]);

/** Keys become field ids and map keys, so they hold no dot and no space. */
const key = z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/);
const code = z.string().regex(/^[A-Za-z0-9_]+$/);
const size = z.int().min(1);

const base = {
  key,
  by: z.enum(['resident', 'staff', 'system']),
  pnta: z.boolean(),
  required: z.enum(['always', 'finalise', 'optional', 'computed']),
  privacy: z.enum(['general', 'personal', 'special', 'confidential']),
  sync: z.enum(['central', 'local', 'flag']),
  showIf: condition.optional(),
  label: text,
};

const question = z.discriminatedUnion('type', [
  z.strictObject({ ...base, type: z.literal('single'), options: z.string() }),
  z.strictObject({ ...base, type: z.literal('checklist'), options: z.string() }),
  z.strictObject({ ...base, type: z.literal('multi'), options: z.string(), max: size.optional() }),
  z.strictObject({ ...base, type: z.literal('rank'), options: z.string(), max: size }),
  z.strictObject({
    ...base,
    type: z.literal('matrix'),
    rows: z.string(),
    options: z.string(),
    rowsExcept: z.array(z.string()).optional(),
  }),
  z.strictObject({ ...base, type: z.literal('text'), maxLength: size }),
  z.strictObject({ ...base, type: z.literal('longtext'), maxLength: size }),
  z.strictObject({ ...base, type: z.literal('int'), min: z.int(), max: z.int() }),
  z.strictObject({ ...base, type: z.literal('date') }),
  z.strictObject({ ...base, type: z.literal('signature') }),
  z.strictObject({ ...base, type: z.literal('code'), codeList: z.string() }),
  z.strictObject({ ...base, type: z.literal('ref'), refTo: z.enum(['site', 'user', 'intake', 'resident']) }),
  z.strictObject({
    ...base,
    type: z.literal('calc'),
    computedBy: z.enum(['absence-days', 'territory-status']),
    options: z.string().optional(),
  }),
]);
export type Question = z.infer<typeof question>;

const option = z.strictObject({
  code,
  label: text,
  exclusive: z.literal(true).optional(),
  opensText: z.literal(true).optional(),
});
export type Option = z.infer<typeof option>;

const section = z.strictObject({
  key,
  title: text,
  repeat: z.union([z.null(), z.literal('person')]),
  showIf: condition.optional(),
  questions: z.array(question).min(1),
});
export type Section = z.infer<typeof section>;

const gate = z.strictObject({
  id: key,
  effect: z.enum(['hide', 'postpone']),
  sections: z.array(z.string()).min(1),
  openWhen: condition,
});

/** The shape of a questionnaire file (return-intake.md §22); what its parts owe each other is checked after this. */
export const questionnaireFileSchema = z.strictObject({
  id: z.literal('return-intake'),
  version: z.int().min(1),
  status: z.enum(['draft', 'in-force', 'retired']),
  date: z.iso.date(),
  languages: z.tuple([z.literal('nl'), z.literal('uk'), z.literal('en')]),
  reserved: z.strictObject({ pnta: text }),
  facts: z.array(
    z.strictObject({
      key: z.string(),
      type: z.literal('int'),
      scope: z.enum(['person', 'intake']),
      meaning: z.string(),
    }),
  ),
  codeLists: z.array(
    z.strictObject({ key: z.string(), source: z.string(), codeField: z.string(), shipped: z.boolean() }),
  ),
  statements: z.strictObject({ participation: text, voluntary: text }),
  gates: z.array(gate),
  sections: z.array(section).min(1),
  modules: z.array(section),
  optionSets: z.record(z.string(), z.array(option).min(1)),
});
export type QuestionnaireFile = z.infer<typeof questionnaireFileSchema>;

/** Every section with its questions in the order of asking: the intake first, then the modules. */
export const sectionsOf = (file: QuestionnaireFile): readonly Section[] => [...file.sections, ...file.modules];
