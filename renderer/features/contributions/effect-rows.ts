import { isTouched, type PolicyEffect, type ShownAmounts } from '../../../shared/contribution/policy-effect.ts';
import { addMonths, type IsoMonth } from '../../../shared/kernel/dates.ts';

/** One line of a preview: months after each other with the same before and after. */
export type EffectRow = {
  readonly familyId: string;
  readonly grownChild: string | null;
  readonly from: IsoMonth;
  readonly to: IsoMonth;
  readonly before: ShownAmounts | null;
  readonly after: ShownAmounts | null;
};

/** The effects in their order, by family and month; what stays the same for months is one line. */
export function effectRows(effects: readonly PolicyEffect[]): readonly EffectRow[] {
  const rows: EffectRow[] = [];
  for (const { familyId, grownChild, month, before, after } of effects) {
    const at = rows.findLastIndex((row) => row.familyId === familyId && row.grownChild === grownChild);
    const last = rows[at];
    const goesOn =
      last !== undefined &&
      addMonths(last.to, 1) === month &&
      !isTouched({ before: last.before, after: before }) &&
      !isTouched({ before: last.after, after });
    if (goesOn) rows[at] = { ...last, to: month };
    else rows.push({ familyId, grownChild, from: month, to: month, before, after });
  }
  return rows;
}
