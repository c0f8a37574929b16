import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { tinykeys } from 'tinykeys';
import { menu } from './Menu.tsx';

const isTyping = (event: KeyboardEvent) =>
  event.target instanceof Element &&
  event.target.matches('input, textarea, select, [role=spinbutton], [contenteditable]');

/** Letters and digits are bound by their place on the keyboard: on a Ukrainian layout the K key gives "л". */
export function useShortcuts() {
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);

  useEffect(() => {
    const toSearch = (event: KeyboardEvent) => {
      const search = document.querySelector<HTMLInputElement>('input[type=search]');
      if (search === null) return;
      event.preventDefault();
      search.focus();
    };
    const pages = Object.fromEntries(
      menu.map(({ to }, at) => [
        `Alt+Digit${at + 1}`,
        (event: KeyboardEvent) => {
          event.preventDefault();
          void navigate({ to });
        },
      ]),
    );
    return tinykeys(window, {
      ...pages,
      '$mod+KeyK': (event) => {
        event.preventDefault();
        void navigate({ to: '/residents' }).then(() => requestAnimationFrame(() => toSearch(event)));
      },
      '$mod+Enter': (event) => {
        const form = event.target instanceof Element ? event.target.closest('form') : null;
        form?.requestSubmit();
      },
      '/': (event) => {
        if (!isTyping(event)) toSearch(event);
      },
      'Shift+?': (event) => {
        if (!isTyping(event)) setOpen(true);
      },
    });
  }, [navigate]);

  return { isOpen, close: () => setOpen(false) };
}
