import i18next from 'i18next';
import type { HostEvents } from '../../shared/ipc-contract.ts';
import { addNotice } from '../stores/session-store.ts';

/** Whoever starts the app again gets the window that is open, and is told why nothing else came. */
export function hearSecondStart(events: Pick<HostEvents, 'app:second-start'> = window.hostEvents): void {
  events['app:second-start'](() => addNotice({ tone: 'ok', text: i18next.t('wasOpen') }));
}
