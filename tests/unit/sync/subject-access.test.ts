import { expect, it } from 'vitest';
import { recordIdBytes } from '../../../shared/kernel/ids.ts';
import { eraseValue } from '../../../shared/sync/chain.ts';
import type { Change } from '../../../shared/sync/change.ts';
import { emptyRecord, withOps } from '../../../shared/sync/replica-record.ts';
import { mentions, otherPerson, subjectAccess } from '../../../shared/sync/subject-access.ts';
import { aChange, aRecordId, dotOf, sha256 } from './sync-fixtures.ts';

const other = '1b9d1f3e-5a7c-4d2e-8f60-718293a4b5c6';
const household = '2b9d1f3e-5a7c-4d2e-8f60-718293a4b5c6';
const isPerson = (id: string) => [aRecordId, other].includes(id);
const inFamily = (over: Partial<Change>): Change => aChange({ t: 'family', id: recordIdBytes(household), ...over });
const access = (record: Parameters<typeof subjectAccess>[1][number]) => subjectAccess(aRecordId, [record], isPerson)[0];

it('gives what holds and what held before, by whom and when, the newest first', () => {
  const first = aChange({ v: 'Kovalenko' });
  const second = aChange({ n: 2, v: 'Kovalenko-Bondar', b: [dotOf(first)], u: 'u_00000000000000aa' });
  const part = access(withOps(emptyRecord({ kind: 'resident', id: aRecordId }), [first, second]));
  expect(part?.fields).toMatchObject([
    {
      field: 'name',
      values: [
        { value: 'Kovalenko-Bondar', by: 'u_00000000000000aa', holds: true, erased: false },
        { value: 'Kovalenko', holds: false },
      ],
    },
  ]);
});

it('has what never left the laptop, and says of what was erased only that it was there', () => {
  const erased = eraseValue(aChange({ v: 'planted' }), sha256);
  const part = access(withOps(emptyRecord({ kind: 'resident', id: aRecordId }), [erased], { remark: 'kept here' }));
  expect(JSON.stringify(part)).not.toContain('planted');
  expect(part?.fields.map(({ field, values }) => [field, values[0]?.erased, values[0]?.onlyHere])).toEqual([
    ['name', true, false],
    ['remark', false, true],
  ]);
});

it('leaves out and counts what is about somebody else, and masks them inside a value', () => {
  const record = withOps(emptyRecord({ kind: 'family', id: household }), [
    inFamily({ f: `member.${aRecordId}.2026-01-01`, v: { to: null, relation: 'parent' } }),
    inFamily({ n: 2, f: `member.${other}.2026-01-01`, v: { to: null, relation: 'secret' } }),
    inFamily({
      n: 3,
      f: 'decision',
      v: {
        total: 500,
        members: [
          { id: aRecordId, amountCents: 200 },
          { id: other, amountCents: 99_999 },
        ],
        carer: other,
        byPerson: { [aRecordId]: 1, [other]: 77_777 },
      },
    }),
  ]);
  const part = access(record);
  const text = JSON.stringify(part);
  for (const secret of [other, 'secret', '99999', '77777']) expect(text).not.toContain(secret);
  expect(part?.leftOut).toBe(1);
  // The group that names another person directly is theirs as a whole.
  expect(part?.fields.find(({ field }) => field === 'decision')?.values[0]?.value).toBe(otherPerson);
  const nested = withOps(emptyRecord({ kind: 'family', id: household }), [
    inFamily({
      f: 'decision',
      v: {
        members: [
          { id: aRecordId, amountCents: 200 },
          { id: other, amountCents: 9 },
        ],
      },
    }),
  ]);
  expect(access(nested)?.fields[0]?.values[0]?.value).toEqual({
    members: [{ id: aRecordId, amountCents: 200 }, otherPerson],
  });
});

it('finds a person in ids, in groups and in the ids of fields', () => {
  const family = (op: Change) => withOps(emptyRecord({ kind: 'family', id: household }), [op]);
  expect(mentions(family(inFamily({ f: `member.${aRecordId}.2026-01-01`, v: null })), aRecordId)).toBe(true);
  expect(mentions(family(inFamily({ f: 'stay', v: { resident: aRecordId } })), aRecordId)).toBe(true);
  expect(mentions(family(inFamily({ f: 'about', v: { residents: [other] } })), aRecordId)).toBe(false);
});
