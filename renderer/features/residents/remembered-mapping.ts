import { importColumns, type ColumnMapping } from '../../../shared/exchange/columns.ts';
import { headerKey } from '../../../shared/exchange/header-key.ts';
import type { Services } from '../../services.tsx';

type Store = Pick<Services, 'readDraft' | 'writeDraft' | 'hashOf'>;

/** One shape of list is one set of headers, in any order. */
const keyOf = (services: Store, headers: readonly string[]): string =>
  `import-columns/${services.hashOf([...new Set(headers.map(headerKey))].sort().join('\n'))}`;

/** What was chosen for this shape of list the last time; undefined when it is new. */
export async function readMapping(services: Store, headers: readonly string[]): Promise<ColumnMapping | undefined> {
  const text = await services.readDraft(keyOf(services, headers));
  if (text === undefined) return undefined;
  const places = new Map(headers.map((header, at) => [headerKey(header), at] as const));
  const chosen = JSON.parse(text) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    importColumns.flatMap((column) => {
      const header = chosen[column];
      const at = typeof header === 'string' ? places.get(header) : undefined;
      return at === undefined ? [] : [[column, at] as const];
    }),
  );
}

export async function rememberMapping(
  services: Store,
  headers: readonly string[],
  mapping: ColumnMapping,
): Promise<void> {
  const chosen = Object.entries(mapping).map(([column, at]) => [column, headerKey(headers[at] ?? '')] as const);
  await services.writeDraft(keyOf(services, headers), JSON.stringify(Object.fromEntries(chosen)));
}
