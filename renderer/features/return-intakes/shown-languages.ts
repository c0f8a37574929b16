import { useEffect } from 'react';
import { isLanguage, languages, type Language } from '../../i18n/i18n.ts';
import { useServices, type Services } from '../../services.tsx';
import type { Intake } from './intake.ts';

const keyOf = (intake: string) => `intake-languages.${intake}`;

/** The languages in which questions of this interview were on the screen, as this laptop has noted them. */
export async function readShownLanguages(services: Services, intake: string): Promise<readonly Language[]> {
  const noted = (await services.readDraft(keyOf(intake)))?.split(' ') ?? [];
  return languages.filter((language) => noted.includes(language));
}

/** Notes that questions are shown in this language: the finalised interview keeps its wording in each of them. */
export function useShownLanguage(intake: string, language: Language): void {
  const services = useServices();
  useEffect(() => {
    void readShownLanguages(services, intake).then((noted) =>
      noted.includes(language) ? undefined : services.writeDraft(keyOf(intake), [...noted, language].join(' ')),
    );
  }, [services, intake, language]);
}

/** The language the interview is held in, when it is one of the screen. */
export function interviewLanguage({ evaluation }: Intake): Language | undefined {
  const answer = evaluation.answerTo('language');
  return typeof answer === 'string' && isLanguage(answer) ? answer : undefined;
}
