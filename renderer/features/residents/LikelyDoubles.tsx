import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatPartialDate, formatPercent } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { Alert } from '../../ui/Alert.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { cyrillicNameOf, nameOf } from './resident-list.ts';
import type { FoundDouble } from './use-likely-doubles.ts';

/** More than these are no help; the strongest come first. */
const shown = 5;

type Props = {
  readonly doubles: readonly FoundDouble[];
  readonly isReading: boolean;
  /** Why somebody with an equal BSN is entered all the same; asked for only then. */
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  readonly error: string | undefined;
  /** The record that stands on the screen, where it exists: the two can be merged. */
  readonly existing: string | null;
};

/** Who may already be there, and why. A person decides; what was typed stays as a draft. */
export function LikelyDoubles({ doubles, isReading, reason, onReason, error, existing }: Props) {
  const { t } = useTranslation('register');
  const hasTwin = doubles.some(({ reasons }) => reasons.includes('bsn'));
  if (doubles.length === 0) return isReading ? <p role="status">{t('doubles.reading')}</p> : null;
  return (
    <Alert tone="warning" title={t('doubles.title', { count: doubles.length })}>
      <ul>
        {doubles.slice(0, shown).map(({ other, reasons, score }) => (
          <li key={other.id}>
            <Link to="/residents/$id" params={{ id: other.id }} className="nl-link">
              {nameOf(other) || cyrillicNameOf(other)}
            </Link>{' '}
            {t('doubles.line', {
              born: other.birthDate === null ? '–' : formatPartialDate(other.birthDate, currentLanguage()),
              reason: reasons.map((one) => t(`doubles.reason.${one}`)).join(' · '),
              score: formatPercent(String(Math.round(score * 100)), currentLanguage()),
            })}
            {existing !== null && (
              <>
                {' · '}
                <Link to="/residents/$id/merge/$other" params={{ id: other.id, other: existing }} className="nl-link">
                  {t('doubles.merge')}
                </Link>
              </>
            )}
          </li>
        ))}
      </ul>
      {hasTwin && (
        <TextField
          id="doubleReason"
          label={t('doubles.goOn')}
          hint={t('doubles.goOnHint')}
          error={error}
          value={reason}
          onChange={onReason}
          width="full"
        />
      )}
    </Alert>
  );
}
