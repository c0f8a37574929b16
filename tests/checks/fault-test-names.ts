/**
 * Sync.md §5, row by row: the tests that hold it, by file and title, and what of the row no test holds yet. A row
 * without tests says why. The check beside this file refuses a row with neither, and a test that does not exist.
 */
export type FaultRow = {
  readonly fault: string;
  readonly tests: readonly (readonly [file: string, title: string])[];
  /** What nobody tests, or what is not built. */
  readonly open?: string;
};

export const simulated = [
  'integration/simulation.test.ts',
  'keeps every promise of sync.md §6 in every history',
] as const;
export const copied = (title: string) => ['integration/copied-laptop.test.ts', title] as const;
export const endpoint = (file: string, title: string) => [`integration/endpoint/${file}.test.ts`, title] as const;
export const main = (file: string, title: string) => [`integration/main/${file}.test.ts`, title] as const;
export const renderer = (file: string, title: string) => [`integration/renderer/${file}.test.ts`, title] as const;
export const unit = (file: string, title: string) => [`unit/${file}.test.ts`, title] as const;
export const browser = (file: string, title: string) => [`browser/${file}.browser.test.tsx`, title] as const;
export const e2e = (file: string, title: string) => [`e2e/${file}.test.ts`, title] as const;

export const badAnswers = e2e(
  'exchange',
  'says what is the matter when the answer is %s, loses nothing and sends all afterwards',
);
export const diesInTheMiddle = e2e(
  'exchange',
  'sends the same batch again when the endpoint dies in the middle of it, %s',
);
export const flipped = endpoint('ingest', 'refuses every flipped byte and every cut of a frame');
export const wrongPage = main('sync-client', 'refuse a page that is forged, of another feed, or does not follow');
export const trueAck = main(
  'acknowledgement',
  'is one that the endpoint signed for this request and our own chain confirms',
);
export const givenBack = endpoint(
  'redeposit',
  'takes pages back from a device that is not their author, in any order and repeatedly',
);
export const cautious = unit('sync/replica-record', 'of a cautious field is the careful one, however old it is');
