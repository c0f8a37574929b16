/** The published counts in the order of the ministerial letter. */
export const countNames = [
  'realised',
  'occupied',
  'registeredUa',
  'registeredOther',
  'deregisteredUa',
  'deregisteredOther',
] as const;
