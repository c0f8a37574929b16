import { isValidBsn } from '../../shared/kernel/bsn.ts';
import type { Value } from '../../shared/records/record.ts';

const bsns: string[] = [];
function bsnNo(no: number): string {
  for (let next = Number(bsns.at(-1) ?? 100_000_000) + 1; bsns.length <= no; next++) {
    if (isValidBsn(String(next))) bsns.push(String(next));
  }
  return bsns[no] ?? '';
}
const two = (part: number) => String(part).padStart(2, '0');
const dayNo = (no: number) =>
  `${1930 + (no % 80)}-${two(1 + (Math.floor(no / 80) % 12))}-${two(1 + (Math.floor(no / 960) % 28))}`;

/** What stays on the laptop: the oracle looks for it everywhere else. */
export const canary = 'stays-here-';

/** A value for a field that no other edit of the history has. */
export function valueNo(field: string, no: number): Value {
  const [stem, key] = field.split('.');
  switch (stem) {
    case 'name':
      return {
        family: `Family ${no}`,
        given: 'Olena',
        patronymic: '',
        familyCyrillic: '',
        givenCyrillic: '',
        patronymicCyrillic: '',
      };
    case 'birthDate':
      return dayNo(no);
    case 'until':
      return dayNo(no);
    case 'bsn':
      return bsnNo(no);
    case 'income':
      return { amountCents: no, evidence: 'payslip' };
    case 'health':
      return { answers: { visit: String(no) }, persons: [], flags: [], wording: {} };
    case 'answer':
      return key === 'property_docs' ? `${canary}${no}` : `answer ${no}`;
    default:
      return `value ${no}`;
  }
}
