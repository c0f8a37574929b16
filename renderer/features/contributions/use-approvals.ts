import { useEffect, useRef, useState } from 'react';
import { useServices, type Approval, type ApprovalReport } from '../../services.tsx';

export type Approved = ApprovalReport & { readonly asked: number };
export type Approving = { readonly done: number; readonly total: number };

/** Many decisions with progress; it stops between two chunks, also when the page is left. */
export function useApprovals() {
  const services = useServices();
  const [approving, setApproving] = useState<Approving | null>(null);
  const [approved, setApproved] = useState<Approved | null>(null);
  const stopper = useRef<AbortController | null>(null);
  useEffect(() => () => stopper.current?.abort(), []);

  const approve = async (approvals: readonly Approval[]): Promise<void> => {
    const stop = new AbortController();
    stopper.current = stop;
    setApproving({ done: 0, total: approvals.length });
    const report = await services.decideMany(approvals, (done, total) => setApproving({ done, total }), stop.signal);
    setApproving(null);
    setApproved({ ...report, asked: approvals.length });
  };
  return { approving, approved, approve, stop: () => stopper.current?.abort(), forget: () => setApproved(null) };
}
