/** Code tables of the register. Their texts stand in `locales/`; a locale check asks one for every code. */

export const sexes = ['F', 'M', 'X', 'unknown'] as const;
export type Sex = (typeof sexes)[number];

/** Under which part of the protection rules somebody falls (register.md §2); the app never decides on it. */
export const nationalityGroups = [
  'ua',
  'permanent-permit',
  'protection',
  'temporary-permit',
  'family',
  'unknown',
] as const;
export type NationalityGroup = (typeof nationalityGroups)[number];

/** Case states (register.md §3). */
export const protectionStatuses = [
  'announced',
  'arrived',
  'registered',
  'rtb-proven',
  'transition',
  'departed',
  'deregistered',
  'rtb-refused',
  'successor-status',
] as const;
export type ProtectionStatus = (typeof protectionStatuses)[number];

export const successorTypes = ['asylum', 'labour', 'study', 'humanitarian', 'transition-document', 'other'] as const;

/** Form of the IND proof of temporary protection. */
export const proofTypes = ['o-document', 'sticker-passport', 'sticker-insert', 'extension-letter', 'other'] as const;
export type ProofType = (typeof proofTypes)[number];

export const documentTypes = [
  'passport',
  'id-card',
  'internal-passport',
  'embassy-certificate',
  'birth-certificate',
  'parent-declaration',
  'o-document',
  'sticker-passport',
  'sticker-insert',
  'extension-letter',
  'other',
] as const;
export type DocumentType = (typeof documentTypes)[number];

/** Why a BRP registration ended. */
export const deregistrationReasons = ['left-country', 'moved', 'ex-officio', 'died', 'other'] as const;

export const departureReasons = [
  'return-to-ukraine',
  'other-country',
  'other-municipality',
  'own-housing',
  'host-family',
  'died',
  'unknown',
  'other',
] as const;
export type DepartureReason = (typeof departureReasons)[number];

/** Kinds of income of the allowance rules; only some of them count (contribution.md). */
export const incomeKinds = [
  'employment',
  'wage-replacement-benefit',
  'supplementary-benefit',
  'pension',
  'student-finance',
  'alimony',
  'site-chores',
  'holiday-pay',
  'bonus',
  'expense-allowance',
  'other',
] as const;
export type RegisteredIncomeKind = (typeof incomeKinds)[number];

export const incomeEvidence = ['payslip', 'benefit-decision', 'bank-statement', 'own-statement', 'none'] as const;
export type IncomeEvidence = (typeof incomeEvidence)[number];

export const relations = [
  'main-person',
  'partner',
  'child',
  'parent',
  'grandparent',
  'sibling',
  'other-relative',
  'guardian',
] as const;
export type Relation = (typeof relations)[number];

export const yesNoUnknown = ['yes', 'no', 'unknown'] as const;
