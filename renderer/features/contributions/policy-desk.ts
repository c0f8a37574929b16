import { createContext, useContext } from 'react';
import type { Value } from '../../../shared/records/record.ts';
import type { Municipality } from './policy-edits.ts';

/** One fact that a municipality settles, as the record keeps it. */
export type PolicyEdit = { readonly field: string; readonly value: Value };

/** What every form of the page shares: which record they write, and how. */
export type PolicyDesk = {
  readonly policyId: string;
  readonly municipality: Municipality;
  /** True when it was saved; on failure the form stays as it is. */
  readonly settle: (edit: PolicyEdit) => Promise<boolean>;
};

export const PolicyDeskContext = createContext<PolicyDesk | null>(null);

export function usePolicyDesk(): PolicyDesk {
  const desk = useContext(PolicyDeskContext);
  if (desk === null) throw new Error('Bug: a form of the policy outside its page');
  return desk;
}
