import type { Rows } from './tables.ts';

const splitFeed = (key: string) => {
  const at = key.lastIndexOf('/');
  return { site: key.slice(0, at), c: key.slice(at + 1) };
};

/** The table of that name, as far as it has a line. */
export const feedHeads = ({ feeds, archivedFeeds }: Rows) =>
  [...feeds].map(([key, feed]) => {
    const archived = archivedFeeds.get(key) ?? 0;
    return { ...splitFeed(key), pos: feed.length, h: feed.at(-1)?.h, archived };
  });
