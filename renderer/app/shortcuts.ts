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
    const bindings: Parameters<typeof tinykeys>[1] = {
      ...pages,
      '$mod+KeyK': (event) => {
        event.preventDefault();
        void navigate({ to: '/residents' }).then(() => requestAnimationFrame(() => toSearch(event)));
      },
      '$mod+Enter': (event) => {
        // A button that sends the form does so by itself; another one would open its list.
        if (!(event.target instanceof Element) || event.target.matches('[type=submit]')) return;
        if (event.target.matches('button')) event.stopPropagation();
        const form = event.target.closest('form');
        // Only then has the field taken in what was typed.
        setTimeout(() => form?.requestSubmit());
      },
      '/': (event) => {
        if (!isTyping(event)) toSearch(event);
      },
      'Shift+?': (event) => {
        if (!isTyping(event)) setOpen(true);
      },
    };
    // Before the fields: a choice that has the focus keeps the keys it does not know to itself. And also from a field:
    // which of them mean something else while somebody types is said above.
    return tinykeys(window, bindings, { capture: true, ignore: (event) => event.repeat || event.isComposing });
  }, [navigate]);

  return { isOpen, close: () => setOpen(false) };
}
