import type { FaultRow } from './fault-test-names.ts';
import { faults1To50 } from './faults-1-50.ts';
import { faults51To100 } from './faults-51-100.ts';

export const faultCatalogue: Readonly<Record<number, FaultRow>> = { ...faults1To50, ...faults51To100 };

/** What no test holds yet, by row. */
export const openFaults: readonly string[] = Object.entries(faultCatalogue).flatMap(([no, { fault, open }]) =>
  open === undefined ? [] : [`${no} ${fault}: ${open}`],
);
