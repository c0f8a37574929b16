import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Found } from './follow-up-form.ts';

/** What was wrong with a form of a follow-up when it was last sent, as the sentence at each field. */
export function useFollowUpProblems<Field extends string>() {
  const { t } = useTranslation('followUp');
  const [found, setFound] = useState<Found<Field>>([]);
  const errorOf = (field: Field) => {
    const problem = found.find((one) => one.field === field)?.problem;
    return problem === undefined ? undefined : t(`problem.${problem}`);
  };
  return { errorOf, setFound };
}
