import type { IsoDate } from '../../../shared/kernel/dates.ts';
import type { ProtectionGroup } from '../../../shared/register/protection-decision.ts';

/** Another last day of the protection of a group, before anything is decided. */
export type Scenario = { readonly group: ProtectionGroup; readonly end: IsoDate };
