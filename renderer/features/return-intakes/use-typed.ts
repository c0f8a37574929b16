import { useEffect, useRef, useState } from 'react';

const pauseMs = 800;

/**
 * Text that is kept while it is typed: after a pause, when the field is left, and when the question goes away. A value
 * from elsewhere replaces the text only while nobody is typing in it.
 */
export function useTyped(stored: string, keep: (text: string) => void) {
  const [text, setText] = useState(stored);
  const [seen, setSeen] = useState({ stored, kept: stored });
  if (seen.stored !== stored) {
    const isTyping = text.trim() !== seen.kept.trim();
    setSeen({ stored, kept: isTyping ? seen.kept : stored });
    if (!isTyping && text.trim() !== stored) setText(stored);
  }

  const latest = useRef({ text, kept: seen.kept, keep });
  useEffect(() => {
    latest.current = { text, kept: seen.kept, keep };
  });
  const keepNow = () => {
    const { text: typed, kept, keep: give } = latest.current;
    if (typed.trim() === kept.trim()) return;
    latest.current = { ...latest.current, kept: typed };
    setSeen((before) => ({ ...before, kept: typed }));
    give(typed.trim());
  };
  const keepLatest = useRef(keepNow);
  useEffect(() => {
    keepLatest.current = keepNow;
  });
  useEffect(() => {
    const timer = window.setTimeout(() => keepLatest.current(), pauseMs);
    return () => window.clearTimeout(timer);
  }, [text]);
  useEffect(() => () => keepLatest.current(), []);

  return { value: text, onChange: setText, onBlur: keepNow };
}
