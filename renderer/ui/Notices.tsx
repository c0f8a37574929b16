import { IconCircleCheck, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button.tsx';

type Notice = {
  readonly id: string;
  readonly text: string;
  readonly tone: 'ok' | 'error';
  readonly undo?: () => void;
};

/** Long enough to read and to reach "undo"; it waits while the pointer or the focus is on it. */
const shownMs = 12_000;

/** What was just done, with "undo" where that is possible. The history of the record keeps it longer. */
export function Notices({ notices, onClose }: { notices: readonly Notice[]; onClose: (id: string) => void }) {
  return (
    <div role="status" className="notices">
      {notices.map((notice) => (
        <NoticeBar key={notice.id} notice={notice} onClose={() => onClose(notice.id)} />
      ))}
    </div>
  );
}

function NoticeBar({ notice, onClose }: { notice: Notice; onClose: () => void }) {
  const { t } = useTranslation();
  const bar = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    const element = bar.current;
    // An error stays until somebody has read it.
    if (notice.tone === 'error' || element === null) return;
    let timer = 0;
    const pause = () => window.clearTimeout(timer);
    const start = () => {
      pause();
      timer = window.setTimeout(() => close.current(), shownMs);
    };
    start();
    const listening = new AbortController();
    const { signal } = listening;
    for (const name of ['pointerenter', 'focusin']) element.addEventListener(name, pause, { signal });
    for (const name of ['pointerleave', 'focusout']) element.addEventListener(name, start, { signal });
    return () => {
      pause();
      listening.abort();
    };
  }, [notice.tone]);

  return (
    <div ref={bar} className={`notices__notice notices__notice--${notice.tone}`}>
      {notice.tone === 'ok' && <IconCircleCheck size={20} aria-hidden="true" />}
      <span>{notice.text}</span>
      {notice.undo !== undefined && (
        <Button
          onPress={() => {
            notice.undo?.();
            onClose();
          }}
        >
          {t('action.undo')}
        </Button>
      )}
      <Button look="subtle" icon={<IconX size={18} />} aria-label={t('action.close')} onPress={onClose}>
        {t('action.close')}
      </Button>
    </div>
  );
}
