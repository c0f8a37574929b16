import type { IsoDate } from '../../../shared/kernel/dates.ts';
import type { Value } from '../../../shared/records/record.ts';
import type { SubjectPart } from '../../../shared/sync/subject-access.ts';

type SubjectFile = {
  readonly format: 'onderdak-subject-access';
  readonly version: 1;
  readonly madeOn: string;
  readonly records: readonly {
    readonly kind: string;
    readonly id: string;
    readonly deleted: boolean;
    readonly leftOutAboutOthers: number;
    readonly fields: readonly {
      readonly field: string;
      readonly values: readonly {
        readonly value: Value;
        readonly writtenAt: string | null;
        readonly writtenBy: string | null;
        readonly holdsNow: boolean;
        readonly erased: boolean;
        readonly onlyOnThisLaptop: boolean;
      }[];
    }[];
  }[];
};

/** The same as the document for a machine: every value with its history; `***` stands where somebody else is meant. */
export function toSubjectFile(parts: readonly SubjectPart[], day: IsoDate): SubjectFile {
  return {
    format: 'onderdak-subject-access',
    version: 1,
    madeOn: day,
    records: parts.map(({ kind, id, deleted, leftOut, fields }) => ({
      ...{ kind, id, deleted, leftOutAboutOthers: leftOut },
      fields: fields.map(({ field, values }) => ({
        field,
        values: values.map(({ value, atMs, by, holds, erased, onlyHere }) => ({
          value,
          writtenAt: onlyHere ? null : new Date(atMs).toISOString(),
          writtenBy: onlyHere ? null : by,
          ...{ holdsNow: holds, erased, onlyOnThisLaptop: onlyHere },
        })),
      })),
    })),
  };
}
