import type { IsoDate } from '../../../shared/kernel/dates.ts';
import type { RecordRef } from '../../../shared/records/record.ts';
import { careStayFieldId, type Resident } from '../../../shared/register/resident.ts';
import type { Edit } from '../../../shared/sync/make-changes.ts';
import type { OpenedRecord } from '../../services.tsx';

type CareField = 'careWho' | 'careFrom' | 'careTo';
type CareProblem = 'who' | 'from' | 'order' | 'overlap';
type Typed = { readonly who: string | null; readonly from: IsoDate | null; readonly to: IsoDate | null };

/** What is wrong with a stay, in the order of the form. The same first day changes that stay: it gets another end. */
export function careProblems(
  { who, from, to }: Typed,
  stays: Resident['careStays'],
): readonly { readonly field: CareField; readonly problem: CareProblem }[] {
  const overlaps = (stay: Resident['careStays'][number]) =>
    from !== null && stay.from !== from && (to === null || stay.from <= to) && (stay.to === null || stay.to >= from);
  return [
    ...(who === null ? [{ field: 'careWho', problem: 'who' } as const] : []),
    ...(from === null ? [{ field: 'careFrom', problem: 'from' } as const] : []),
    ...(from !== null && to !== null && to < from ? [{ field: 'careTo', problem: 'order' } as const] : []),
    ...(stays.some(overlaps) ? [{ field: 'careFrom', problem: 'overlap' } as const] : []),
  ];
}

/** One save of one stay; `to` null while it lasts. */
export function careEdits(
  person: OpenedRecord,
  from: IsoDate,
  to: IsoDate | null,
): readonly { readonly ref: RecordRef; readonly edits: readonly Edit[] }[] {
  const field = careStayFieldId(from);
  return [
    { ref: { kind: 'resident', id: person.record.id }, edits: [{ field, value: { to }, base: person.baseOf(field) }] },
  ];
}
