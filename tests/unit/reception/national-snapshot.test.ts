import { expect, it } from 'vitest';
import { findNationalSnapshot } from '../../../shared/reception/national-snapshot.ts';
import { occupancyPercent } from '../../../shared/reception/occupancy.ts';

const figures = {
  date: '2024-01-19',
  realised: 89_500,
  occupied: 88_910,
  registeredUa: null,
  registeredOther: null,
  deregisteredUa: null,
  deregisteredOther: null,
  source: 'Kamerbrief Verzamelbrief opvang Oekraïne',
};

it('shows the published figures as published', () => {
  const snapshot = findNationalSnapshot('a', { figures });
  expect(snapshot).toEqual({ id: 'a', ...figures });
  expect(occupancyPercent(snapshot?.occupied ?? 0, snapshot?.realised ?? 0)).toBe('99.3');
});

it.each([
  { figures: { ...figures, realised: -1 } },
  { figures: { ...figures, date: '2024-02-30' } },
  { figures, _deleted: true },
  {},
])('is absent for %j', (values) => {
  expect(findNationalSnapshot('a', values)).toBeUndefined();
});
