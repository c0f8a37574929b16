import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalBytes, joinBytes, toHex, toUtf8, type Bytes } from '../../../shared/kernel/bytes.ts';
import {
  boxAad,
  boxHeader,
  boxHeaderLength,
  hkdfInfo,
  makeBox,
  padPlaintext,
  parseBoxHeader,
  unpadPlaintext,
  type BoxBinding,
} from '../../../shared/vault/box.ts';

const key = Uint8Array.from({ length: 32 }, (_, at) => at * 7 + 1);
const nonce = Uint8Array.from({ length: 12 }, (_, at) => at + 100);
const place = { table: 'residents', id: '0b7f…', compartment: 'core', rev: 3, device: 'd_0011223344556677' } as const;
type Place = Omit<BoxBinding, 'header'>;

function seal(where: Place, content: Uint8Array, epoch = 1): Bytes {
  const header = boxHeader({ epoch, schema: 4 });
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(boxAad({ header, ...where }));
  const body = [cipher.update(padPlaintext(content)), cipher.final()];
  return makeBox(header, nonce, joinBytes([...body, cipher.getAuthTag()]));
}

/** The content, or the name of what refused it. */
function open(where: Place, box: Uint8Array): string {
  const parts = parseBoxHeader(box);
  if (!parts.ok) return parts.error.type;
  const { header, nonce: itsNonce, sealed } = parts.value;
  const decipher = createDecipheriv('aes-256-gcm', key, itsNonce);
  decipher.setAAD(boxAad({ header, ...where }));
  decipher.setAuthTag(sealed.subarray(-16));
  try {
    const padded = joinBytes([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    const content = unpadPlaintext(padded);
    return content.ok ? `opened ${toHex(content.value)}` : content.error.type;
  } catch {
    return 'refused';
  }
}

describe('a box', () => {
  it('opens where it was sealed, and says epoch and schema without a key', () => {
    const box = seal(place, toUtf8('note'), 258);
    expect(open(place, box)).toBe(`opened ${toHex(toUtf8('note'))}`);
    expect(box.length).toBe(boxHeaderLength + 256 + 16);
    expect(parseBoxHeader(box)).toMatchObject({ ok: true, value: { epoch: 258, schema: 4 } });
  });

  it('has a fixed layout of header and additional data', () => {
    expect(toHex(boxHeader({ epoch: 258, schema: 3 }))).toBe('010101020003');
    const aad = boxAad({ header: boxHeader({ epoch: 1, schema: 1 }), ...place, id: 'a', rev: 256, device: 'd' });
    const fields = [
      toHex(toUtf8('ond1')),
      '010100010001',
      '0009' + toHex(toUtf8('residents')),
      '000161',
      '0004' + toHex(toUtf8('core')),
      '00080000000000000100',
      '000164',
    ];
    expect(toHex(aad)).toBe(fields.join(''));
  });

  it('does not open after any single byte was changed, header included', () => {
    const box = seal(place, toUtf8('secret'));
    for (let at = 0; at < box.length; at++) {
      const changed = Uint8Array.from(box);
      changed[at] = (changed[at] ?? 0) ^ 0x01;
      expect(open(place, changed), `byte ${at}`).not.toMatch(/^opened/);
    }
  });

  it('does not open at any shorter length', () => {
    const box = seal(place, toUtf8('secret'));
    for (let length = 0; length < box.length; length++)
      expect(open(place, box.subarray(0, length))).not.toMatch(/^opened/);
  });

  it.each([
    ['table', { table: 'families' }],
    ['row', { id: '1b7f…' }],
    ['compartment', { compartment: 'health' }],
    ['revision', { rev: 2 }],
    ['device', { device: 'd_0011223344556678' }],
  ] as const)('does not open in another %s', (_, other) => {
    expect(open({ ...place, ...other }, seal(place, toUtf8('x')))).toBe('refused');
  });

  it('never confuses two places: fields cannot run into each other', () => {
    const header = boxHeader({ epoch: 1, schema: 1 });
    const text = fc.string({ maxLength: 12, unit: 'grapheme' }).filter((value) => value.isWellFormed());
    const places = fc.record({
      table: text,
      id: text,
      compartment: fc.constantFrom('core', 'bsn', 'own', 'audit'),
      rev: fc.nat(),
      device: text,
    });
    fc.assert(
      fc.property(places, places, (a, b) => {
        const same = JSON.stringify(a) === JSON.stringify(b);
        const aOf = boxAad({ header, ...a });
        expect(equalBytes(aOf, boxAad({ header, ...b }))).toBe(same);
        expect(equalBytes(aOf, boxAad({ header, ...a, table: a.table + a.id, id: '' }))).toBe(a.id === '');
      }),
      { seed: 20260501 },
    );
  });
});

describe('padding', () => {
  it('gives back every content and shows its size in steps of 256 only', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (content) => {
        const padded = padPlaintext(content);
        expect(padded.length % 256).toBe(0);
        expect(padded.length - content.length).toBeLessThan(260);
        const back = unpadPlaintext(padded);
        expect(back.ok && equalBytes(back.value, content)).toBe(true);
      }),
      { seed: 20260502 },
    );
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['a length beyond the end', Uint8Array.from({ length: 256 }, (_, at) => (at === 2 ? 1 : 0))],
    ['a padding that is not zero', Uint8Array.from({ length: 256 }, (_, at) => (at === 200 ? 1 : 0))],
    ['a step too many', new Uint8Array(512)],
    ['a length that is no step', new Uint8Array(300)],
  ])('refuses %s', (_, padded) => {
    expect(unpadPlaintext(padded)).toEqual({ ok: false, error: { type: 'bad-padding' } });
  });
});

describe('key purposes', () => {
  it('give different keys for every purpose, compartment, epoch and slot version', () => {
    const infos = [
      hkdfInfo.commit,
      hkdfInfo.deviceState,
      hkdfInfo.auditLog,
      hkdfInfo.auditKey,
      hkdfInfo.userSealKey,
      hkdfInfo.own,
      hkdfInfo.slotKey('d_1', 'u_1', 1),
      hkdfInfo.slotKey('d_1', 'u_1', 2),
      ...['core', 'bsn'].flatMap((compartment) =>
        [1, 2].flatMap((epoch) => [
          hkdfInfo.recordKey(compartment, epoch),
          hkdfInfo.summaryKey(compartment, epoch),
          hkdfInfo.indexKey(compartment, epoch),
          hkdfInfo.sealedCompartmentKey(compartment, epoch),
        ]),
      ),
    ];
    const keys = infos.map((info) => toHex(new Uint8Array(hkdfSync('sha256', key, new Uint8Array(0), info, 32))));
    expect(new Set(keys).size).toBe(infos.length);
    expect(toHex(hkdfInfo.recordKey('core', 1))).toBe(toHex(toUtf8('onderdak/v1/enc|core|1')));
  });
});
