const weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];

/** Eleven-test on 8 or 9 digits without separators; 8 are padded with a leading zero; all zeros is invalid. */
export function isValidBsn(text: string): boolean {
  if (!/^[0-9]{8,9}$/.test(text)) return false;
  const digits = [...text.padStart(9, '0')].map(Number);
  const sum = digits.reduce((total, digit, at) => total + digit * (weights[at] ?? 0), 0);
  return sum > 0 && sum % 11 === 0;
}
