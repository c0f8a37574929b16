import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fromUtf8 } from '../../../shared/kernel/bytes.ts';
import { decodeCasebox, encodeCasebox, partAad, type CaseboxHead } from '../../../shared/sync/casebox.ts';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const head: CaseboxHead = {
  v: 1,
  way: 'down',
  endpoint: 'A'.repeat(43),
  device: 'd_00112233445566aa',
  seals: ['device', 'core', 'core'],
};
const parts = [Uint8Array.of(1, 2, 3), new Uint8Array(), Uint8Array.of(255)];
const file = encodeCasebox({ head, parts }, sha256);
const read = (bytes: Uint8Array) => decodeCasebox(bytes, sha256);
const withHash = (content: Uint8Array) => Uint8Array.from([...content, ...sha256(content)]);

describe('a file that is carried', () => {
  it('is read as it was written', () => {
    expect(read(file)).toEqual({ ok: true, value: { head, parts } });
  });

  it('is refused with any bit turned: another kind, a later one, or damaged', () => {
    for (let at = 0; at < file.length; at++) {
      for (const bit of [1, 128]) {
        const turned = Uint8Array.from(file, (byte, here) => (here === at ? byte ^ bit : byte));
        const type = at < 3 ? 'foreign' : at === 3 ? 'newer' : 'damaged';
        expect(read(turned), String(at)).toEqual({ ok: false, error: { type } });
      }
    }
  });

  it('is refused when it is cut off or longer', () => {
    for (let length = 4; length < file.length; length++) expect(read(file.subarray(0, length)).ok).toBe(false);
    expect(read(Uint8Array.from([...file, 0]))).toEqual({ ok: false, error: { type: 'damaged' } });
  });

  it('is refused where its parts are not those the head names, also under a hash that is right', () => {
    const content = file.subarray(0, -32);
    expect(read(withHash(content))).toMatchObject({ ok: true });
    for (const wrong of [content.subarray(0, -5), Uint8Array.from([...content, 0, 0, 0, 0]), content.subarray(0, 4)])
      expect(read(withHash(wrong))).toEqual({ ok: false, error: { type: 'damaged' } });
  });

  it('binds each part to its file and its place', () => {
    const bound = [
      ...[0, 1, 2].map((at) => partAad(head, at)),
      partAad({ ...head, way: 'up' }, 1),
      partAad({ ...head, device: 'd_ffffffffffffffff' }, 1),
      partAad({ ...head, endpoint: 'B'.repeat(43) }, 1),
      partAad({ ...head, seals: head.seals.slice(0, 2) }, 1),
      partAad({ ...head, seals: ['device', 'health', 'core'] }, 1),
    ].map(fromUtf8);
    expect(new Set(bound).size).toBe(bound.length);
  });
});
