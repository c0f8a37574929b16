import type { IsoDate } from '../kernel/dates.ts';
import type { RecordRef, Value } from '../records/record.ts';
import type { Site } from '../reception/site.ts';

export type PlannedRecord = {
  readonly ref: RecordRef;
  readonly edits: readonly { readonly field: string; readonly value: Value; readonly base: readonly [] }[];
};
/** One save: the sites of the list, or one family with its people and beds; never half a family. */
export type PlannedSave = { readonly lines: number; readonly records: readonly PlannedRecord[] };

export type PlanOptions = {
  readonly sites: readonly Site[];
  readonly municipality: { readonly code: string; readonly name: string };
  readonly today: IsoDate;
  readonly newId: () => string;
  /** Who is in this bed of a known site already; such a line goes in without the bed. */
  readonly isTaken: (site: string, bed: string, from: IsoDate) => boolean;
  /** The family of somebody of this household who is in the register already: the others join it. */
  readonly familyOf?: (household: string) => string | undefined;
};
