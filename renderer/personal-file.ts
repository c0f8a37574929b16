import type { Request } from '../shared/ipc-contract.ts';
import { errorMessage } from './i18n/error-message.ts';
import type { FileRefusal, OpenedFile, Services } from './services.tsx';
import { askFilePassphrase, askHowToSave, type SaveQuestion } from './stores/file-questions.ts';
import { addNotice } from './stores/session-store.ts';

type Out = Pick<Services, 'noteExport' | 'exportFile'>;
type PersonalPage = Omit<SaveQuestion, 'purpose'> & {
  /** What the audit log calls it; names no person. */
  readonly what: string;
  readonly purpose?: string;
};
type PersonalFile = PersonalPage & {
  readonly bytes: () => Uint8Array | Promise<Uint8Array>;
  readonly reason: string;
};

/**
 * Asks how a file about persons leaves, notes it in the audit log and saves it. Without the entry nothing leaves; that is
 * said here.
 */
export async function savePersonalFile(services: Out, file: PersonalFile): Promise<'saved' | 'cancelled'> {
  const how = await askHowToSave({ ...file, purpose: file.purpose ?? null });
  if (how === null) return 'cancelled';
  const made = await file.bytes();
  if (!(await isNoted(services, file.what, how.purpose))) return 'cancelled';
  return services.exportFile(file.name, made, file.reason, how.passphrase);
}

/** The same for what the page prints. */
export async function savePersonalPage(
  services: Pick<Services, 'noteExport' | 'savePdf'>,
  page: PersonalPage,
): Promise<'saved' | 'cancelled'> {
  const how = await askHowToSave({ ...page, purpose: page.purpose ?? null });
  if (how === null || !(await isNoted(services, page.what, how.purpose))) return 'cancelled';
  return services.savePdf(page.name, how.passphrase);
}

async function isNoted(services: Pick<Services, 'noteExport'>, what: string, purpose: string): Promise<boolean> {
  const noted = await services.noteExport(what, purpose);
  if (!noted.ok) addNotice({ tone: 'error', text: errorMessage(noted.error) });
  return noted.ok;
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
