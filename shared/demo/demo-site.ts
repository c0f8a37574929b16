import { invariant } from '../kernel/assert.ts';
import { addDays, isoDate, type IsoDate } from '../kernel/dates.ts';
import { makeRecordId } from '../kernel/ids.ts';
import type { Value } from '../records/record.ts';
import { memberFieldId, receptionFieldId } from '../register/family.ts';
import type { DemoRecord } from './builders.ts';
import { drawFamilyFacts, drawMembers, drawResident } from './demo-family.ts';
import { makeNumberDrawer } from './demo-person.ts';
import names from './names.json' with { type: 'json' };
import { seededRandom, type Random } from './random.ts';
import { makeSiteBuilder, type SiteBuilder } from './site-builder.ts';

export type DemoMunicipality = {
  readonly code: string;
  readonly name: string;
  /** The day the data describes. */
  readonly day: IsoDate;
  readonly sites: readonly DemoRecord[];
  readonly families: readonly DemoRecord[];
  readonly residents: readonly DemoRecord[];
  readonly stays: readonly DemoRecord[];
  readonly absences: readonly DemoRecord[];
};

export type DemoSize = {
  readonly seed: number;
  readonly residents?: number;
  readonly families?: number;
  readonly sites?: number;
  readonly day?: IsoDate;
};

const municipality = { code: '0000', name: 'Voorbeeldstad' };

/**
 * An invented municipality: by default 3 sites and 400 residents in 170 families. Exactly the counts asked for, the
 * same for the same seed, every record valid. At least one resident per family and one family per site.
 */
export function generateMunicipality(size: DemoSize): DemoMunicipality {
  const { seed, residents = 400, sites = 3, day = isoDate('2026-11-02') } = size;
  const families = size.families ?? Math.ceil(residents * 0.425);
  invariant(families <= residents && sites <= families && sites > 0, 'a family has a person, a site a family');
  const random = seededRandom(seed);
  const numbers = makeNumberDrawer(random, residents);
  const newId = () => makeRecordId(random.bytes(16));
  const builders = Array.from({ length: sites }, (_, at) => makeSiteBuilder(newId(), siteName(at)));
  const made = {
    families: [] as DemoRecord[],
    residents: [] as DemoRecord[],
    stays: [] as DemoRecord[],
    absences: [] as DemoRecord[],
  };
  drawSizes(random, residents, families).forEach((count, at) => {
    const builder = builders[at % sites];
    invariant(builder !== undefined, 'every family has a site');
    const members = drawMembers(random, count);
    const facts = drawFamilyFacts(random, builder.id, municipality.code, day, members);
    const people = members.map((member) => ({
      member,
      record: {
        kind: 'resident',
        id: newId(),
        values: drawResident(random, member, facts, numbers, day),
      } satisfies DemoRecord,
    }));
    const isPrivate = facts.departure === null && random.chance(6);
    const values: Record<string, Value> = {
      placement: { site: builder.id },
      label: labelOf(people[0]?.record.values.name),
      [receptionFieldId(facts.arrival)]: {
        reception: isPrivate ? 'private' : 'municipal',
        catered: !isPrivate && builder.catered,
      },
    };
    if (isPrivate) values.hostAddress = `Lindelaan ${String(1 + random.whole(180))}`;
    for (const { member, record } of people) {
      const since = sinceOf(record, facts.arrival);
      values[memberFieldId(record.id, since)] = { to: null, relation: member.relation };
    }
    made.families.push({ kind: 'family', id: newId(), values });
    made.residents.push(...people.map(({ record }) => record));
    if (isPrivate) return;
    const beds = builder.addRoomsFor(count);
    people.forEach(({ record }, person) => {
      const bed = beds[person];
      invariant(bed !== undefined, 'a bed for everybody');
      const stay: Record<string, Value> = {
        placement: { site: builder.id },
        stay: { site: builder.id, bed, resident: record.id, from: sinceOf(record, facts.arrival) },
      };
      if (facts.departure !== null) stay.until = facts.departure;
      made.stays.push({ kind: 'bedStay', id: newId(), values: stay });
      if (facts.departure === null && facts.arrival < day && random.chance(9)) {
        made.absences.push(drawAbsence(random, newId(), builder.id, record, day, facts.arrival));
      }
    });
  });
  for (const builder of builders) addFreeRooms(random, builder, day);
  return {
    ...municipality,
    day,
    sites: builders.map((builder) => builder.toRecord(municipality)),
    ...made,
  };
}

/** Every record of the municipality, sites first, so that what names another record comes after it. */
export function allRecords(demo: DemoMunicipality): readonly DemoRecord[] {
  return [...demo.sites, ...demo.residents, ...demo.families, ...demo.stays, ...demo.absences];
}

/** Family sizes from 1 to 7 where the numbers allow, adding up exactly. */
function drawSizes(random: Random, residents: number, families: number): readonly number[] {
  const sizes = Array.from({ length: families }, () => 1);
  const largest = Math.max(7, Math.ceil(residents / families) * 2);
  for (let left = residents - families; left > 0;) {
    const at = random.whole(families);
    if ((sizes[at] ?? 0) >= largest) continue;
    sizes[at] = (sizes[at] ?? 0) + 1;
    left--;
  }
  return sizes;
}

function siteName(at: number): { name: string; address: string; kind: string } {
  const [name = '', address = '', kind = ''] = names.sites[at % names.sites.length] ?? [];
  const round = Math.floor(at / names.sites.length);
  return { name: round === 0 ? name : `${name} ${String(round + 1)}`, address, kind };
}

const labelOf = (name: Value | undefined): string => {
  const family = typeof name === 'object' && name !== null && 'family' in name ? name.family : '';
  return typeof family === 'string' ? family : '';
};

/** A child born here belongs to the family from its birth. */
function sinceOf(record: DemoRecord, arrival: IsoDate): IsoDate {
  const value = record.values.arrival;
  const date = typeof value === 'object' && value !== null && 'date' in value ? value.date : null;
  return typeof date === 'string' ? isoDate(date) : arrival;
}

function drawAbsence(
  random: Random,
  id: string,
  site: string,
  record: DemoRecord,
  day: IsoDate,
  arrival: IsoDate,
): DemoRecord {
  const isNow = random.chance(35);
  const since = sinceOf(record, arrival);
  const wished = addDays(day, -(isNow ? random.whole(18) : 30 + random.whole(150)));
  const from = wished > since ? wished : since;
  const values: Record<string, Value> = {
    placement: { site },
    notice: {
      resident: record.id,
      from,
      reason: random.pick(['announced', 'announced', 'visit-to-ukraine', 'not-seen', 'hospital'] as const),
    },
  };
  if (!isNow) values.until = addDays(from, 3 + random.whole(24));
  return { kind: 'absence', id, values };
}

/** One room in twelve is free, one of its beds sometimes out of service. */
function addFreeRooms(random: Random, builder: SiteBuilder, day: IsoDate): void {
  const rooms = Math.max(1, Math.round(builder.roomCount() / 12));
  for (let at = 0; at < rooms; at++) {
    const [bed] = builder.addRoomsFor(2 + random.whole(2));
    if (at === 0 && bed !== undefined)
      builder.takeOutOfService(bed, { reason: 'Lekkage', from: addDays(day, -9), until: null });
  }
}
