import { piecesAt } from './cyrillic-pieces.ts';
import { romaniseUkrainian } from './romanise.ts';

/** The rarest spelling of a name that people were seen with costs this much more than the most usual one. */
const tooRare = 2.6;

type Attempt = { readonly text: string; readonly cost: number };

/**
 * Ukrainian spellings that resolution 55 writes exactly as `latin`, the most usual first, at most `limit` and none that is
 * far less usual than the first; none where
 * there is none, as for a name in another spelling. Latin letters do not say which one it is: a person chooses, and
 * what a document says leads. The apostrophe is U+02BC.
 */
export function cyrillicCandidates(latin: string, limit: number): readonly string[] {
  const name = latin.normalize('NFC').trim();
  // Only what the resolution itself writes between words can be read back.
  if (!/^[A-Za-z]+([ -][A-Za-z]+)*$/.test(name)) return [];
  let attempts: readonly Attempt[] = [{ text: '', cost: 0 }];
  for (const part of name.split(/([ -])/)) {
    const spellings = part === ' ' || part === '-' ? [{ text: part, cost: 0 }] : spell(part, limit);
    attempts = best(
      attempts.flatMap((one) => spellings.map(({ text, cost }) => ({ text: one.text + text, cost: one.cost + cost }))),
      limit,
    );
  }
  const [first] = attempts;
  return attempts.filter(({ cost }) => cost <= (first?.cost ?? 0) + tooRare).map(({ text }) => text);
}

/** The spellings of one word. More are kept on the way than are asked for: some do not lead back. */
function spell(word: string, limit: number): readonly Attempt[] {
  const lower = word.toLowerCase();
  const isCapitals = word.length > 1 && word === word.toUpperCase();
  const kept = limit + 8;
  // By position and the two letters before it, which are all that a later piece asks about.
  const reached = Array.from({ length: word.length + 1 }, () => new Map<string, readonly Attempt[]>());
  reached[0]?.set('', [{ text: '', cost: 0 }]);
  for (let at = 0; at < word.length; at++) {
    for (const [ends, attempts] of reached[at] ?? []) {
      const spot = { before: ends.slice(-1), earlier: ends.slice(-2, -1) };
      for (const { latin, cyrillic, cost } of piecesAt(lower.slice(at), spot)) {
        const isCapital = word.charAt(at) !== lower.charAt(at);
        const written = isCapitals ? cyrillic.toUpperCase() : isCapital ? capital(cyrillic) : cyrillic;
        const next = reached[at + latin.length];
        const key = (ends + cyrillic).slice(-2);
        const more = attempts.map((one) => ({ text: one.text + written, cost: one.cost + cost }));
        next?.set(key, best([...(next.get(key) ?? []), ...more], kept));
      }
    }
  }
  const ends = [...(reached[word.length]?.values() ?? [])].flat();
  return best(
    ends.filter(({ text }) => romaniseUkrainian(text) === word),
    limit,
  );
}

const capital = (text: string) => text.replace(/\p{L}/u, (letter) => letter.toUpperCase());

const best = (attempts: readonly Attempt[], limit: number): readonly Attempt[] =>
  [...attempts].sort((a, b) => a.cost - b.cost || (a.text < b.text ? -1 : 1)).slice(0, limit);
