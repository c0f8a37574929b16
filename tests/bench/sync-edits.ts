import { generateMunicipality } from '../../shared/demo/demo-site.ts';
import type { DemoRecord } from '../../shared/demo/builders.ts';
import type { Stamp } from '../../shared/kernel/hybrid-clock.ts';
import { compartments, type Compartment, type FieldValues } from '../../shared/records/record.ts';
import { sha256 } from '../../endpoint/server-key.ts';
import type { Change } from '../../shared/sync/change.ts';
import { definitionOf } from '../../shared/sync/field-classes.ts';
import { makeSave, type Edit, type SaveContext } from '../../shared/sync/make-changes.ts';
import { baseOf, emptyRecord, type ReplicaRecord } from '../../shared/sync/replica-record.ts';
import { Prng } from '../simulation/prng.ts';

export type Written = {
  /** By compartment, in order of number: what one writer would send. */
  readonly writers: readonly { readonly c: Compartment; readonly ops: readonly Change[] }[];
  readonly count: number;
  /** The same edits one after the other as documents: each the record after it. */
  readonly documents: readonly { readonly id: string; readonly values: FieldValues }[];
  readonly before: readonly { readonly id: string; readonly values: FieldValues }[];
};

/**
 * Work of one laptop, made by the code that the app saves with: `demo` every record of an invented municipality, each
 * as one save; `edits` afterwards, each one field of a resident and a save of its own. They are spread over as many people
 * as there are in the country, of whom only those that are met have to be there: 10,000 edits meet some 9,550.
 */
export function writeWork(
  residents: number,
  edits: number,
  seed: number,
): { readonly demo: Written; readonly edits: Written } {
  const demo = generateMunicipality({ seed, residents, sites: 3 });
  const records = [...demo.sites, ...demo.residents, ...demo.families, ...demo.stays, ...demo.absences];
  const author = new Author(seed);
  const now = new Map<string, ReplicaRecord>();
  const values = new Map<string, FieldValues>();
  for (const record of records) {
    now.set(record.id, author.save(emptyRecord(record), record.values));
    values.set(record.id, record.values);
  }
  const documentsOf = (some: readonly DemoRecord[]) => some.map(({ id, values: all }) => ({ id, values: all }));
  const first = author.take({ documents: documentsOf(records), before: [] });
  const prng = new Prng(seed, 1);
  const before = documentsOf(demo.residents);
  const met = new Map<number, number>();
  const documents: { id: string; values: FieldValues }[] = [];
  for (let at = 0; at < edits; at++) {
    const person = prng.int(peopleInCountry);
    if (!met.has(person)) met.set(person, met.size);
    const id = demo.residents[met.get(person) ?? 0]?.id ?? '';
    const record = now.get(id);
    if (record === undefined) throw new Error('a resident of the municipality is not there');
    const change = drawEdit(prng);
    now.set(id, author.save(record, change));
    const next = { ...values.get(id), ...change };
    values.set(id, next);
    documents.push({ id, values: next });
  }
  return { demo: first, edits: author.take({ documents, before }) };
}

const peopleInCountry = 111_740;

function drawEdit(prng: Prng): FieldValues {
  const month = `2026-${String(1 + prng.int(12)).padStart(2, '0')}`;
  const day = `${month}-${String(1 + prng.int(28)).padStart(2, '0')}`;
  const digits = Array.from({ length: 8 }, () => prng.int(10)).join('');
  const drawn: Readonly<Record<string, () => FieldValues>> = {
    phones: () => ({ phones: [`+316${digits}`] }),
    interpreter: () => ({ interpreterNeeded: prng.chance(0.5) }),
    arrival: () => ({ arrival: { date: day, from: null } }),
    birthDate: () => ({ birthDate: `19${String(40 + prng.int(59))}-${day.slice(5)}` }),
    vNumber: () => ({ vNumber: `28${digits}` }),
    income: () => ({
      [`income.employment.${month}`]: { amountCents: 50_000 + prng.int(250_000), evidence: 'payslip' },
    }),
  };
  return prng.pick(Object.values(drawn))();
}

/** A laptop with one writer in each compartment. A minute passes between two saves. */
class Author {
  private readonly prng: Prng;
  private readonly made = new Map<Compartment, Change[]>();
  private readonly taken = new Map<Compartment, number>();
  private readonly writers: Record<Compartment, Uint8Array>;
  private last: Stamp = { ms: 0, counter: 0 };
  private wallMs = 1_790_000_000_000;

  constructor(seed: number) {
    this.prng = new Prng(seed, 2);
    this.writers = Object.fromEntries(compartments.map((c) => [c, this.prng.bytes(8)])) as Record<
      Compartment,
      Uint8Array
    >;
  }

  save(record: ReplicaRecord, values: FieldValues): ReplicaRecord {
    const definition = definitionOf(record.kind);
    const edits = Object.entries(values).map(([field, value]): Edit => ({
      field,
      value,
      base: baseOf(record, field, definition),
    }));
    this.wallMs += 20_000 + this.prng.int(80_000);
    const writers = Object.fromEntries(
      compartments.map((c) => [c, { w: this.writers[c], next: (this.made.get(c)?.length ?? 0) + 1 }]),
    );
    const context: SaveContext = {
      author: { user: 'u_0123456789abcdef', schema: 1, clockQuality: 0 },
      ...{ writers, lastStamp: this.last, wallMs: this.wallMs, random: this.prng.bytes, sha256 },
    };
    const saved = makeSave([{ record, edits, definition }], context);
    if (!saved.ok) throw new Error(`${saved.error.type} in ${record.kind} ${saved.error.field}`);
    for (const c of compartments) this.made.set(c, append(this.made.get(c) ?? [], saved.value.byCompartment[c] ?? []));
    this.last = saved.value.lastStamp;
    return saved.value.records[0]?.record ?? record;
  }

  /** What was made since the last time. */
  take(rest: Pick<Written, 'documents' | 'before'>): Written {
    const writers = [...this.made].map(([c, ops]) => ({ c, ops: ops.slice(this.taken.get(c) ?? 0) }));
    for (const [c, ops] of this.made) this.taken.set(c, ops.length);
    const some = writers.filter(({ ops }) => ops.length > 0);
    return { writers: some, count: some.reduce((sum, { ops }) => sum + ops.length, 0), ...rest };
  }
}

/** Onto the same list: a copy for every save would be most of the work. */
function append(list: Change[], more: readonly Change[]): Change[] {
  list.push(...more);
  return list;
}
