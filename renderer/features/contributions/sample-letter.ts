import { assessMonth } from '../../../shared/contribution/assess-month.ts';
import type { MonthAssessment } from '../../../shared/contribution/month-assessment.ts';
import { parametersFor } from '../../../shared/contribution/parameters.ts';
import { instalmentsOf } from '../../../shared/follow-up/instalments.ts';
import { addDays, isoDate, isoMonth, type IsoDate } from '../../../shared/kernel/dates.ts';
import { cents } from '../../../shared/kernel/money.ts';
import type { LetterKind } from '../../../shared/letters/template.ts';
import type { LetterCase } from './letter-case.ts';
import type { Municipality } from './policy-edits.ts';

const month = isoMonth('2025-10');
const members = [
  { id: 'a', name: 'Olena Pryklad', nameCyrillic: 'Олена Приклад' },
  { id: 'b', name: 'Danylo Pryklad', nameCyrillic: 'Данило Приклад' },
];
const reference = '2025-10-0A1B2C';

/** A letter to a household that does not exist, so that a text can be seen before it is used. */
export function sampleLetter(
  kind: LetterKind,
  today: IsoDate,
  municipality: Municipality,
  subject: string,
): LetterCase {
  const hasAmounts = kind === 'intention' || kind === 'decision' || kind === 'correction';
  const parts = instalmentsOf({
    arrangement: { firstMonth: month, totalCents: cents(30_000), instalments: 3, reason: '' },
    pauses: [],
    waivers: [],
    payments: [],
  });
  return {
    kind,
    site: 'Opvanglocatie Voorbeeld',
    municipality: municipality.name,
    code: municipality.code,
    members,
    month,
    printedOn: today,
    assessment: hasAmounts ? sampleAssessment() : null,
    billMonth: isoMonth('2025-11'),
    decision:
      kind === 'intention' || kind === 'income-request'
        ? null
        : {
            id: '0a1b2c00-0000-4000-8000-000000000000',
            hash: '0'.repeat(64),
            reference,
            who: 'M. de Vries',
            day: today,
          },
    before: kind === 'correction' ? { reference: '2025-10-9F8E7D', allowance: 0, contribution: 50_000 } : null,
    until: addDays(today, 42),
    since: today,
    subject,
    arrangement: kind === 'arrangement' ? { totalCents: 30_000, waivedCents: 0, isPaused: false, parts } : null,
  };
}

function sampleAssessment(): MonthAssessment {
  const parameters = parametersFor(month);
  if (!parameters.ok) throw new Error('Bug: no amounts for the example');
  const assessed = assessMonth(
    {
      month,
      reception: 'municipal',
      catered: false,
      members: [
        { id: 'a', birthDate: isoDate('1988-03-12'), unaccompanied: false },
        { id: 'b', birthDate: isoDate('2016-09-01'), unaccompanied: false },
      ],
      incomes: [{ memberId: 'a', kind: 'employment', amountCents: cents(200_000) }],
      policy: { municipality: '', incomeBasis: 'net', extraGrounds: [], overrides: [] },
    },
    parameters.value,
  );
  if (!assessed.ok) throw new Error(`Bug: the example cannot be worked out: ${assessed.error.type}`);
  return assessed.value;
}
