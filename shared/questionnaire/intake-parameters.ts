import * as z from 'zod';
import { invariant } from '../kernel/assert.ts';
import { daysBetween, isoDate, type IsoDate } from '../kernel/dates.ts';
import parametersJson from './parameters/intake-parameters.json' with { type: 'json' };
import amountsJson from './parameters/support-amounts.json' with { type: 'json' };
import routesJson from './parameters/support-routes.json' with { type: 'json' };

const parameterNames = [
  'absenceBedDays',
  'absenceProvisionDays',
  'dtvLeadDays',
  'passportMarginDays',
  'pregnancyMedicalWeek',
  'reflectionDays.d3',
  'reflectionDays.d7',
  'reflectionDays.d14',
  'reflectionDays.longer',
  'previousSupportYears',
  'territoryListWarnDays',
  'logoValidityYears',
  'salaryCents.reduced',
  'salaryCents.under30',
  'salaryCents.from30',
  'amountRecheckDays',
] as const;
export type IntakeParameterName = (typeof parameterNames)[number];

const day = z.iso.date().transform(isoDate);
const dated = {
  /** null: start or end unknown. Both days are inside the period. */
  validFrom: day.nullable(),
  validTo: day.nullable(),
  source: z.string().min(1),
  checkedOn: day,
  /** V verified, V2022 verified for that year, P partly, U own assumption. */
  mark: z.enum(['V', 'V2022', 'P', 'U']),
};
const parameterRow = z.strictObject({ param: z.enum(parameterNames), value: z.int().min(0), ...dated });
export type IntakeParameterRow = z.infer<typeof parameterRow>;
const group = z.enum(['ua', 'third', 'stateless', 'dual_eu']);
export type NationalityGroup = z.infer<typeof group>;
const channel = z.enum(['dtv', 'iom']);
const route = z.strictObject({ group, channel: channel.nullable(), alternatives: z.array(channel), ...dated });
export type SupportRoute = z.infer<typeof route>;
const amount = z.strictObject({
  group,
  kind: z.enum(['dtv-tailor-made', 'iom-reintegration-adult', 'iom-reintegration-minor', 'dtv-remigration']),
  amountCents: z.int().min(0).nullable(),
  cashMaxCents: z.int().min(0).nullable(),
  perPerson: z.boolean(),
  ...dated,
});
export type SupportAmount = z.infer<typeof amount>;

/** The shipped tables; a mistake in a file of ours is a bug and throws when the module loads. */
const table = z.strictObject({ version: z.string().min(1), rows: z.array(parameterRow) }).parse(parametersJson);
const { routes } = z.strictObject({ routes: z.array(route) }).parse(routesJson);
const { amounts } = z.strictObject({ amounts: z.array(amount) }).parse(amountsJson);

/** Kept in every finalised intake, so that its rules can be read back years later. */
export const parameterVersion: string = table.version;
export const intakeParameterRows: readonly IntakeParameterRow[] = table.rows;

const inForce = (row: { readonly validFrom: IsoDate | null; readonly validTo: IsoDate | null }, on: IsoDate): boolean =>
  (row.validFrom === null || row.validFrom <= on) && (row.validTo === null || on <= row.validTo);

/** The row in force on a day; undefined when that day has none (salary norms outside their year). */
export function findIntakeParameter(param: IntakeParameterName, on: IsoDate): IntakeParameterRow | undefined {
  return table.rows.find((row) => row.param === param && inForce(row, on));
}

/** The numbers the intake rules need: days, or weeks of pregnancy. */
export type RuleNumbers = {
  readonly absenceBedDays: number;
  readonly absenceProvisionDays: number;
  readonly dtvLeadDays: number;
  readonly passportMarginDays: number;
  readonly pregnancyMedicalWeek: number;
  readonly reflectionDays: { readonly d3: number; readonly d7: number; readonly d14: number; readonly longer: number };
};

/** The numbers of §14 on a day. The shipped file covers every day for these, which a test checks. */
export function ruleNumbersOn(on: IsoDate): RuleNumbers {
  const get = (param: IntakeParameterName): number => {
    const row = findIntakeParameter(param, on);
    invariant(row !== undefined, `no row for ${param}`);
    return row.value;
  };
  return {
    absenceBedDays: get('absenceBedDays'),
    absenceProvisionDays: get('absenceProvisionDays'),
    dtvLeadDays: get('dtvLeadDays'),
    passportMarginDays: get('passportMarginDays'),
    pregnancyMedicalWeek: get('pregnancyMedicalWeek'),
    reflectionDays: {
      d3: get('reflectionDays.d3'),
      d7: get('reflectionDays.d7'),
      d14: get('reflectionDays.d14'),
      longer: get('reflectionDays.longer'),
    },
  };
}

/** Who organises the journey, never who is entitled (§3). `channel` null: the caseworker chooses and asks legal advice. */
export function findRoute(nationalityGroup: string, on: IsoDate): SupportRoute | undefined {
  return routes.find((row) => row.group === nationalityGroup && inForce(row, on));
}

/** Rows of a group in force on a day; without an amount the text of `kind` is shown (§4). */
export function supportAmountsOn(nationalityGroup: string, on: IsoDate): readonly SupportAmount[] {
  return amounts.filter((row) => row.group === nationalityGroup && inForce(row, on));
}

/** An amount is printed only from a row in force that was checked less than `amountRecheckDays` ago (§4). */
export function mayPrintAmount(row: SupportAmount, on: IsoDate): boolean {
  const recheck = findIntakeParameter('amountRecheckDays', on)?.value ?? 0;
  return row.amountCents !== null && inForce(row, on) && daysBetween(row.checkedOn, on) < recheck;
}
