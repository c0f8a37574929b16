import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import { Alert } from '../../ui/Alert.tsx';

/** Why there is no amount, and the place where that can be mended. */
export function MissingFacts({ error, familyId }: { error: AppError; familyId: string }) {
  const { t } = useTranslation('contributions');
  return (
    <Alert tone="warning">
      <p>{errorMessage(error)}</p>
      {error.type === 'income-basis-missing' && (
        <Link to="/settings/municipality" className="nl-link">
          {t('fix.settings')}
        </Link>
      )}
      {(error.type === 'no-members' || error.type === 'no-reception') && (
        <Link to="/families/$id" params={{ id: familyId }} className="nl-link">
          {t('fix.family')}
        </Link>
      )}
      {error.type === 'birth-date-missing' && (
        <Link to="/residents/$id" params={{ id: error.memberId }} className="nl-link">
          {t('fix.resident')}
        </Link>
      )}
    </Alert>
  );
}
