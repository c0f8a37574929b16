const known = [
  'income-basis-missing',
  'no-reception',
  'no-members',
  'birth-date-missing',
  'missing-parameter',
  'unreadable',
  'no-income-information',
] as const;

/** Key of the words for what is missing, under `contributions:missing`. */
export const missingWord = (missing: string): (typeof known)[number] | 'other' =>
  known.find((one) => one === missing) ?? 'other';
