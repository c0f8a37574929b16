import { IconFriends, IconStairsDown, IconWheelchair, IconWoman } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Trait } from '../../../shared/reception/site-parts.ts';

const icons = {
  'ground-floor': IconStairsDown,
  accessible: IconWheelchair,
  'family-room': IconFriends,
  'women-only': IconWoman,
} as const;

/** Traits with their signs; `isShort` leaves the words to whoever cannot see the sign. */
export function TraitList({ traits, isShort = false }: { traits: readonly Trait[]; isShort?: boolean }) {
  const { t } = useTranslation('reception');
  if (traits.length === 0) return null;
  return (
    <span className="traits">
      {traits.map((trait) => {
        const Icon = icons[trait];
        return (
          <span key={trait} className="traits__trait">
            <Icon size={16} aria-hidden="true" />
            <span className={isShort ? 'visually-hidden' : ''}>{t(`trait.${trait}`)}</span>
          </span>
        );
      })}
    </span>
  );
}
