import { toHex } from '../../shared/kernel/bytes.ts';
import type { Value } from '../../shared/records/record.ts';
import type { Change } from '../../shared/sync/change.ts';
import type { Person } from './people.ts';

/** What the screen has said, and what was on its way to being said when everything stopped. */
export class Ledger {
  readonly saved: Person[] = [];
  /** Typed and sent off, but nobody was told that it is saved: whole or not there at all. */
  open: Person[] = [];
  /** Lines of lists that were broken off: which of them came in is known only in the end. */
  readonly unsaid: Person[] = [];
  /** People of others who were given to the endpoint. */
  readonly others: string[] = [];
  /** As many as were in the list at the last look: nobody may leave it. */
  floor = 0;

  get ceiling(): number {
    return this.saved.length + this.open.length + this.unsaid.length + this.others.length;
  }
}

export class Loss extends Error {}
export const must = (holds: boolean, lost: string): void => {
  if (!holds) throw new Loss(lost);
};

/** The last word on all of it: what the endpoint holds when nothing waits any more. */
export function checkEndpoint(ops: readonly Change[], { saved, open, others }: Ledger, inList: number): number {
  const groups = Map.groupBy(ops, ({ w, x: [group] }) => `${toHex(w)} ${toHex(group)}`);
  const sizes = Map.groupBy(ops, ({ x: [group] }) => toHex(group));
  for (const [, parts] of sizes) {
    const [first] = parts;
    // One save can have a part in each compartment, each with a writer of its own.
    if (first !== undefined && first.x[1] > 1)
      must(parts.length === first.x[1], `a save of ${String(first.x[1])} operations came as ${String(parts.length)}`);
  }
  const names = new Map<string, string[]>();
  const values = new Map<string, Map<string, Value[]>>();
  for (const { t, id, f, v } of ops) {
    if (t !== 'resident') continue;
    const key = toHex(id);
    const fields = values.get(key) ?? new Map<string, Value[]>();
    values.set(key, fields.set(f, [...(fields.get(f) ?? []), v ?? null]));
    if (f === 'name') names.set(part(v, 'family'), [...(names.get(part(v, 'family')) ?? []), key]);
  }
  for (const person of saved) {
    const ids = names.get(person.family) ?? [];
    must(ids.length === 1, `${person.family} was saved once and is ${String(ids.length)} times at the endpoint`);
    const fields = values.get(ids[0] ?? '');
    const has = (field: string, fits: (value: Value) => boolean) => (fields?.get(field) ?? []).some(fits);
    must(
      has('bsn', (value) => value === person.bsn),
      `the number of ${person.family} is not at the endpoint`,
    );
    must(
      has('birthDate', (value) => value === '1985-03-12'),
      `no birth date of ${person.family}`,
    );
    must(
      has('arrival', (value) => person.from === '' || part(value, 'from') === person.from),
      `the arrival of ${person.family} from ${person.from} is not at the endpoint`,
    );
  }
  const here = [...saved.map(({ family }) => family), ...others].length;
  const unsaid = open.filter(({ family }) => names.has(family)).length;
  must(names.size === inList, `${String(names.size)} residents at the endpoint, ${String(inList)} in the list`);
  must(names.size === here + unsaid, `${String(names.size)} residents at the endpoint, ${String(here + unsaid)} known`);
  return groups.size;
}

const part = (value: Value | undefined, key: string): string => {
  const found =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as never)[key] : undefined;
  return typeof found === 'string' ? found : '';
};
