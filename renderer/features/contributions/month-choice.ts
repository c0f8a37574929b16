import {
  addMonths,
  isoMonth,
  monthOf,
  parseIsoMonth,
  type IsoDate,
  type IsoMonth,
} from '../../../shared/kernel/dates.ts';

/** The regulation begins here: earlier months have no amounts. */
const firstMonth = isoMonth('2022-04');
const monthsAhead = 3;

/** The month of an address; the present one when it says nothing that can be read. */
export const monthIn = (text: string | undefined, today: IsoDate): IsoMonth =>
  parseIsoMonth(text ?? '') ?? monthOf(today);

/** Newest first, a few months ahead; `chosen` is always among them, whatever the address said. */
export function monthChoices(today: IsoDate, chosen: IsoMonth): readonly IsoMonth[] {
  const months: IsoMonth[] = [];
  for (let month = addMonths(monthOf(today), monthsAhead); month >= firstMonth; month = addMonths(month, -1))
    months.push(month);
  return months.includes(chosen) ? months : [...months, chosen].sort((a, b) => (a < b ? 1 : -1));
}

/** A year back and two ahead, oldest first: the months an arrangement can be about. */
export const monthsAround = (month: IsoMonth): readonly IsoMonth[] =>
  Array.from({ length: 37 }, (_, at) => addMonths(month, at - 12));
