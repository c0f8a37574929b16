import { useEffect, useState } from 'react';
import { useServices, type UserCard } from '../../services.tsx';

/** The name of a user of this laptop; of a colleague elsewhere only the code is known here. */
export function useUserName(): (user: string) => string {
  const services = useServices();
  const [cards, setCards] = useState<readonly UserCard[]>([]);
  useEffect(() => {
    let isCurrent = true;
    void services.users().then((found) => {
      if (isCurrent) setCards(found);
    });
    return () => {
      isCurrent = false;
    };
  }, [services]);
  return (user) => cards.find((card) => card.user === user)?.label ?? user;
}
