import { describe, expect, it } from 'vitest';
import { recordKinds } from '../../../shared/records/record.ts';
import { definitionOf } from '../../../shared/sync/field-classes.ts';
import table from '../../fixtures/field-classes.json' with { type: 'json' };

type Row = { readonly class: string; readonly compartment: string; readonly sharing: string };
const designed = new Map<string, Row>(
  table.rows.flatMap(({ class: is, compartment, sharing, fields }) =>
    fields.map((name) => [name, { class: is, compartment, sharing }] as const),
  ),
);
const deviating = new Map(
  table.deviations.flatMap(({ class: is, fields }) => fields.map((name) => [name, is] as const)),
);
const built = recordKinds.flatMap((kind) =>
  Object.entries(definitionOf(kind).fields).map(([name, rule]) => [`${kind}.${name}`, rule] as const),
);

describe('every field of every kind', () => {
  it.each(built)('%s has the class, the compartment and the sharing of the design', (name, rule) => {
    const row = designed.get(name);
    expect(row, 'a field that stands in no row of the table').toBeDefined();
    expect({ class: rule.class, compartment: rule.compartment, sharing: rule.sharing }).toEqual({
      ...row,
      class: deviating.get(name) ?? row?.class,
    });
  });

  it('stands in one row, and no row names a field that is not there', () => {
    const named = table.rows.flatMap(({ fields }) => fields);
    expect(named.toSorted()).toEqual(built.map(([name]) => name).toSorted());
  });

  it('deviates only where the table says why', () => {
    for (const { fields, class: is, why } of table.deviations) {
      expect(why.length).toBeGreaterThan(20);
      for (const name of fields) expect(designed.get(name)?.class).not.toBe(is);
    }
  });
});

it('keeps what is special out of the compartment everybody has', () => {
  const special = /\.(bsn|bsnVerified|income|care|careRoute|careStay|inCareInstitution|answer|health|decision)$/;
  for (const [name, rule] of built) if (special.test(name)) expect([name, rule.compartment]).not.toContain('core');
});
