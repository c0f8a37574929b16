import i18next from 'i18next';
import type { AppError } from '../../shared/errors.ts';
import type { texts } from './texts.ts';

/** An error type without a text in `errors.json` does not compile here. */
const textOf = (error: AppError): keyof typeof texts.nl.errors => error.type;

/** The sentence for an error, in the language of the screen. */
export function errorMessage(error: AppError): string {
  const facts = {
    field: 'field' in error && typeof error.field === 'string' ? error.field : '',
    param: 'param' in error ? error.param : '',
  };
  return i18next.t(textOf(error), { ns: 'errors', ...facts });
}
