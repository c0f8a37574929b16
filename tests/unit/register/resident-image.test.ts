import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../shared/demo/random.ts';
import { makeRecordId } from '../../../shared/kernel/ids.ts';
import { imagePart, ResidentImage } from '../../../shared/register/resident-image.ts';
import type { ResidentSummary } from '../../../shared/register/resident-summary.ts';

const random = seededRandom(21);
const ids = Array.from({ length: 60 }, (_unused, at) =>
  // Some count up at one end, as no random id does.
  at % 2 === 0 ? makeRecordId(random.bytes(16)) : `00000000-0000-4000-8000-0000000000${String(at).padStart(2, '0')}`,
);
const summary = (id: string, rev: number): ResidentSummary => ({
  ...{ id, rev, family: `Koval${String(rev)}`, given: '', patronymic: '', familyCyrillic: '', givenCyrillic: '' },
  ...{ birthDate: null, sex: 'unknown', status: 'present', site: null, room: null, bed: null, familyId: null },
  ...{ protectionUntil: null, unsettled: false },
});
const line = fc.tuple(fc.nat(ids.length - 1), fc.integer({ min: 1, max: 99 }));
const change = fc.tuple(fc.nat(ids.length - 1), fc.option(fc.integer({ min: 1, max: 99 }), { nil: undefined }));

describe('the list of a whole register', () => {
  it('holds what a map holds after the same changes, and earlier lists stay as they were', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(line, { maxLength: 25 }), { maxLength: 4 }),
        fc.array(fc.array(change, { maxLength: 30 }), { maxLength: 5 }),
        (parts, rounds) => {
          const wanted = new Map<string, ResidentSummary>();
          const made = parts.map((part) => {
            const lines = part.map(([at, rev]) => summary(ids[at] ?? '', rev));
            for (const one of lines) wanted.set(one.id, one);
            return imagePart(lines);
          });
          let image = new ResidentImage(made);
          for (const round of rounds) {
            const before = new Map(image);
            const earlier = image;
            const laid = new Map(
              round.map(([at, rev]) => {
                const id = ids[at] ?? '';
                return [id, rev === undefined ? undefined : summary(id, rev)] as const;
              }),
            );
            image = image.with(laid);
            for (const [id, one] of laid) {
              if (one === undefined) wanted.delete(id);
              else wanted.set(id, one);
            }
            expect(new Map(earlier)).toEqual(before);
          }
          expect(new Map(image)).toEqual(wanted);
          expect(image.size).toBe(wanted.size);
          for (const id of ids) {
            expect(image.get(id)).toEqual(wanted.get(id));
            const row = image.rowOf(id);
            expect(row !== undefined).toBe(wanted.has(id));
            if (row === undefined) continue;
            expect(image.idAt(row)).toBe(id);
            expect(image.textAt('family', row)).toBe(wanted.get(id)?.family);
          }
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });
});
