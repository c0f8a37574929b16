import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import type { NamedPerson } from '../../shared/search/name-index.ts';
import { foldQuery as wordsOfQuery, wordsOf } from './folded-text.ts';

export type Peer = {
  readonly name: string;
  readonly note: string;
  readonly buildMs: number;
  /** Null when it is not installed. */
  readonly search: ((query: string) => unknown) | null;
};

/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return --
   The peers are not installed with the app, so their types are not there either. */
export const loadPeer = async (name: string): Promise<any> => {
  try {
    const require = createRequire(path.resolve('tests/bench/package.json'));
    return await import(pathToFileURL(require.resolve(name)).href);
  } catch {
    return null;
  }
};

const textOf = (person: NamedPerson): string => wordsOf(person).join(' ');
const foldQuery = (query: string): string => wordsOfQuery(query).join(' ');

export async function loadPeers(persons: readonly NamedPerson[]): Promise<readonly Peer[]> {
  const texts = persons.map(textOf);
  return [await miniSearch(texts), await flexSearch(texts), await uFuzzy(texts)];
}

async function miniSearch(texts: readonly string[]): Promise<Peer> {
  const name = 'MiniSearch';
  const note = 'prefix, fuzzy 0.2, all words; no numbers or dates, not sealed';
  const library = await loadPeer('minisearch');
  if (library === null) return { name, note, buildMs: 0, search: null };
  const start = performance.now();
  const index = new library.default({ fields: ['text'] });
  index.addAll(texts.map((text, id) => ({ id, text })));
  const options = { prefix: true, fuzzy: 0.2, combineWith: 'AND' };
  return { name, note, buildMs: performance.now() - start, search: (query) => index.search(foldQuery(query), options) };
}

async function flexSearch(texts: readonly string[]): Promise<Peer> {
  const name = 'FlexSearch';
  const note = 'forward tokens, 200 results; does not look for typing errors';
  const library = await loadPeer('flexsearch');
  if (library === null) return { name, note, buildMs: 0, search: null };
  const start = performance.now();
  const index = new (library.Index ?? library.default.Index)({ tokenize: 'forward' });
  texts.forEach((text, id) => index.add(id, text));
  return { name, note, buildMs: performance.now() - start, search: (query) => index.search(foldQuery(query), 200) };
}

async function uFuzzy(texts: readonly string[]): Promise<Peer> {
  const name = 'uFuzzy';
  const note = 'one error per word, words in any order; filters only above 1,000 hits';
  const library = await loadPeer('@leeoniya/ufuzzy');
  if (library === null) return { name, note, buildMs: 0, search: null };
  const start = performance.now();
  const engine = new library.default({ intraMode: 1, intraIns: 1, intraSub: 1, intraTrn: 1, intraDel: 1 });
  return {
    ...{ name, note, buildMs: performance.now() - start },
    search: (query) => engine.search(texts, foldQuery(query), 1, 1_000),
  };
}
