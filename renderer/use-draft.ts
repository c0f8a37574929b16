import { useEffect, useRef, useState } from 'react';
import { useServices } from './services.tsx';

const pauseMs = 800;

const unwritten = new Set<() => Promise<void>>();

/** Writes what was typed in the last moment; asked before the lock takes the key away. */
export async function flushDrafts(): Promise<void> {
  await Promise.all([...unwritten].map((write) => write()));
}

/**
 * Keeps what is typed in a form, sealed under the user's own key, so that a crash costs at most the last second.
 * `restored` is what was left behind last time; `clear` when it was saved or given up.
 */
export function useDraft<T>(key: string, value: T, isChanged: boolean) {
  const services = useServices();
  const [restored, setRestored] = useState<T | null>(null);
  const timer = useRef(0);

  useEffect(() => {
    let isCurrent = true;
    void services.readDraft(key).then((text) => {
      if (isCurrent && text !== undefined) setRestored(JSON.parse(text) as T);
    });
    return () => {
      isCurrent = false;
    };
  }, [services, key]);

  useEffect(() => {
    if (!isChanged) return;
    const write = () => {
      unwritten.delete(write);
      window.clearTimeout(timer.current);
      return services.writeDraft(key, JSON.stringify(value));
    };
    unwritten.add(write);
    timer.current = window.setTimeout(() => void write(), pauseMs);
    return () => {
      unwritten.delete(write);
      window.clearTimeout(timer.current);
    };
  }, [services, key, value, isChanged]);

  const clear = () => {
    window.clearTimeout(timer.current);
    setRestored(null);
    return services.removeDraft(key);
  };
  return { restored, clear };
}
