import type { IsoDate } from '../kernel/dates.ts';
import type { Value } from '../records/record.ts';
import type { FactColumn } from './fact-columns.ts';
import {
  findAnswer,
  findAsylumState,
  findDepartureReason,
  findDeregistrationReason,
  findGuardianKind,
  findProtectionStatus,
  findSuccessor,
} from './fact-words.ts';
import { findCountry } from './words.ts';

/** One line of a list; what cannot be read is a problem of its column and comes back as undefined. */
export type FactCells = {
  readonly text: (column: FactColumn) => string;
  readonly word: <T>(column: FactColumn, find: (cell: string) => T | undefined) => T | undefined;
  readonly date: (column: FactColumn | 'brpFrom') => IsoDate | undefined;
  readonly report: (column: FactColumn | 'brpFrom', problem: 'day-missing' | 'kind-missing') => void;
};
type Put = (field: string, value: Value | undefined) => void;
type Options = {
  readonly today: IsoDate;
  readonly municipality: string;
  /** Absent where the last residence may not be kept. */
  readonly findTerritory?: ((text: string) => string | undefined) | undefined;
};
type Known = { readonly arrival: IsoDate | undefined; readonly leftUkraine: IsoDate | undefined };

const orNull = (text: string) => (text === '' ? null : text);

/** What a list says with days about somebody: departure, registration, last residence, asylum, guardian. */
export function readFacts(cells: FactCells, options: Options, known: Known, put: Put): void {
  put('callName', cells.text('callName'));
  put('livedInUkraineOnReferenceDate', cells.word('livedInUkraine', findAnswer));
  putSwitch('unaccompanied', cells, put);
  putSwitch('interpreterNeeded', cells, put);
  putDeparture(cells, put);
  putRegistration(cells, options, put);
  if (options.findTerritory !== undefined) putResidence(cells, options.findTerritory, known, put);
  putAsylum(cells, put);
  putGuardian(cells, known.arrival ?? options.today, put);
}

function putSwitch(column: 'unaccompanied' | 'interpreterNeeded', cells: FactCells, put: Put): void {
  const answer = cells.word(column, (text) => (findAnswer(text) === 'unknown' ? undefined : findAnswer(text)));
  put(column, answer === undefined ? undefined : answer === 'yes');
}

function putDeparture(cells: FactCells, put: Put): void {
  const date = cells.date('departureDate');
  const reason = cells.word('departureReason', findDepartureReason);
  const destination = cells.word('departureCountry', findCountry) ?? null;
  if (date !== undefined) put('departure', { date, reason: reason ?? 'unknown', destination });
  else if (reason !== undefined || destination !== null) cells.report('departureDate', 'day-missing');
}

function putRegistration(cells: FactCells, { municipality }: Options, put: Put): void {
  const from = cells.date('brpFrom');
  const to = cells.date('brpUntil') ?? null;
  const reason = cells.word('brpReason', findDeregistrationReason) ?? null;
  const destination = cells.word('brpCountry', findCountry) ?? null;
  if (from !== undefined) {
    const code = cells.text('brpMunicipality');
    put('brp.first', { from, to, municipality: code === '' ? municipality : code, reason, destination });
  } else if (to !== null || reason !== null) cells.report('brpFrom', 'day-missing');
}

function putResidence(
  cells: FactCells,
  findTerritory: (text: string) => string | undefined,
  { leftUkraine }: Known,
  put: Put,
): void {
  const oblast = cells.word('residenceOblast', findTerritory);
  const raion = orNull(cells.text('residenceRaion'));
  const to = cells.date('residenceUntil') ?? null;
  // Of many nothing is known but where they left from: they lived there on that day.
  const from = cells.date('residenceFrom') ?? to ?? leftUkraine;
  if (oblast === undefined) {
    if (cells.text('residenceOblast') === '' && (raion !== null || to !== null)) {
      cells.report('residenceOblast', 'kind-missing');
    }
    return;
  }
  if (from === undefined) cells.report('residenceFrom', 'day-missing');
  else put(`lastResidence.${from}`, { oblast, raion, to });
}

function putAsylum(cells: FactCells, put: Put): void {
  const from = cells.date('asylumFrom');
  const state = cells.word('asylumState', findAsylumState);
  const reference = orNull(cells.text('asylumReference'));
  if (from !== undefined) put(`asylum.${from}`, { state: state ?? 'filed', reference });
  else if (state !== undefined || reference !== null) cells.report('asylumFrom', 'day-missing');
}

function putGuardian(cells: FactCells, day: IsoDate, put: Put): void {
  const guardianKind = cells.word('guardianKind', findGuardianKind);
  const guardianName = orNull(cells.text('guardianName'));
  const organisation = orNull(cells.text('guardianOrganisation'));
  const contact = orNull(cells.text('guardianContact'));
  const from = cells.date('guardianFrom') ?? day;
  const to = cells.date('guardianUntil') ?? null;
  if (guardianKind !== undefined) {
    put(`guardian.${from}`, { guardianKind, guardianName, organisation, contact, reference: null, to });
  } else if (cells.text('guardianKind') === '' && (guardianName !== null || organisation !== null)) {
    cells.report('guardianKind', 'kind-missing');
  }
}

/** State of the case and what goes with it; a proof alone means that protection is proven. */
export function readProtection(
  cells: FactCells,
  proofType: string | null,
  validUntil: IsoDate | null,
): Value | undefined {
  const status = cells.word('protectionStatus', findProtectionStatus);
  const since = cells.date('protectionSince') ?? null;
  const successor = cells.word('successor', findSuccessor) ?? null;
  if ([status ?? null, since, successor, proofType, validUntil].every((part) => part === null)) return undefined;
  return { status: status ?? 'rtb-proven', since, proofType, validUntil, successor };
}
