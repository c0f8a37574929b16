import { useEffect, useState } from 'react';
import { useServices, type UserCard } from '../../services.tsx';
import { EnrolPage } from './EnrolPage.tsx';
import { GateNotice } from './GateNotice.tsx';
import { UnlockPage } from './UnlockPage.tsx';

/** First start of a laptop, or a user who comes back. */
export function GatePage() {
  const services = useServices();
  const [users, setUsers] = useState<readonly UserCard[] | null>(null);
  useEffect(() => {
    void services.users().then(setUsers);
  }, [services]);
  if (users === null) return null;
  return (
    <main className="gate__page">
      <GateNotice />
      {users.length === 0 ? <EnrolPage /> : <UnlockPage users={users} />}
    </main>
  );
}
