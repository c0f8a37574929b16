import type { ResidentSummary } from '../../shared/register/resident-summary.ts';
import { buildNameIndex, nameIndexSteps, searchNames, type NameIndex } from '../../shared/search/name-index.ts';
import { plainWords } from '../../shared/search/plain.ts';
import type { LayeredMap } from './layered-map.ts';
import { markerOf, type SearchFacts } from './search-facts.ts';

type Residents = LayeredMap<ResidentSummary>;
type Built = { readonly residents: Residents; readonly rows: readonly ResidentSummary[]; readonly index: NameIndex };

/** Longer than this the page does not work on the index without answering. */
const sliceMs = 6;
const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });

/** By what the maps have in common, so that an index outlives the saves that follow it and goes with the register. */
const built = new WeakMap<object, Built>();
const building = new WeakMap<object, Promise<Built>>();

/** Makes the index in slices, once; `rows` are in the order in which hits of one rank are to come. */
export function prepareSearch(residents: Residents, rows: readonly ResidentSummary[]): Promise<unknown> {
  const { root } = residents;
  const begun = building.get(root);
  if (begun !== undefined) return begun;
  const steps = nameIndexSteps(rows);
  const work = async (): Promise<Built> => {
    for (;;) {
      await nextTurn();
      const end = performance.now() + sliceMs;
      while (performance.now() < end) {
        const step = steps.next();
        if (step.done !== true) continue;
        const done = { residents, rows, index: step.value };
        built.set(root, done);
        return done;
      }
    }
  };
  const promise = work();
  building.set(root, promise);
  return promise;
}

/** Lines that changed after the index was made have a small one of their own. */
let recent: {
  readonly residents: Residents;
  readonly rows: readonly ResidentSummary[];
  readonly index: NameIndex;
} | null = null;

/** Residents found by a query, best first. Until the index is there, names that begin with what was typed. */
export function findResidents(
  residents: Residents,
  rows: readonly ResidentSummary[],
  query: string,
  facts: SearchFacts = noFacts,
): readonly ResidentSummary[] {
  const present = built.get(residents.root);
  if (present === undefined) return scan(rows, query);
  const changed = residents.changedSince(present.residents) ?? [];
  const search = ({ index, rows: list }: Pick<Built, 'index' | 'rows'>) =>
    searchNames(index, query, { limit: list.length, marker: markerOf(facts, list) }).rows.flatMap(
      (row) => list[row] ?? [],
    );
  const unchanged = search(present);
  if (changed.length === 0) return unchanged;
  const gone = new Set(changed);
  const last = recent?.residents === residents ? recent : indexChanged(residents, changed);
  recent = last;
  return [...search(last), ...unchanged.filter(({ id }) => !gone.has(id))];
}

const noFacts: SearchFacts = new Map();

function indexChanged(residents: Residents, changed: readonly string[]) {
  const rows = changed.flatMap((id) => residents.get(id) ?? []);
  return { residents, rows, index: buildNameIndex(rows) };
}

function scan(rows: readonly ResidentSummary[], query: string): readonly ResidentSummary[] {
  const typed = plainWords(query);
  const begins = new Map<string, boolean>();
  const nameBegins = (name: string, word: string): boolean => {
    const key = `${word} ${name}`;
    const present = begins.get(key) ?? plainWords(name).some((part) => part.startsWith(word));
    begins.set(key, present);
    return present;
  };
  return rows.filter(({ family, given, patronymic, familyCyrillic, givenCyrillic }) =>
    typed.every((word) =>
      [family, given, patronymic, familyCyrillic, givenCyrillic].some((name) => nameBegins(name, word)),
    ),
  );
}
