import { toHex } from '../../shared/kernel/bytes.ts';
import type { Dot } from '../../shared/sync/change.ts';
import type { Rejected } from '../../shared/transport-ports.ts';
import type { Memory, Vault } from './vault.ts';

/** What of this laptop a person at the endpoint did not let into the register, as this session heard it last. */
type Told = {
  readonly list: readonly Rejected[];
  /** The records are without it. */
  readonly done: boolean;
};
const told = new WeakMap<Memory, Told>();

export const rejectedOf = ({ memory }: Pick<Vault, 'memory'>): Told => told.get(memory) ?? { list: [], done: true };
export const noteRejected = ({ memory }: Pick<Vault, 'memory'>, what: Told): void => void told.set(memory, what);

/** Such an operation stands in no record. */
export const isRejected = (vault: Pick<Vault, 'memory'>, { w, n }: Dot): boolean =>
  rejectedOf(vault).list.some((some) => n >= some.from && n <= some.to && toHex(some.w) === toHex(w));

export const isSameList = (a: readonly Rejected[], b: readonly Rejected[]): boolean => textOf(a) === textOf(b);
const textOf = (list: readonly Rejected[]): string =>
  list.map(({ w, from, to }) => `${toHex(w)} ${from} ${to}`).join('\n');
