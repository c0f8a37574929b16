/** Where a record went; undefined for one that stands for itself. */
export type IntoOf = (id: string) => string | undefined;

/** Where the chain of merges ends; the record itself when it went nowhere. In a circle it ends where that is entered. */
export function endOfMerges(id: string, intoOf: IntoOf): string {
  const seen = new Set<string>();
  let at = id;
  for (;;) {
    seen.add(at);
    const next = intoOf(at);
    if (next === undefined || seen.has(next)) return next === undefined ? at : next;
    at = next;
  }
}

/** Records that were merged into each other on different laptops: in order of text, empty when `id` is in no circle. */
export function circleOf(id: string, intoOf: IntoOf): readonly string[] {
  const circle = [id];
  const seen = new Set(circle);
  for (let at = intoOf(id); at !== undefined && at !== id; at = intoOf(at)) {
    if (seen.has(at)) return [];
    seen.add(at);
    circle.push(at);
  }
  return intoOf(id) === undefined || intoOf(circle.at(-1) ?? id) !== id ? [] : circle.sort();
}

/** Whether the record is left out of every list. In a circle nobody is: who stays has to be chosen first. */
export const isGone = (id: string, intoOf: IntoOf): boolean =>
  intoOf(id) !== undefined && circleOf(id, intoOf).length === 0;

/** Every circle among these records once, in order of text. */
export function circlesAmong(ids: Iterable<string>, intoOf: IntoOf): readonly (readonly string[])[] {
  const circles = new Map<string, readonly string[]>();
  for (const id of ids) {
    const circle = circleOf(id, intoOf);
    if (circle[0] !== undefined) circles.set(circle[0], circle);
  }
  return [...circles].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, circle]) => circle);
}
