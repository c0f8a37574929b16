import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderResidents } from '../../../renderer/list-order.ts';
import { LayeredMap } from '../../../renderer/stores/layered-map.ts';
import { findResidents, prepareSearch } from '../../../renderer/stores/name-search.ts';
import { readTerms } from '../../../renderer/stores/search-facts.ts';
import { imagePart, ResidentImage } from '../../../shared/register/resident-image.ts';
import type { ResidentSummary } from '../../../shared/register/resident-summary.ts';

const sites = ['a', 'b', 'c'].map((sign) => `5a5a5a5a-0000-4000-8000-00000000000${sign}`);
const families = ['Bondar', 'Bondarenko', 'Bondaruk', 'Bonder', 'Kovalenko', 'Koval'];
const person = (family: number, site: number, no: number): ResidentSummary => ({
  ...{ id: `0000000${String(no % 10)}-0000-4000-8000-${String(no).padStart(12, '0')}`, rev: 1 },
  ...{ family: families[family] ?? '', given: 'Olena', patronymic: '', familyCyrillic: '', givenCyrillic: '' },
  ...{ birthDate: null, sex: 'F', status: 'present', site: sites[site] ?? null, room: null, bed: null },
  ...{ familyId: null, protectionUntil: null, unsettled: false },
});
const byName = { key: 'name', descending: false };
const drawn = fc.array(fc.tuple(fc.nat(families.length - 1), fc.nat(3)), { minLength: 1, maxLength: 40 });

async function search(people: readonly ResidentSummary[], query: string, isIndexed: boolean) {
  const residents = new LayeredMap<ResidentSummary>(new ResidentImage([imagePart(people)]));
  const rows = orderResidents(residents, byName, 'nl');
  if (isIndexed) await prepareSearch(residents, rows);
  return (site: string | null) => [...findResidents(residents, rows, query, readTerms(query, [], null), site)];
}

describe('the people of the site in view', () => {
  it('come first among hits of one rank, and nothing else about the order changes', async () => {
    await fc.assert(
      fc.asyncProperty(
        drawn,
        fc.constantFrom('bondar', 'koval', 'bonda', 'olena', 'bondra'),
        fc.boolean(),
        async (list, query, isIndexed) => {
          const people = list.map(([family, site], no) => person(family, site, no));
          const found = await search(people, query, isIndexed);
          const [plain, here] = [found(null), found(sites[0] ?? null)];
          const isHere = ({ site }: ResidentSummary) => site === sites[0];
          const of = (rows: readonly ResidentSummary[], wanted: boolean) =>
            rows.filter((row) => isHere(row) === wanted).map(({ id }) => id);
          expect(of(here, true)).toEqual(of(plain, true));
          expect(of(here, false)).toEqual(of(plain, false));
          // Hits of one name have one rank: among them nobody of another site stands before one of this.
          for (const family of families) {
            const same = here.filter((row) => row.family === family).map(isHere);
            expect(same).toEqual([...same].sort((a, b) => Number(b) - Number(a)));
          }
        },
      ),
      { seed: 20261125, numRuns: 120 },
    );
  });

  it('do not come before a better hit of another site', async () => {
    const people = [person(0, 1, 1), person(1, 0, 2), person(0, 0, 3)];
    const found = await search(people, 'bondar', true);
    expect(found(sites[0] ?? null).map(({ family, site }) => [family, site])).toEqual([
      ['Bondar', sites[0]],
      ['Bondar', sites[1]],
      ['Bondarenko', sites[0]],
    ]);
  });
});
