import type { IsoDate } from '../../../shared/kernel/dates.ts';
import type { Value } from '../../../shared/records/record.ts';
import type { AuditLines } from '../../services.tsx';
import type { SubjectPart } from '../../../shared/sync/subject-access.ts';

type SubjectFile = {
  readonly format: 'onderdak-subject-access';
  readonly version: 2;
  readonly madeOn: string;
  /** Null where the log could not be read. */
  readonly log: {
    readonly isWhole: boolean;
    readonly entries: readonly {
      readonly at: string;
      readonly clockSuspect: boolean;
      readonly by: string;
      readonly role: string;
      readonly action: string;
      readonly kind: string;
      readonly id: string;
      readonly purpose: string | null;
      readonly breakGlass: boolean;
    }[];
  } | null;
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

/**
 * The same as the document for a machine: every value with its history, and who looked; `***` stands where somebody else
 * is meant.
 */
export function toSubjectFile(parts: readonly SubjectPart[], log: AuditLines | null, day: IsoDate): SubjectFile {
  return {
    format: 'onderdak-subject-access',
    version: 2,
    madeOn: day,
    log: log && {
      isWhole: log.isWhole,
      entries: log.entries.map(({ atMs, user, ...entry }) => ({
        at: new Date(atMs).toISOString(),
        by: user,
        ...entry,
      })),
    },
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
