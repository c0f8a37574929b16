const invisibleStart = /^[\s\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]+/u;
const dangerous = /^[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

/**
 * Text that no spreadsheet program takes for a formula: `'` before it when the cell, or a line in it, starts with
 * = + - @ (also full width, also after invisible characters), a tab or a carriage return (SEC-44).
 */
export function safeCell(text: string): string {
  const isUnsafe =
    /^[\t\r]/.test(text) || text.split(/[\n\r]/).some((line) => line.startsWith('\t') || startsFormula(line));
  return isUnsafe ? `'${text}` : text;
}

const startsFormula = (line: string): boolean => dangerous.test(line.replace(invisibleStart, ''));

/** What `safeCell` was given: the mark goes again, other apostrophes stay. */
export function fromSafeCell(text: string): string {
  return text.startsWith("'") && safeCell(text.slice(1)) !== text.slice(1) ? text.slice(1) : text;
}
