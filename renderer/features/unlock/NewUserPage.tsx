import { useNavigate } from '@tanstack/react-router';
import { EnrolPage } from './EnrolPage.tsx';

/** One more user of this laptop, added while a colleague is unlocked. */
export function NewUserPage() {
  const navigate = useNavigate();
  return <EnrolPage onDone={() => void navigate({ to: '/settings' })} />;
}
