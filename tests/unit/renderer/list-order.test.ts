import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../shared/demo/random.ts';
import { makeRecordId } from '../../../shared/kernel/ids.ts';
import { imagePart, ResidentImage } from '../../../shared/register/resident-image.ts';
import type { ResidentSummary } from '../../../shared/register/resident-summary.ts';
import type { SummaryColumns } from '../../../shared/register/summary-columns.ts';
import { summaryCodec } from '../../../renderer/adapters/summary-segments.ts';
import { firstPage } from '../../../renderer/first-page.ts';
import { orderInSlices, orderResidents } from '../../../renderer/list-order.ts';
import { nameOrder } from '../../../renderer/i18n/format.ts';
import { LayeredMap } from '../../../renderer/stores/layered-map.ts';

const names = ['Bakker', 'Bakkerij', "D'Hont", 'De Vries', 'Devries', 'Zaitsevskaja', 'zaitsev', 'Łukasz', 'IJsbrand'];
const families = [
  ...names,
  'Ґудзь',
  'Гнатюк',
  'Їжак',
  'Івченко',
  'Йосипенко',
  'kovalenko',
  'Kovalenko',
  'Ömer',
  'Zaitsev',
  '',
];
const random = seededRandom(11);
const draw = (): ResidentSummary => ({
  id: makeRecordId(random.bytes(16)),
  rev: 1,
  family: random.pick(families),
  given: random.pick(['Anna', 'Ivan', 'Ївга', '']),
  patronymic: '',
  familyCyrillic: random.pick(families),
  givenCyrillic: '',
  birthDate: null,
  sex: 'unknown',
  status: 'present',
  site: null,
  room: null,
  bed: random.pick(['1', '2', null]),
  familyId: null,
  protectionUntil: null,
  unsettled: false,
});
const mapOf = (rows: readonly ResidentSummary[]) => new LayeredMap(new Map(rows.map((row) => [row.id, row])));
const plainly = (rows: readonly ResidentSummary[], sign: number, order = nameOrder('uk')) =>
  [...rows].sort(
    (a, b) => sign * (order.compare(a.family, b.family) || order.compare(a.given, b.given)) || (a.id < b.id ? -1 : 1),
  );

describe('order of the list', () => {
  it('is that of the language, namesakes by id, both ways round', () => {
    const rows = Array.from({ length: 500 }, draw);
    for (const [descending, sign] of [
      [false, 1],
      [true, -1],
    ] as const) {
      const ordered = orderResidents(mapOf(rows), { key: 'name', descending }, 'uk');
      expect([...ordered].map(({ id }) => id)).toEqual(plainly(rows, sign).map(({ id }) => id));
    }
  });

  it.each(['nl', 'uk', 'en'] as const)('is the same over the columns of several segments in %s', (language) => {
    const rows = Array.from({ length: 500 }, draw);
    const parts = [rows.slice(0, 200), rows.slice(200, 350), rows.slice(350)].map(imagePart);
    const renamed = { ...(rows[3] ?? draw()), family: 'Bakker', rev: 2 };
    const base = new LayeredMap<ResidentSummary>(new ResidentImage(parts));
    const residents = base.with([[renamed.id, renamed]]);
    const left = [...rows.filter(({ id }) => id !== renamed.id), renamed];
    const many = residents.with(rows.slice(0, 120).map(({ id }) => [id, undefined]));
    for (const sign of [1, -1] as const) {
      const sort = { key: 'name', descending: sign === -1 };
      const inOrder = (map: typeof residents) => [...orderResidents(map, sort, language)].map(({ id }) => id);
      const wanted = (of: readonly ResidentSummary[]) => plainly(of, sign, nameOrder(language)).map(({ id }) => id);
      expect(inOrder(base)).toEqual(wanted(rows));
      expect(inOrder(residents)).toEqual(wanted(left));
      expect(inOrder(many)).toEqual(wanted(rows.slice(120)));
    }
  });

  it('is the same made in slices, by whoever asks while it is being made', async () => {
    const rows = Array.from({ length: 4_000 }, () => ({
      ...draw(),
      family: `${random.pick(families)}${random.whole(900)}`,
    }));
    const parts = [rows.slice(0, 1_500), rows.slice(1_500)].map(imagePart);
    for (const sort of [
      { key: 'name', descending: true },
      { key: 'bed', descending: false },
    ]) {
      const residents = new LayeredMap<ResidentSummary>(new ResidentImage(parts));
      const [first, second] = [orderInSlices(residents, sort, 'nl'), orderInSlices(residents, sort, 'nl')];
      const later = residents.with([[rows[7]?.id ?? '', undefined]]);
      expect(await first).toBe(await second);
      const whole = orderResidents(new LayeredMap<ResidentSummary>(new ResidentImage(parts)), sort, 'nl');
      expect([...(await first).order]).toEqual([...whole.order]);
      expect((await orderInSlices(later, sort, 'nl')).length).toBe(3_999);
    }
  });

  it('takes out and puts in what changed, and gives the same list for the same residents', () => {
    const rows = Array.from({ length: 300 }, draw);
    let residents = mapOf(rows);
    const sort = { key: 'name', descending: false };
    expect(orderResidents(residents, sort, 'uk')).toBe(orderResidents(residents, sort, 'uk'));
    for (let round = 0; round < 40; round++) {
      const renamed = { ...random.pick([...residents.values()]), family: random.pick(families), rev: 2 };
      const added = draw();
      const gone = random.pick([...residents.keys()]);
      residents = residents.with([
        [added.id, added],
        [renamed.id, renamed],
        [gone, undefined],
      ]);
      const ids = [...orderResidents(residents, sort, 'uk')].map(({ id }) => id);
      expect(ids).toEqual(plainly([...residents.values()], 1).map(({ id }) => id));
    }
  });
});

describe('the first page of a list that was never ordered', () => {
  const order = { key: 'name', descending: false };
  const idsIn = (rows: Iterable<ResidentSummary | undefined>) => [...rows].map((row) => row?.id);

  it.each(['nl', 'uk', 'en'] as const)(
    'begins as the whole list does, and holds the same people, in %s',
    (language) => {
      const letters = seededRandom(12);
      const family = () =>
        Array.from({ length: 1 + letters.whole(5) }, () =>
          letters.pick([...'abABkzZ', "'", ' ', '-', 'ó', 'Є', 'ї', 'ij']),
        ).join('');
      const rows = Array.from({ length: 900 }, (_unused, at): ResidentSummary => ({
        ...draw(),
        family: letters.chance(20) ? letters.pick(families) : family(),
        status: at % 3 === 0 ? 'departed' : 'present',
      }));
      const residents = new LayeredMap<ResidentSummary>(
        new ResidentImage([imagePart(rows.slice(0, 400)), imagePart(rows.slice(400))]),
      );
      const whole = orderResidents(residents, order, language);
      for (const count of [1, 40, 200, 5_000]) {
        const first = firstPage(residents, language, count);
        const isHere = (ids: ReturnType<typeof idsIn>) =>
          ids.filter((id) => residents.get(id ?? '')?.status !== 'departed').slice(0, count);
        expect(isHere(idsIn(first))).toEqual(isHere(idsIn(whole)));
        expect(idsIn(first).sort()).toEqual(idsIn(whole).sort());
      }
    },
  );

  it('reads the same beginnings from the bytes of a segment as from lines', () => {
    const rows = [...families, 'a', 'Ab', 'a1', "a'b", 'aó', 'ó', 'Z', '-a'].map((family) => ({ ...draw(), family }));
    const decoded = summaryCodec.decode(summaryCodec.encode(rows));
    if (!decoded.ok) throw new Error('no columns');
    const startsIn = (columns: SummaryColumns) =>
      new Map([...columns.column('family')].map((no) => [columns.text(no), columns.startOf(no)]));
    expect(startsIn(decoded.value)).toEqual(startsIn(imagePart(rows)));
    expect(['a', 'Ab', 'aó', 'Z', '-a', ''].map((text) => startsIn(decoded.value).get(text))).toEqual([
      1, 3, 0, 676, 0, 0,
    ]);
  });
});
