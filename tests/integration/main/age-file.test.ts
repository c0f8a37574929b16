import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openAgeFile, sealAgeFile } from '../../../electron/age-file.ts';
import { readAgeHeader } from '../../../shared/vault/age-header.ts';

/** Light enough for a test; the cost itself is a setting of the file. */
const light = 4;
const passphrase = 'trein fiets молоко';
/** Made by another program for this format, of "Onderdak: приклад", at cost 8. */
const foreignMade = Buffer.from(
  'YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBacGxzZXRHdm9TcGtwa1VyUktOYlZ3IDgKZm94WUJBY3d5VHp6U0ZPTzFVQVFlYnAr' +
    'elB1UHRJTGVDa0ZDeEV6a1REbwotLS0gZ2FldU9BejJCeG9UVzkrbzIvWXRqL2JHYzF4b1MrakFmWFgvVHNSM0pFbwr4M+nz4hsduEA1yhg2' +
    '+6nh+bwkNfI60yWz3HUpbqP5CFWbu4NiaiwvHAXgAikF8PQE/8WrVeeXnQ==',
  'base64',
);
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');
const content = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 7 + length) % 251);
const withHeader = (from: Uint8Array, change: (header: string) => string) => {
  const end = textOf(from).indexOf('\n--- ') + 49;
  return Buffer.concat([Buffer.from(change(textOf(from.subarray(0, end)))), from.subarray(end)]);
};
const typeOf = async (file: Uint8Array, typed = passphrase) => {
  const opened = await openAgeFile(typed, file);
  return opened.ok ? 'opened' : opened.error.type;
};

describe('the format', () => {
  it('is read as another program writes it', async () => {
    const opened = await openAgeFile(passphrase, foreignMade);
    expect(opened.ok && textOf(opened.value)).toBe('Onderdak: приклад');
  });

  it('has the header that the specification asks for, and a cost of 2^17', async () => {
    const sealed = await sealAgeFile(passphrase, content(3));
    expect(textOf(sealed.subarray(0, 160))).toMatch(
      /^age-encryption\.org\/v1\n-> scrypt [A-Za-z0-9+/]{22} 17\n[A-Za-z0-9+/]{43}\n--- [A-Za-z0-9+/]{43}\n/,
    );
    const header = readAgeHeader(sealed);
    expect(header.ok && sealed.length - header.value.end).toBe(16 + 3 + 16);
  });

  it.each([0, 1, 65_535, 65_536, 65_537, 131_072, 200_001])('gives %i bytes back', async (length) => {
    const opened = await openAgeFile(passphrase, await sealAgeFile(passphrase, content(length), light));
    expect(opened.ok && Buffer.from(opened.value).equals(content(length))).toBe(true);
  });

  it('is never the same twice', async () => {
    const [one, other] = [
      await sealAgeFile(passphrase, content(9), light),
      await sealAgeFile(passphrase, content(9), light),
    ];
    expect(Buffer.from(one).equals(other)).toBe(false);
  });

  it('takes a passphrase however its letters were put together', async () => {
    const sealed = await sealAgeFile('ї й é zonder zin', content(5), light);
    expect(await typeOf(sealed, 'ї й é zonder zin'.normalize('NFD'))).toBe('opened');
  });
});

describe('what is wrong with a file', () => {
  it('is told apart: another passphrase, no file of this kind, a key instead of a passphrase, too heavy', async () => {
    const sealed = await sealAgeFile(passphrase, content(100), light);
    expect(await typeOf(sealed, 'trein fiets молоко ')).toBe('wrong');
    expect(await typeOf(Buffer.from('naam;kamer\nOksana;12\n'))).toBe('foreign');
    expect(await typeOf(new Uint8Array(0))).toBe('foreign');
    const forKey = 'age-encryption.org/v1\n-> X25519 TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOCc\nAAAA\n--- AAAA\n';
    expect(await typeOf(Buffer.from(forKey))).toBe('other-key');
    expect(await typeOf(withHeader(sealed, (header) => header.replace(/ 4\n/, ' 21\n')))).toBe('too-heavy');
  });

  it.each([
    ['a cost with a nought before it', (header: string) => header.replace(/ 4\n/, ' 04\n')],
    ['a salt that is too short', (header: string) => header.replace(/scrypt ./, 'scrypt ')],
    ['a second recipient', (header: string) => header.replace('\n---', '\n-> X25519 abc\n\n---')],
    ['base64 with bits left over', (header: string) => `${header.slice(0, -2)}B\n`],
    ['no end', (header: string) => header.slice(0, 60)],
  ])('%s is damage', async (_name, change) => {
    const sealed = await sealAgeFile(passphrase, content(20), light);
    expect(await typeOf(withHeader(sealed, change))).toBe('damaged');
  });

  it('is seen when any one bit is changed, and when anything is cut off or added', async () => {
    const sealed = await sealAgeFile(passphrase, content(70_000), light);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 22, max: sealed.length - 1 }),
        fc.integer({ min: 0, max: 7 }),
        async (at, bit) => {
          const changed = Uint8Array.from(sealed);
          changed[at] = (changed[at] ?? 0) ^ (1 << bit);
          // A changed digit may ask for another cost; that one is never worked out here.
          if (/ (?!4\n)\d+\n/.test(textOf(changed.subarray(22, 70)))) return;
          expect(['wrong', 'damaged', 'other-key']).toContain(await typeOf(changed));
        },
      ),
      { numRuns: 60, seed: 11 },
    );
    for (const length of [30, 120, 170, 180, 65_700, sealed.length - 17, sealed.length - 16, sealed.length - 1])
      expect(await typeOf(sealed.subarray(0, length))).toBe('damaged');
    expect(await typeOf(Buffer.concat([sealed, Uint8Array.of(0)]))).toBe('damaged');
  });

  it('is seen when whole chunks are left out, turned round or added', async () => {
    const sealed = await sealAgeFile(passphrase, content(3 * 65_536), light);
    const header = readAgeHeader(sealed);
    const start = (header.ok ? header.value.end : 0) + 16;
    const whole = 65_536 + 16;
    const head = sealed.subarray(0, start);
    const [one, two, three] = [0, 1, 2].map((at) => sealed.subarray(start + at * whole, start + (at + 1) * whole));
    const build = (...chunks: readonly (Uint8Array | undefined)[]) =>
      Buffer.concat([head, ...chunks.filter((chunk) => chunk !== undefined)]);
    expect(await typeOf(build(one, two, three))).toBe('opened');
    for (const wrong of [
      build(one, two),
      build(two, one, three),
      build(one, three),
      build(one, two, three, three),
      build(),
    ])
      expect(await typeOf(wrong)).toBe('damaged');
  });
});
