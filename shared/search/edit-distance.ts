/** Typing errors allowed in a word: none below 4 letters, one from 4, two from 7. */
export function maxEdits(length: number): 0 | 1 | 2 {
  return length < 4 ? 0 : length < 7 ? 1 : 2;
}

/**
 * Damerau distance of two words (wrong, missing, surplus and two swapped neighbouring letters, each 1); `limit + 1` as
 * soon as it is more than `limit`.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  const width = b.length + 1;
  let twoBack = new Uint8Array(width);
  let back = Uint8Array.from({ length: width }, (_, at) => at);
  let row = new Uint8Array(width);
  for (let i = 1; i <= a.length; i++) {
    row[0] = i;
    let lowest = i;
    for (let j = 1; j < width; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min((back[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (back[j - 1] ?? 0) + (same ? 0 : 1));
      if (
        i > 1 &&
        j > 1 &&
        a.charCodeAt(i - 1) === b.charCodeAt(j - 2) &&
        a.charCodeAt(i - 2) === b.charCodeAt(j - 1)
      ) {
        cost = Math.min(cost, (twoBack[j - 2] ?? 0) + 1);
      }
      row[j] = cost;
      if (cost < lowest) lowest = cost;
    }
    if (lowest > limit) return limit + 1;
    [twoBack, back, row] = [back, row, twoBack];
  }
  return Math.min(back[b.length] ?? limit + 1, limit + 1);
}
