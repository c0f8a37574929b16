import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResidentSummary } from '../../../shared/register/resident-summary.ts';
import { explainMatch } from '../../../shared/search/match-reason.ts';
import { elsewhereOf, type SearchFacts } from '../../stores/search-facts.ts';

/** What the list was searched for. Beside the columns, because those stay the same while somebody types. */
export const SearchedFor = createContext<{ readonly query: string; readonly facts: SearchFacts }>({
  ...{ query: '', facts: new Map() },
});

/** Why somebody is among the hits. The only cell of a row that a letter changes. */
export function MatchReasonCell({ resident }: { resident: ResidentSummary }) {
  const { t } = useTranslation('register');
  const { query, facts } = useContext(SearchedFor);
  return explainMatch(resident, query, elsewhereOf(facts, resident))
    .map((code) => t(`match.${code}`))
    .join(' \u00b7 ');
}
