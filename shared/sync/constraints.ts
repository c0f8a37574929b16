import type { IsoDate } from '../kernel/dates.ts';

/**
 * Rules over several records (sync.md §3.3). They are derived on every device from what it holds, never written and
 * never a reason to refuse, move, end or hide anything. The key of an item is its rule and the sorted ids of what it is
 * about, so every replica shows the same item.
 */
export type ConstraintItem = {
  readonly key: string;
  readonly rule: 'C1' | 'C2' | 'C4';
  readonly reason: 'two-families' | 'over-capacity' | 'bed-closed' | 'two-beds' | 'same-bsn' | 'same-v-number';
  readonly ids: readonly string[];
};

/** Nights `[from, until)`; `until` null while it lasts. `bed` is unique over all sites. */
export type StayFacts = {
  readonly id: string;
  readonly bed: string;
  readonly resident: string;
  readonly family: string;
  readonly from: IsoDate;
  readonly until: IsoDate | null;
  readonly void: boolean;
  readonly shared: boolean;
};

/** `closed`: nights `[from, until)` in which the bed may not be used. */
export type BedFacts = {
  readonly id: string;
  readonly capacity: number;
  readonly closed: readonly Nights[];
};
export type Nights = { readonly from: IsoDate; readonly until: IsoDate | null };

/** C1: stays of different families on one bed in one night, more than it holds unless all are `shared`, or a closed bed. */
export function bedNightItems(stays: readonly StayFacts[], beds: readonly BedFacts[]): readonly ConstraintItem[] {
  const byId = new Map(beds.map((bed) => [bed.id, bed]));
  const groups = [...groupBy(counting(stays), ({ bed }) => bed)].flatMap(([bedId, onBed]) => {
    const capacity = byId.get(bedId)?.capacity ?? 1;
    return together(onBed).flatMap((group): ConstraintItem[] => {
      if (new Set(group.map(({ family }) => family)).size > 1) return [item('C1', 'two-families', group)];
      return group.length > capacity && !group.every(({ shared }) => shared)
        ? [item('C1', 'over-capacity', group)]
        : [];
    });
  });
  const closed = counting(stays)
    .filter((stay) => byId.get(stay.bed)?.closed.some((nights) => overlaps(nights, stay)))
    .map((stay) => item('C1', 'bed-closed', [stay, { id: stay.bed }]));
  return sorted([...groups, ...closed]);
}

/** C2: one resident in two beds in one night. */
export function residentNightItems(stays: readonly StayFacts[]): readonly ConstraintItem[] {
  const byResident = groupBy(counting(stays), ({ resident }) => resident);
  return sorted(
    [...byResident.values()].flatMap((own) =>
      together(own)
        .filter((group) => new Set(group.map(({ bed }) => bed)).size > 1)
        .map((group) => item('C2', 'two-beds', group)),
    ),
  );
}

export type NumberFacts = { readonly resident: string; readonly kind: 'bsn' | 'v-number'; readonly number: string };

/** C4: residents with one number. The number itself is in no item. */
export function sameNumberItems(numbers: readonly NumberFacts[]): readonly ConstraintItem[] {
  const groups = groupBy(numbers, ({ kind, number }) => `${kind} ${number}`);
  return sorted(
    [...groups.values()].flatMap((group) => {
      const residents = [...new Set(group.map(({ resident }) => resident))].map((id) => ({ id }));
      const reason = group[0]?.kind === 'bsn' ? 'same-bsn' : 'same-v-number';
      return residents.length > 1 ? [item('C4', reason, residents)] : [];
    }),
  );
}

function item(
  rule: ConstraintItem['rule'],
  reason: ConstraintItem['reason'],
  about: readonly { readonly id: string }[],
): ConstraintItem {
  const ids = about.map(({ id }) => id).sort();
  return { key: `${rule}:${ids.join(',')}`, rule, reason, ids };
}

/** One item per key; two families with one number twice are still one question. */
function sorted(items: readonly ConstraintItem[]): readonly ConstraintItem[] {
  const byKey = new Map(items.map((found) => [`${found.key} ${found.reason}`, found]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, found]) => found);
}

/** A stay that was put down by mistake, or ends before its first night, takes no bed. */
const counting = (stays: readonly StayFacts[]) =>
  stays.filter((stay) => !stay.void && (stay.until === null || stay.until > stay.from));

const overlaps = (a: Nights, b: Nights) =>
  (b.until === null || a.from < b.until) && (a.until === null || b.from < a.until);

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const entry of items) {
    const key = keyOf(entry);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return groups;
}

/** The largest groups of stays that share a night: a group inside another one is not told apart. */
function together(stays: readonly StayFacts[]): readonly (readonly StayFacts[])[] {
  const groups = stays.map(({ from }) =>
    stays.filter((stay) => overlaps({ from, until: null }, stay) && stay.from <= from),
  );
  const keyed = new Map(groups.map((group) => [item('C1', 'two-families', group).key, group]));
  const found = [...keyed.values()].filter((group) => group.length > 1);
  return found.filter((group) => !found.some((other) => other.length > group.length && isWithin(group, other)));
}

const isWithin = (group: readonly StayFacts[], other: readonly StayFacts[]) =>
  group.every((stay) => other.includes(stay));
