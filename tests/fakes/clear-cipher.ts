import { equalBytes, joinBytes, toUtf8, type Bytes } from '../../shared/kernel/bytes.ts';
import { err, ok } from '../../shared/kernel/result.ts';
import type { BoxPlace, Cipher } from '../../shared/ports.ts';
import { compartments, type Compartment } from '../../shared/records/record.ts';

const labelOf = ({ table, id, compartment, rev }: BoxPlace): Bytes => {
  const label = toUtf8(`${table}|${id}|${compartment}|${rev}`);
  return joinBytes([Uint8Array.of(label.length), label]);
};

/** Bound to its place like the real one, but readable: for tests that are not about secrecy. */
export const clearCipher = (held: readonly Compartment[] = compartments): Cipher => ({
  compartments: held,
  seal: (place, plaintext) => Promise.resolve(joinBytes([labelOf(place), plaintext])),
  open: (place, box) => {
    const label = labelOf(place);
    const holds = place.compartment === 'own' || held.includes(place.compartment);
    if (!holds || !equalBytes(box.subarray(0, label.length), label))
      return Promise.resolve(err({ type: 'unreadable', ref: null }));
    return Promise.resolve(ok(new Uint8Array(box.subarray(label.length))));
  },
});
