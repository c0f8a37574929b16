import { addDays, addMonths, monthOf, type IsoDate } from '../kernel/dates.ts';
import type { Value } from '../records/record.ts';
import type { Relation } from '../register/codes.ts';
import { findProtectionEnd } from '../register/registration.ts';
import { incomeFieldId } from '../register/resident.ts';
import { drawBirthDate, drawLineage, drawMan, drawName, type Lineage, type NumberDrawer } from './demo-person.ts';
import names from './names.json' with { type: 'json' };
import type { Random } from './random.ts';

export type DemoMember = {
  readonly sex: 'F' | 'M';
  readonly age: number;
  readonly relation: Relation;
  readonly man?: number;
};

/** A family of `size` people around one adult: partner, children, sometimes a grandparent. */
export function drawMembers(random: Random, size: number): readonly DemoMember[] {
  const mainAge = 24 + random.whole(38);
  const mainSex = random.chance(72) ? 'F' : 'M';
  const members: DemoMember[] = [{ sex: mainSex, age: mainAge, relation: 'main-person', man: drawMan(random) }];
  if (size > 1 && random.chance(size > 2 ? 55 : 35)) {
    members.push({
      sex: mainSex === 'F' ? 'M' : 'F',
      age: mainAge + random.whole(6),
      relation: 'partner',
      man: drawMan(random),
    });
  }
  if (members.length < size && random.chance(18)) {
    members.push({ sex: random.chance(80) ? 'F' : 'M', age: mainAge + 22 + random.whole(10), relation: 'parent' });
  }
  while (members.length < size) {
    const oldest = Math.max(1, mainAge - 19);
    members.push({ sex: random.chance(50) ? 'F' : 'M', age: random.whole(Math.min(oldest, 18)), relation: 'child' });
  }
  return members;
}

/** Facts that everybody in a family has in common. */
export type FamilyFacts = {
  readonly site: string;
  readonly municipality: string;
  readonly lineage: Lineage;
  readonly oldSpelling: boolean;
  readonly father: number | undefined;
  readonly arrival: IsoDate;
  readonly departure: IsoDate | null;
  readonly group: 'ua' | 'permanent-permit' | 'temporary-permit';
  readonly city: string;
};

export function drawFamilyFacts(
  random: Random,
  site: string,
  municipality: string,
  day: IsoDate,
  members: readonly DemoMember[],
): FamilyFacts {
  const state = random.whole(100);
  const arrival = state < 2 ? addDays(day, 2 + random.whole(12)) : addDays(day, -30 - random.whole(1300));
  return {
    site,
    municipality,
    lineage: drawLineage(random),
    oldSpelling: random.chance(12),
    father: members.find(
      (member) => member.sex === 'M' && (member.relation === 'main-person' || member.relation === 'partner'),
    )?.man,
    arrival,
    departure: state >= 2 && state < 5 ? addDays(day, -1 - random.whole(25)) : null,
    group: random.chance(96) ? 'ua' : random.chance(60) ? 'permanent-permit' : 'temporary-permit',
    city: random.pick(names.cities),
  };
}

/** Values of one resident record, valid by `checkResident`. */
export function drawResident(
  random: Random,
  member: DemoMember,
  facts: FamilyFacts,
  numbers: NumberDrawer,
  day: IsoDate,
): Record<string, Value> {
  const { arrival, departure, lineage } = facts;
  const isChild = member.relation === 'child';
  const father = isChild && facts.father !== undefined ? facts.father : drawMan(random);
  const birthDate = drawBirthDate(random, member.age, day);
  const isHere = arrival <= day;
  // A child can be younger than the family's stay.
  const since = isChild && birthDate > arrival ? birthDate : arrival;
  const registered = addDays(since, 3 + random.whole(20));
  const values: Record<string, Value> = {
    placement: { site: facts.site },
    name: drawName(random, member.sex, { ...lineage, father }, facts.oldSpelling, member.man),
    birthDate: !isChild && random.chance(1) ? `${birthDate.slice(0, 4)}-00-00` : birthDate,
    sex: member.sex,
    nationality: facts.group === 'ua' ? ['UA'] : [facts.group === 'temporary-permit' ? 'GE' : 'MD'],
    nationalityGroup: facts.group,
    'document.passport': {
      type: isChild && random.chance(30) ? 'birth-certificate' : 'passport',
      number: numbers.passport(),
      issuingCountry: facts.group === 'ua' ? 'UA' : null,
      validUntil: addDays(day, 200 + random.whole(2800)),
      seenOn: isHere ? (registered < day ? registered : day) : null,
    },
    arrival: { date: since, from: facts.city },
    languages: random.chance(35) ? ['uk', 'ru'] : random.chance(20) ? ['en', 'uk'] : ['uk'],
  };
  if (member.age >= 16) values.phones = [`+31 6 0000 ${String(random.whole(10_000)).padStart(4, '0')}`];
  if (isHere && registered <= day) addRegistration(values, random, facts, numbers, registered, day);
  if (departure !== null) {
    const back = random.chance(50);
    values.departure = {
      date: departure,
      reason: back ? 'return-to-ukraine' : 'own-housing',
      destination: back ? 'UA' : 'NL',
    };
  }
  if (isHere && departure === null && member.age >= 18 && member.age < 67) addIncome(values, random, day);
  return values;
}

function addRegistration(
  values: Record<string, Value>,
  random: Random,
  facts: FamilyFacts,
  numbers: NumberDrawer,
  from: IsoDate,
  day: IsoDate,
): void {
  const left = facts.departure !== null && facts.departure > from ? facts.departure : null;
  values.bsn = numbers.bsn();
  values.vNumber = numbers.vNumber();
  values['brp.first'] = {
    from,
    to: left,
    municipality: facts.municipality,
    reason: left === null ? null : 'left-country',
    destination: null,
  };
  const proofType = random.pick(['o-document', 'sticker-passport', 'sticker-insert'] as const);
  values[`document.proof`] = {
    type: proofType,
    number: numbers.proof(),
    issuingCountry: 'NL',
    validUntil: null,
    seenOn: from,
  };
  values.protection = {
    status: 'rtb-proven',
    since: from,
    proofType,
    validUntil: findProtectionEnd(facts.group, day) ?? null,
    successor: null,
  };
}

/** Six months of the same kind of income, up to the month of `day`; half of the adults have one. */
function addIncome(values: Record<string, Value>, random: Random, day: IsoDate): void {
  if (!random.chance(50)) return;
  const kind = random.pick(['employment', 'employment', 'employment', 'wage-replacement-benefit', 'pension'] as const);
  const usual = kind === 'employment' ? 40_000 + random.whole(240_000) : 30_000 + random.whole(110_000);
  for (let back = 5; back >= 0; back--) {
    const amountCents = Math.max(0, usual + random.whole(20_000) - 10_000);
    values[incomeFieldId(kind, addMonths(monthOf(day), -back))] = {
      amountCents,
      evidence: kind === 'employment' ? 'payslip' : 'benefit-decision',
    };
  }
}
