import i18next from 'i18next';

type Refusal = {
  readonly type: 'wrong' | 'wait' | 'disabled' | 'damaged' | 'needs-unlocked-user' | 'bad-settings' | 'storage-failed';
  readonly retryAfterMs: number;
};

/** Why the passphrase did not open anything, in the language of the screen. */
export function unlockMessage({ type, retryAfterMs }: Refusal): string {
  const ns = 'settings';
  switch (type) {
    case 'wrong':
      return i18next.t('unlock.wrong', { ns });
    case 'wait':
      return i18next.t('unlock.wait', { ns, count: Math.ceil(retryAfterMs / 1000) });
    case 'disabled':
      return i18next.t('unlock.disabled', { ns });
    case 'needs-unlocked-user':
      return i18next.t('enrol.needsUnlocked', { ns });
    case 'storage-failed':
      return i18next.t('unlock.storage', { ns });
    // Settings of a key that nobody chose here come from a damaged slot.
    case 'damaged':
    case 'bad-settings':
      return i18next.t('unlock.damaged', { ns });
  }
}
