import { useMemo } from 'react';
import { toDatedPolicy } from '../../../shared/contribution/municipal-policy.ts';
import type { IsoMonth } from '../../../shared/kernel/dates.ts';
import { adaptTemplate } from '../../../shared/letters/letter-text.ts';
import { standardTemplate } from '../../../shared/letters/templates.ts';
import type { LetterTemplate } from '../../../shared/letters/template.ts';
import { useServices, type AssessedFamily } from '../../services.tsx';
import {
  useDecisions,
  useFamilies,
  useFollowUps,
  useLetterTexts,
  usePolicies,
  useSites,
} from '../../stores/register-views.ts';
import type { CaseFacts, LetterCase } from './letter-case.ts';
import { useUserName } from './use-user-name.ts';

/** What every letter needs beside the amounts: decisions, follow-up, site, policy and the texts of the municipality. */
export function useLetterFacts(): {
  readonly factsOf: (unit: AssessedFamily, month: IsoMonth) => CaseFacts;
  readonly templateOf: (letter: LetterCase) => LetterTemplate;
} {
  const services = useServices();
  const [decisions, followUps, families] = [useDecisions(), useFollowUps(), useFamilies()];
  const [sites, policies, texts] = [useSites(), usePolicies(), useLetterTexts()];
  const nameOfUser = useUserName();
  const today = services.today();
  return useMemo(() => {
    const siteOf = new Map(families.map(({ id, site }) => [id, sites.find((one) => one.id === site) ?? null]));
    const byFamily = Map.groupBy(decisions, ({ receipt }) => receipt?.familyId);
    return {
      factsOf: (unit, month) => {
        const site = siteOf.get(unit.familyId) ?? null;
        return {
          unit,
          month,
          decisions: byFamily.get(unit.familyId) ?? [],
          followUps: followUps.filter((one) => one.familyId === unit.familyId && one.grownChild === unit.grownChild),
          site,
          policy: toDatedPolicy(policies, site?.municipality?.code ?? null, today),
          today,
          nameOfUser,
          hashOf: services.hashOf,
        };
      },
      templateOf: (letter) => adaptTemplate(standardTemplate(letter.kind), texts, letter.code, letter.printedOn),
    };
  }, [decisions, followUps, families, sites, policies, texts, nameOfUser, today, services]);
}
