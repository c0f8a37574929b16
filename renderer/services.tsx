import { createContext, useContext, type ReactNode } from 'react';
import type { DecisionEffect } from '../shared/contribution/decision-effects.ts';
import type { Judgement } from '../shared/contribution/month-facts.ts';
import type { Request, Response } from '../shared/ipc-contract.ts';
import type { IsoDate, IsoMonth } from '../shared/kernel/dates.ts';
import type { Result } from '../shared/kernel/result.ts';
import type { NotFoundError, NotOpenedError, SaveError } from '../shared/errors.ts';
import type { FinaliseError } from '../shared/questionnaire/finalised-intake.ts';
import type { AuditAction, StorageError, UnreadableError } from '../shared/ports.ts';
import type { CaseboxError, SyncError } from '../shared/transport-ports.ts';
import type { Compartment, FieldValues, RecordRef } from '../shared/records/record.ts';
import type { Resident } from '../shared/register/resident.ts';
import type { Edit } from '../shared/sync/make-changes.ts';
import type { ReplicaRecord } from '../shared/sync/replica-record.ts';
import type { SubjectPart } from '../shared/sync/subject-access.ts';
import type { Language } from './i18n/i18n.ts';
import type { AssessedFamily, ReadError } from './use-cases/assess-family.ts';
import type { CaseboxReport } from './use-cases/exchange-casebox.ts';
import type { HeldChange } from './use-cases/held-changes.ts';
import type { PullError } from './use-cases/pull-remote.ts';
import type { Scan } from './use-cases/scan-residents.ts';
import type { Approval, ApprovalReport } from './use-cases/decide-many.ts';
import type { RunLine, RunScope } from './use-cases/month-run.ts';
import type { PolicyChange, PolicyPreview } from './use-cases/preview-policy.ts';
import type { WriteOptions } from './use-cases/write-table.ts';

export type UserCard = { readonly user: string; readonly label: string };
export type UnlockError = {
  readonly type: 'wrong' | 'wait' | 'disabled' | 'damaged' | 'needs-unlocked-user' | 'bad-settings' | 'storage-failed';
  readonly retryAfterMs: number;
};

/** A record as it was when the page opened; `baseOf` names what was on screen then, for the edits of this page. */
export type OpenedRecord = {
  readonly record: ReplicaRecord;
  readonly values: FieldValues;
  /** Fields with several values that a person has to choose from. */
  readonly unsettled: readonly string[];
  readonly baseOf: (field: string) => Edit['base'];
};
export type OpenError = UnreadableError | NotFoundError | NotOpenedError;

/** One save over one or several records: all of it is kept, or nothing. */
export type SaveRequest = {
  readonly records: readonly { readonly ref: RecordRef; readonly edits: readonly Edit[] }[];
  readonly action: AuditAction;
  readonly purpose: string | null;
};
/** `undo` is the save that brings the former values back; null when nothing was changed. */
export type SaveReceipt = { readonly refs: readonly RecordRef[]; readonly undo: SaveRequest | null };

export type OpenedFile = Extract<Response<'file:open'>, { rows: unknown }>;
export type SealedContent = Extract<Response<'sealed:read'>, { content: unknown }>['content'];
type SealedFailure = Extract<Response<'sealed:read'>, { failed: unknown }>['failed'];
export type AuditLines = Extract<Response<'audit:extract'>, { entries: unknown }>;
export type FileRefusal = Extract<Response<'file:open'>, { refused: unknown }>;

export type { AssessedFamily, CaseboxReport, PolicyChange, PolicyPreview };
export type { Approval, ApprovalReport, RunLine, RunScope };

export type SyncOutcome =
  | { readonly type: 'done'; readonly sent: number; readonly received: number }
  | { readonly type: 'not-enrolled' }
  | SyncError;

export type Diagnosis = Response<'app:diagnosis'> & {
  readonly nowMs: number;
  /** Null when the store cannot be opened. */
  readonly counts: { readonly ops: number; readonly rows: number } | null;
  /** Null while nobody is unlocked. */
  readonly exchange: {
    readonly unsent: number;
    readonly oldestUnsentMs: number | null;
    readonly oldestPulledMs: number | null;
    readonly failure: SyncError['type'] | null;
    readonly clockQuality: 0 | 1 | 2;
  } | null;
  /** Of this session: what was damaged and is sound again, and what is not. */
  readonly repaired: number;
  readonly unreadable: number;
};

/** Everything a screen can ask for. Expected failures are values; what throws is a bug and meets the error boundary. */
export type Services = {
  readonly users: () => Promise<readonly UserCard[]>;
  readonly enrol: (label: string, passphrase: string) => Promise<Result<void, UnlockError>>;
  readonly unlock: (user: string, passphrase: string) => Promise<Result<void, UnlockError>>;
  /** Whether this is the passphrase of the user who is unlocked; nothing else changes. */
  readonly verify: (passphrase: string) => Promise<Result<void, UnlockError>>;
  readonly lock: () => Promise<void>;
  readonly setLanguage: (language: Language) => Promise<void>;
  readonly today: () => IsoDate;
  /** 14:05, by the clock of this laptop. */
  readonly clockTime: () => string;
  readonly newId: () => string;

  /** Writes the view to the audit log before it shows the record. */
  readonly open: (ref: RecordRef, purpose?: string) => Promise<Result<OpenedRecord, OpenError>>;
  readonly save: (request: SaveRequest) => Promise<Result<SaveReceipt, SaveError>>;
  /** One save after the other, until one fails or `signal` stops it; `undo` takes back what was saved, first made first. */
  readonly saveAll: (
    requests: Iterable<SaveRequest>,
    onProgress: (saved: number) => void,
    signal: AbortSignal,
  ) => Promise<{ readonly saved: number; readonly undo: readonly SaveRequest[]; readonly error: SaveError | null }>;

  /** Shows `visit` every resident once, for what the list does not hold; one entry in the audit log says what for. */
  readonly scanResidents: (
    purpose: string,
    visit: (resident: Resident, record: ReplicaRecord) => void,
    onProgress: (read: number, total: number) => void,
    signal: AbortSignal,
  ) => Promise<Result<Scan, OpenError>>;

  readonly assess: (familyId: string, month: IsoMonth) => Promise<Result<readonly AssessedFamily[], ReadError>>;
  /** Whom a change of policy would touch; null when `signal` stopped it. */
  readonly previewPolicy: (
    change: PolicyChange,
    onProgress: (done: number, total: number) => void,
    signal: AbortSignal,
  ) => Promise<PolicyPreview | null>;
  /** Every household of a month with what needs attention; null when `signal` stopped it. */
  readonly runMonth: (
    scope: RunScope,
    onProgress: (done: number, total: number) => void,
    signal: AbortSignal,
  ) => Promise<readonly RunLine[] | null>;
  /** Many decisions, in chunks that are kept whole or not at all; `signal` stops it between two of them. */
  readonly decideMany: (
    approvals: readonly Approval[],
    onProgress: (done: number, total: number) => void,
    signal: AbortSignal,
  ) => Promise<ApprovalReport>;
  /** Decisions that would come out otherwise now; null when `signal` stopped it. */
  readonly decisionEffects: (
    onProgress: (done: number, total: number) => void,
    signal: AbortSignal,
  ) => Promise<readonly DecisionEffect[] | null>;
  readonly decide: (
    familyId: string,
    month: IsoMonth,
    grownChild: string | null,
    judgement: Judgement | null,
    confirmation: string | null,
  ) => Promise<Result<RecordRef, ReadError | SaveError>>;

  readonly finaliseIntake: (
    intakeId: string,
    languages: readonly Language[],
  ) => Promise<Result<RecordRef, FinaliseError | SaveError | NotFoundError>>;

  readonly openFile: (request: Request<'file:open'>) => Promise<OpenedFile | FileRefusal>;
  /** Lower-case hex of the SHA-256 of a text. */
  readonly hashOf: (text: string) => string;
  /** What the unlocked user may open. */
  readonly openCompartments: () => Promise<readonly Compartment[]>;
  /** The entry in the audit log of a file that leaves the app: before it is written. `what` names no person. */
  readonly noteExport: (what: string, purpose: string) => Promise<Result<void, StorageError>>;
  /** Everything this laptop holds about one resident, with its history; in the audit log before it is given. */
  readonly gatherSubject: (resident: string, purpose: string) => Promise<Result<readonly SubjectPart[], OpenError>>;
  /**
   * The lines of the log of this laptop about these records, the person's own first; null where they are not given or
   * cannot be read. After `gatherSubject`, which leaves the entry that asks for them.
   */
  readonly subjectLog: (ids: readonly string[]) => Promise<AuditLines | null>;
  /** The bytes of a table as a file, made while the screen goes on; null when `signal` stopped it. */
  readonly writeTable: (
    options: Omit<WriteOptions, 'pause'>,
    rows: readonly (readonly string[])[],
  ) => Promise<Uint8Array | null>;
  /** With a passphrase the file is sealed before it is written. */
  readonly exportFile: (
    name: string,
    bytes: Uint8Array,
    reason: string,
    passphrase?: string | null,
  ) => Promise<'saved' | 'cancelled'>;
  readonly savePdf: (name: string, passphrase?: string | null) => Promise<'saved' | 'cancelled'>;
  /** A file that somebody sealed: chosen, read on the screen, written open. Both acts are in the audit log. */
  readonly openSealed: () => Promise<Response<'sealed:open'>>;
  readonly readSealed: (
    passphrase: string,
  ) => Promise<{ readonly content: SealedContent } | { readonly failed: SealedFailure | 'not-noted' }>;
  readonly saveSealed: () => Promise<Response<'sealed:save'> | 'not-noted'>;
  readonly closeSealed: () => Promise<void>;
  /** The folder for one PDF per letter, chosen by the user; `again` is the last one. */
  readonly letterFolder: (again: boolean) => Promise<Response<'letters:folder'>>;
  /** What the page prints now, as a whole file in that folder. */
  readonly saveLetter: (name: string) => Promise<Response<'letters:save'>>;
  readonly print: () => Promise<void>;

  readonly readDraft: (key: string) => Promise<string | undefined>;
  readonly writeDraft: (key: string, text: string) => Promise<void>;
  readonly removeDraft: (key: string) => Promise<void>;

  readonly syncNow: () => Promise<SyncOutcome>;
  readonly syncStatus: () => Promise<Response<'sync:status'>>;
  /**
   * Changes of this laptop that the endpoint keeps and nobody else sees, as far as this user may see them; without those
   * not let through whose keys are among `read`.
   */
  readonly heldChanges: (read?: ReadonlySet<string>) => Promise<readonly HeldChange[]>;
  readonly connect: (url: string, code: string) => Promise<Response<'sync:enrol'>>;

  /** The exchange by a file on a stick, without any network. */
  readonly caseboxStatus: () => Promise<Response<'casebox:status'>>;
  readonly exportCasebox: () => Promise<
    Result<{ readonly saved: number; readonly left: number }, CaseboxError | StorageError>
  >;
  readonly importCasebox: () => Promise<Result<CaseboxReport, CaseboxError | PullError>>;

  /** For the page that helps an administrator: numbers and codes, nothing of a person. Works while locked. */
  readonly diagnose: () => Promise<Diagnosis>;
};

const ServicesContext = createContext<Services | null>(null);

export function ServicesProvider({ services, children }: { services: Services; children: ReactNode }) {
  return <ServicesContext value={services}>{children}</ServicesContext>;
}

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === null) throw new Error('Bug: no services around this screen');
  return services;
}
