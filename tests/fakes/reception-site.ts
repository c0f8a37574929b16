import { aFamily, aSite, aSiteId } from '../../shared/demo/builders.ts';
import type { FieldValues } from '../../shared/records/record.ts';
import { memberFieldId } from '../../shared/register/family.ts';
import { isoDate } from '../../shared/kernel/dates.ts';
import type { MemoryServices } from './memory-services.ts';

const personId = (no: number) => `5a5a5a5a-0000-4000-8000-0000000001${String(no).padStart(2, '0')}`;
export const [olena, danylo, taras, iryna] = [personId(1), personId(2), personId(3), personId(4)];
export const stayOf = (no: number) => `5a5a5a5a-0000-4000-8000-0000000002${String(no).padStart(2, '0')}`;

const person = (given: string, family: string, sex: string): FieldValues => ({
  placement: { site: aSiteId },
  name: { family, given, patronymic: '', familyCyrillic: '', givenCyrillic: '', patronymicCyrillic: '' },
  sex,
  birthDate: '1990-05-04',
  arrival: { date: '2026-02-01', from: '' },
});

/** Three rooms on two floors, a mother with her son in room 1, Taras in room 2, Iryna without a bed. */
export function aReceptionSite<T extends MemoryServices>(services: T): T {
  services.put(
    { kind: 'site', id: aSiteId },
    aSite({
      'room.a2': { building: 'a', name: '2', floor: 1 },
      'bed.a2-1': { room: 'a2', name: '1', outOfService: null },
      'bed.a2-2': { room: 'a2', name: '2', outOfService: null },
      'room.a3': { building: 'a', name: '3', floor: 1 },
      'bed.a3-1': { room: 'a3', name: '1', outOfService: null },
    }).values,
  );
  services.put({ kind: 'resident', id: olena }, person('Olena', 'Bondar', 'F'));
  services.put({ kind: 'resident', id: danylo }, person('Danylo', 'Bondar', 'M'));
  services.put({ kind: 'resident', id: taras }, person('Taras', 'Melnyk', 'M'));
  services.put({ kind: 'resident', id: iryna }, person('Iryna', 'Koval', 'F'));
  const from = isoDate('2026-02-01');
  const { id, values } = aFamily();
  services.put(
    { kind: 'family', id },
    {
      placement: values.placement ?? null,
      label: 'Bondar',
      [memberFieldId(olena, from)]: { to: null, relation: 'main-person' },
      [memberFieldId(danylo, from)]: { to: null, relation: 'child' },
    },
  );
  const stay = (no: number, resident: string, bed: string) =>
    services.put(
      { kind: 'bedStay', id: stayOf(no) },
      { placement: { site: aSiteId }, stay: { site: aSiteId, bed, resident, from } },
    );
  stay(1, olena, 'a1-1');
  stay(2, danylo, 'a1-2');
  stay(3, taras, 'a2-1');
  return services;
}
