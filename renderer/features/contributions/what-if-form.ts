import type { MonthFacts } from '../../../shared/contribution/month-facts.ts';
import type { WhatIfChange } from '../../../shared/contribution/what-if.ts';
import type { Cents } from '../../../shared/kernel/money.ts';

/** What somebody supposes; nothing of it is kept. */
type WhatIfForm = {
  readonly earner: string | null;
  /** More, or with a minus less. */
  readonly difference: Cents | null;
  readonly child: string | null;
  readonly isOtherCatering: boolean;
  readonly hasPartner: boolean;
};
export const noSupposition: WhatIfForm = {
  earner: null,
  difference: null,
  child: null,
  isOtherCatering: false,
  hasPartner: false,
};

/** The suppositions as the rules take them; what is half filled in does not count yet. */
export function toChanges(form: WhatIfForm, facts: Pick<MonthFacts, 'catered'>): readonly WhatIfChange[] {
  const { earner, difference, child, isOtherCatering, hasPartner } = form;
  return [
    ...(earner === null || difference === null || difference === 0
      ? []
      : [{ type: 'earns', memberId: earner, differenceCents: difference } as const]),
    ...(isOtherCatering ? [{ type: 'catering', catered: !facts.catered } as const] : []),
    ...(hasPartner ? [{ type: 'partner' } as const] : []),
    ...(child === null ? [] : [{ type: 'comes-of-age', memberId: child } as const]),
  ];
}
