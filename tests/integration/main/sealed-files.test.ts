import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { sealAgeFile } from '../../../electron/age-file.ts';
import type { HostSettings, OpenHost } from '../../../electron/host.ts';
import { toUtf8 } from '../../../shared/kernel/bytes.ts';
import { noDesktop, startHost, temporaryFolder } from './main-fixtures.ts';

const passphrase = 'trein fiets молоко';
const canary = 'Kanarie-8fJq2LxZw0';
const list = toUtf8(`naam;kamer\r\n${canary};12\r\n`);
const light = 4;

type Choices = { table?: string; sealed?: string; target?: string };
async function device(choices: Choices): Promise<{ open: OpenHost; profile: string }> {
  const profile = temporaryFolder();
  const desktop: HostSettings['desktop'] = {
    ...noDesktop,
    chooseTable: () => Promise.resolve(choices.table),
    chooseSealed: () => Promise.resolve(choices.sealed),
    chooseUnsealedTarget: () => Promise.resolve(choices.target),
  };
  return { open: await startHost(profile, { desktop }), profile };
}
async function sealedIn(folder: string, name: string, content: Uint8Array): Promise<string> {
  const file = path.join(folder, name);
  writeFileSync(file, await sealAgeFile(passphrase, content, light));
  return file;
}
const everyFile = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name)));

it('shows a list that was sealed, and writes it open only where the user wants it', async () => {
  const folder = temporaryFolder();
  const sealed = await sealedIn(folder, 'bewoners.csv.age', list);
  const choices: Choices = { sealed };
  const { open, profile } = await device(choices);
  const { host } = open;
  expect(await host['sealed:open'](undefined)).toEqual({ name: 'bewoners.csv.age' });
  expect(await host['sealed:save'](undefined)).toBe('no-file');
  expect(await host['sealed:read']({ passphrase: 'another one entirely' })).toEqual({ failed: 'wrong' });
  expect(await host['sealed:read']({ passphrase })).toEqual({
    content: {
      kind: 'table',
      rows: [
        ['naam', 'kamer'],
        [canary, '12'],
      ],
    },
  });
  expect(await host['sealed:save'](undefined)).toBe('cancelled');
  for (const bytes of [...everyFile(profile), ...everyFile(folder)]) expect(bytes.includes(canary)).toBe(false);
  choices.target = path.join(folder, 'open.csv');
  expect(await host['sealed:save'](undefined)).toBe('saved');
  expect(readFileSync(choices.target).equals(list)).toBe(true);
  for (const bytes of everyFile(profile)) expect(bytes.includes(canary)).toBe(false);
});

it('forgets what it opened at close and at the lock', async () => {
  const folder = temporaryFolder();
  const { open } = await device({ sealed: await sealedIn(folder, 'a.csv.age', list), target: path.join(folder, 'b') });
  const { host } = open;
  for (const forget of [() => host['sealed:close'](undefined), open.forget]) {
    await host['sealed:open'](undefined);
    await host['sealed:read']({ passphrase });
    await forget();
    expect(await host['sealed:save'](undefined)).toBe('no-file');
    expect(await host['sealed:read']({ passphrase })).toEqual({ failed: 'no-file' });
  }
});

it('says what is wrong with a file before it asks for a passphrase, and what is wrong behind it', async () => {
  const folder = temporaryFolder();
  const choices: Choices = {};
  const { open } = await device(choices);
  const { host } = open;
  const refusal = async (content: Uint8Array) => {
    choices.sealed = path.join(folder, 'file.age');
    writeFileSync(choices.sealed, content);
    return host['sealed:open'](undefined);
  };
  const sealed = await sealAgeFile(passphrase, list, light);
  expect(await host['sealed:open'](undefined)).toEqual({ refused: 'cancelled' });
  expect(await refusal(toUtf8('naam;kamer'))).toEqual({ refused: 'foreign' });
  expect(await refusal(sealed.subarray(0, 90))).toEqual({ refused: 'damaged' });
  choices.sealed = path.join(folder, 'not-there.age');
  expect(await host['sealed:open'](undefined)).toEqual({ refused: 'unreadable' });
  expect(await refusal(sealed.subarray(0, -1))).toEqual({ name: 'file.age' });
  expect(await host['sealed:read']({ passphrase })).toEqual({ failed: 'damaged' });
  choices.target = path.join(folder, 'a-folder');
  mkdirSync(choices.target);
  await refusal(sealed);
  await host['sealed:read']({ passphrase });
  expect(await host['sealed:save'](undefined)).toBe('not-written');
});

it.each([
  ['a record as text', '{"naam":"Oksana"}', { kind: 'text', text: '{"naam":"Oksana"}' }],
  ['a PDF not at all', '%PDF-1.7 ...', { kind: 'other' }],
])('shows %s', async (_name, content, expected) => {
  const sealed = await sealedIn(temporaryFolder(), 'inzage.json.age', toUtf8(content));
  const { host } = (await device({ sealed })).open;
  await host['sealed:open'](undefined);
  expect(await host['sealed:read']({ passphrase })).toEqual({ content: expected });
});

it('takes in a sealed list: asks for the passphrase, keeps the plain text off the disk, reads it again', async () => {
  const folder = temporaryFolder();
  const { open, profile } = await device({ table: await sealedIn(folder, 'bewoners.csv.age', list) });
  const { host } = open;
  const read = (passphrase_?: string, again = true, encoding: 'auto' | 'windows-1251' = 'auto') =>
    host['file:open']({ again, encoding, ...(passphrase_ !== undefined && { passphrase: passphrase_ }) });
  expect(await read(undefined, false)).toEqual({ refused: 'sealed', detail: '' });
  expect(await read('another one entirely')).toEqual({ refused: 'sealed-wrong', detail: '' });
  expect(await read(passphrase)).toMatchObject({
    name: 'bewoners.csv',
    format: 'csv',
    rows: [
      ['naam', 'kamer'],
      [canary, '12'],
    ],
  });
  expect(await read(undefined, true, 'windows-1251')).toMatchObject({ encoding: 'windows-1251' });
  for (const bytes of [...everyFile(profile), ...everyFile(folder)]) expect(bytes.includes(canary)).toBe(false);
});

it('refuses a sealed list that is cut off', async () => {
  const folder = temporaryFolder();
  const table = path.join(folder, 'half.csv.age');
  writeFileSync(table, (await sealAgeFile(passphrase, list, light)).subarray(0, -3));
  const { host } = (await device({ table })).open;
  expect(await host['file:open']({ again: false, encoding: 'auto' })).toMatchObject({ refused: 'sealed' });
  expect(await host['file:open']({ again: true, encoding: 'auto', passphrase })).toMatchObject({
    refused: 'sealed-damaged',
  });
});
