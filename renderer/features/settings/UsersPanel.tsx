import { IconUserPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices, type UserCard } from '../../services.tsx';
import { Button } from '../../ui/Button.tsx';

export function UsersPanel() {
  const { t } = useTranslation('settings');
  const services = useServices();
  const navigate = useNavigate();
  const [users, setUsers] = useState<readonly UserCard[]>([]);
  useEffect(() => {
    void services.users().then(setUsers);
  }, [services]);
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('users.title')}</h2>
      <p>{t('users.note')}</p>
      <ul>
        {users.map(({ user, label }) => (
          <li key={user}>{label}</li>
        ))}
      </ul>
      <div className="row">
        <Button icon={<IconUserPlus size={18} />} onPress={() => void navigate({ to: '/settings/new-user' })}>
          {t('users.add')}
        </Button>
      </div>
    </section>
  );
}
