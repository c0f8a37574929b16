import { copyStore, emptyStore, opName, type StoreImage } from './disk.ts';
import type { Laptop } from './laptop.ts';

/** Whether the second copy has all that the store has: taking the store away leaves every operation somewhere. */
export const isWhollyCopied = ({ disk }: Laptop): boolean =>
  [...disk.store.ops.values()].every((ops) => [...ops.values()].every((op) => disk.journal.has(opName(op))));

/** An old image of the store, or an empty one of this name; the second copy stays as it is. */
export function loseStore(laptop: Laptop, to: StoreImage | string): void {
  laptop.stop();
  laptop.disk.store = typeof to === 'string' ? emptyStore(to) : copyStore(to);
}

/** An old image of the whole disk, or an empty one: both copies. */
export function loseDisk(laptop: Laptop, image: StoreImage): void {
  laptop.stop();
  laptop.disk.store = copyStore(image);
  const copied = [...image.ops.values()].flatMap((ops) => [...ops.values()]);
  laptop.disk.journal = new Map(copied.map((op) => [opName(op), op]));
  // What the old store holds of local values goes into the second copy at the next start.
  laptop.disk.locals = new Map();
  laptop.images.splice(0);
}
