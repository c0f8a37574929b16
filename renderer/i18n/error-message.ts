import i18next from 'i18next';
import type { AppError } from '../../shared/errors.ts';

/** The sentence for an error, in the language of the screen. An error type without a text does not compile. */
export function errorMessage(error: AppError): string {
  const facts: Record<string, string> = {};
  if ('field' in error && typeof error.field === 'string') facts['field'] = error.field;
  if ('param' in error) facts['param'] = error.param;
  return i18next.t(`errors:${error.type}`, facts);
}
