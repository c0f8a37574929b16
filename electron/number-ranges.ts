/** A set of whole numbers that mostly follow each other: as many ranges as there are gaps, and one more. */
export function makeNumberRanges() {
  const ranges: { from: number; to: number }[] = [];
  const has = (n: number): boolean => ranges.some(({ from, to }) => from <= n && n <= to);
  return {
    has,
    add: (n: number): void => {
      if (has(n)) return;
      const before = ranges.find(({ to }) => to === n - 1);
      const after = ranges.find(({ from }) => from === n + 1);
      if (before !== undefined && after !== undefined) {
        before.to = after.to;
        ranges.splice(ranges.indexOf(after), 1);
      } else if (before !== undefined) before.to = n;
      else if (after !== undefined) after.from = n;
      else ranges.push({ from: n, to: n });
    },
    size: (): number => ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0),
    last: (): number => ranges.reduce((last, { to }) => Math.max(last, to), 0),
  };
}
