import type { Compartment } from '../../shared/records/record.ts';
import { Prng } from './prng.ts';

export const faults = [
  'network',
  'kill',
  'clock',
  'rewind',
  'wipe',
  'rewind-all',
  'endpoint-kill',
  'restore',
  'forget',
  'wipe-all',
  'stray',
  'full',
  'journal',
  'window',
  'meanwhile',
  'newer',
  'revert',
  'clone',
  'erase',
] as const;
export type Fault = (typeof faults)[number];

export const rights: readonly (readonly Compartment[])[] = [
  ['core', 'bsn', 'health', 'finance'],
  ['core', 'bsn', 'health', 'finance'],
  ['core', 'finance'],
  ['core', 'health'],
  ['core'],
];
/** How often each kind of step comes. */
export const weights = {
  create: 5,
  rework: 4,
  open: 16,
  save: 16,
  sync: 21,
  compact: 5,
  undo: 3,
  move: 5,
  restart: 3,
  kill: 7,
  clock: 3,
  image: 3,
  rewind: 2,
  wipe: 1,
  'rewind-all': 1,
  'wipe-all': 1,
  'endpoint-kill': 3,
  backup: 2,
  restore: 1,
  forget: 3,
  stray: 4,
  full: 1,
  journal: 2,
  window: 2,
  newer: 2,
  shot: 3,
  revert: 3,
  clone: 1,
  erase: 2,
};
/** Most bugs need few steps on few laptops: many short histories find more in a minute than few long ones. */
export function sizeOf(seed: number): { readonly laptops: number; readonly steps: number } {
  const prng = new Prng(seed, 3);
  return prng.chance(0.15)
    ? { laptops: 2 + prng.int(3), steps: 15 + prng.int(40) }
    : { laptops: 2 + Number(prng.chance(0.2)), steps: 6 + prng.int(14) };
}
/**
 * Either the endpoint forgets for good in a history, or laptops are copied alive: after both, a number can mean something
 * else than the endpoint itself once told colleagues. Nothing is erased where laptops are copied.
 */
export const absentIn = (seed: number): readonly Fault[] =>
  new Prng(seed, 4).chance(0.35) ? ['forget', 'erase'] : ['revert', 'clone'];
