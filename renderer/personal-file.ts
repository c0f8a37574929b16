import type { Request } from '../shared/ipc-contract.ts';
import { errorMessage } from './i18n/error-message.ts';
import type { FileRefusal, OpenedFile, Services } from './services.tsx';
import { askFilePassphrase, askHowToSave, type SaveQuestion } from './stores/file-questions.ts';
import { addNotice } from './stores/session-store.ts';

type Out = Pick<Services, 'noteExport' | 'exportFile'>;
type PersonalFile = Omit<SaveQuestion, 'purpose'> & {
  readonly bytes: () => Uint8Array | Promise<Uint8Array>;
  /** What the audit log calls it; names no person. */
  readonly what: string;
  readonly reason: string;
  readonly purpose?: string;
};

/**
 * Asks how a file about persons leaves, notes it in the audit log and saves it. Without the entry nothing leaves; that is
 * said here.
 */
export async function savePersonalFile(services: Out, file: PersonalFile): Promise<'saved' | 'cancelled'> {
  const { name, what, reason, bytes, purpose = null, persons, isSensitive } = file;
  const how = await askHowToSave({ name, persons, isSensitive, purpose });
  if (how === null) return 'cancelled';
  const made = await bytes();
  const noted = await services.noteExport(what, how.purpose);
  if (!noted.ok) {
    addNotice({ tone: 'error', text: errorMessage(noted.error) });
    return 'cancelled';
  }
  return services.exportFile(name, made, reason, how.passphrase);
}

/** A list that the user chooses; where it is sealed its passphrase is asked for, until it is the right one. */
export async function openList(
  services: Pick<Services, 'openFile'>,
  request: Omit<Request<'file:open'>, 'passphrase'>,
): Promise<OpenedFile | FileRefusal> {
  let opened = await services.openFile(request);
  while ('refused' in opened && (opened.refused === 'sealed' || opened.refused === 'sealed-wrong')) {
    const passphrase = await askFilePassphrase(opened.refused === 'sealed' ? null : 'wrong');
    if (passphrase === null) return { refused: 'cancelled', detail: '' };
    opened = await services.openFile({ ...request, again: true, passphrase });
  }
  return opened;
}
