import type { DecisionError } from './contribution/decision.ts';
import type { FamilyMonthError } from './contribution/family-month.ts';
import type { NoParametersError } from './contribution/parameters.ts';
import type { RegisterFactsError } from './contribution/register-facts.ts';
import type { MovedError, StorageError, UnreadableError } from './ports.ts';
import type { FinaliseError } from './questionnaire/finalised-intake.ts';
import type { ChangeError } from './sync/make-changes.ts';

/** Why the amounts of a family and month cannot be given. */
export type AssessError = FamilyMonthError | NoParametersError | RegisterFactsError | DecisionError;
/** Why a save did not happen; what was typed is still there. */
export type SaveError = ChangeError | MovedError | StorageError | UnreadableError | NoContactError;
/** This laptop is so long without contact that it takes nothing new. */
export type NoContactError = { readonly type: 'no-contact' };
export type NotFoundError = { readonly type: 'not-found' };
/** Who looks at a record is kept, and just now it cannot be; what was saved before is as it was. */
export type NotOpenedError = { readonly type: 'not-opened' };

/** Everything a screen can be told; each has a sentence in three languages, or the app does not compile. */
export type AppError = AssessError | SaveError | FinaliseError | NotFoundError | NotOpenedError;
