import {
  IconBed,
  IconCalendarEvent,
  IconClipboardData,
  IconCurrencyEuro,
  IconGitMerge,
  IconHome,
  IconMessages,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** In the order of Alt+1 … Alt+9. */
export const menu = [
  { to: '/', name: 'today', Icon: IconCalendarEvent },
  { to: '/residents', name: 'residents', Icon: IconUsers },
  { to: '/families', name: 'families', Icon: IconHome },
  { to: '/beds', name: 'beds', Icon: IconBed },
  { to: '/contributions', name: 'contributions', Icon: IconCurrencyEuro },
  { to: '/intakes', name: 'intakes', Icon: IconMessages },
  { to: '/review', name: 'review', Icon: IconGitMerge },
  { to: '/reports', name: 'reports', Icon: IconClipboardData },
  { to: '/settings', name: 'settings', Icon: IconSettings },
] as const;

export function Menu() {
  const { t } = useTranslation();
  return (
    <nav className="shell__menu no-print" aria-label={t('menu.label')}>
      <ul>
        {menu.map(({ to, name, Icon }) => (
          <li key={to}>
            <Link to={to} activeOptions={{ exact: to === '/' }} activeProps={{ 'aria-current': 'page' }}>
              <Icon size={20} aria-hidden="true" />
              <span>{t(`menu.${name}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
