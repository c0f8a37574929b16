import { createContext, useContext } from 'react';
import type { MunicipalSettings } from '../../../shared/contribution/municipal-policy.ts';
import type { SettledEntry } from '../../../shared/contribution/settled-entries.ts';
import type { Value } from '../../../shared/records/record.ts';
import type { Municipality } from './policy-edits.ts';

/** One fact that a municipality settles, as the record keeps it. */
export type PolicyEdit = { readonly field: string; readonly value: Value };

/** What every form of the page shares: which record they write, and how. */
export type PolicyDesk = {
  readonly policyId: string;
  readonly municipality: Municipality;
  /** What this record has now, by field. */
  readonly entries: ReadonlyMap<string, SettledEntry>;
  readonly settings: MunicipalSettings | undefined;
  /** True when all of it was saved; on failure nothing was, and the form stays as it is. */
  readonly settle: (...edits: readonly PolicyEdit[]) => Promise<boolean>;
};

export const PolicyDeskContext = createContext<PolicyDesk | null>(null);

export function usePolicyDesk(): PolicyDesk {
  const desk = useContext(PolicyDeskContext);
  if (desk === null) throw new Error('Bug: a form of the policy outside its page');
  return desk;
}
