import { latestDay } from '../../../shared/register/partial-date.ts';
import type { ResidentSummary } from '../../../shared/register/resident-summary.ts';
import type { IntakePerson } from '../../../shared/questionnaire/return-intake.ts';
import type { Language } from '../../i18n/i18n.ts';

export type Residents = ReadonlyMap<string, ResidentSummary>;

/** As in a list: family name first. A resident this device does not have shows the beginning of the id. */
export function personName(residents: Residents, id: string): string {
  const resident = residents.get(id);
  if (resident === undefined) return id.slice(0, 8);
  const latin = [resident.family, resident.given].filter((part) => part !== '').join(', ');
  return latin === '' ? cyrillicName(resident) : latin;
}

/** Several people in one line; who shares a family name follows it. */
export function peopleNames(residents: Residents, ids: readonly string[]): string {
  const families = new Map<string, string[]>();
  for (const id of ids) {
    const resident = residents.get(id);
    const key = resident === undefined || resident.given === '' ? personName(residents, id) : resident.family;
    const names = families.get(key) ?? [];
    if (resident !== undefined && resident.given !== '') names.push(resident.given);
    families.set(key, names);
  }
  return [...families]
    .map(([family, given]) => [family, given.join(' · ')].filter((part) => part !== '').join(', '))
    .join('; ');
}

export const cyrillicName = ({ familyCyrillic, givenCyrillic }: ResidentSummary): string =>
  [familyCyrillic, givenCyrillic].filter((part) => part !== '').join(' ');

/** What somebody is called on the screen that is turned to them. */
export function givenName(residents: Residents, id: string, language: Language): string {
  const resident = residents.get(id);
  if (resident === undefined) return '';
  return language === 'uk' && resident.givenCyrillic !== '' ? resident.givenCyrillic : resident.given;
}

/** Age counts from the latest day a partly known birth date can stand for: nobody is asked as an adult too early. */
export const intakePersons = (residents: Residents, ids: readonly string[]): readonly IntakePerson[] =>
  ids.map((id) => {
    const birthDate = residents.get(id)?.birthDate ?? null;
    return { id, birthDate: birthDate === null ? null : (latestDay(birthDate) ?? null) };
  });
