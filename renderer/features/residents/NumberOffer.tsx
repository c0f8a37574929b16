import { useTranslation } from 'react-i18next';
import { parseDateTerm } from '../../../shared/search/date-term.ts';
import { searchTerms } from '../../../shared/search/match-reason.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import type { NumberReading } from './use-number-book.ts';

const mayBeNumber = (term: string): boolean =>
  /^[a-z]{0,3}[\d.-]*[0-9a-z]*$/i.test(term) &&
  term.replaceAll(/\D/g, '').length >= 4 &&
  parseDateTerm(term) === undefined &&
  !/^oa-/i.test(term);

/** Numbers are not in the list; whoever types one is asked whether to read them. */
export function NumberOffer({ query, numbers }: { query: string; numbers: NumberReading }) {
  const { t } = useTranslation('register');
  const { book, isOutdated, progress, problem, unreadable, read } = numbers;
  if (!searchTerms(query).some(mayBeNumber)) return null;
  if (progress !== null) return <p role="status">{t('numbers.reading', progress)}</p>;
  return (
    <>
      {problem !== null && <Alert tone="error">{problem}</Alert>}
      {unreadable > 0 && <Alert tone="warning">{t('numbers.unreadable', { count: unreadable })}</Alert>}
      {(book === null || isOutdated) && (
        <div className="row">
          <span>{t(book === null ? 'numbers.offer' : 'numbers.outdated')}</span>
          <Button onPress={read}>{t('numbers.read')}</Button>
        </div>
      )}
    </>
  );
}
