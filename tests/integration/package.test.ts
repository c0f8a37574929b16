import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { build, Platform } from 'electron-builder';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureBuilt } from '../built-app.ts';

/** What @electron/fuses looks for in a binary: the mark, the version of the wire, its length, and one state per fuse. */
const fuseWire = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 9]),
  Buffer.from('0'.repeat(9)),
]);

let folder = '';
const unpacked = () => path.join(folder, 'release/linux-unpacked');

beforeAll(async () => {
  await ensureBuilt();
  folder = mkdtempSync(path.join(tmpdir(), 'onderdak-package-'));
  const electron = path.join(folder, 'electron');
  mkdirSync(path.join(electron, 'locales'), { recursive: true });
  mkdirSync(path.join(electron, 'resources'));
  writeFileSync(path.join(electron, 'electron'), fuseWire, { mode: 0o755 });
  for (const language of ['de', 'en-US', 'nl', 'uk']) writeFileSync(path.join(electron, `locales/${language}.pak`), '');
  await build({
    projectDir: path.resolve('.'),
    targets: Platform.LINUX.createTarget('dir'),
    publish: 'never',
    config: {
      extends: 'electron-builder.yml',
      electronDist: electron,
      directories: { output: path.join(folder, 'release') },
    },
  });
}, 300_000);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('holds the build and its description, and nothing of the tools, the stand-in or the sources', () => {
  const files = listPackage(path.join(unpacked(), 'resources/app.asar'), { isPack: false });
  const strange = files.filter((file) => !/^\/(package\.json|out|out\/(main|preload|renderer)(\/.+)?)$/.test(file));
  expect(strange).toEqual([]);
  for (const file of ['/package.json', '/out/main/main.js', '/out/preload/preload.cjs', '/out/renderer/index.html']) {
    expect(files).toContain(file);
  }
  expect(files.filter((file) => /\.(map|ts|tsx)$|stand-in|playwright/.test(file))).toEqual([]);
  expect(files.filter((file) => file.startsWith('/out/preload/'))).toEqual(['/out/preload/preload.cjs']);
});

it('keeps the three languages of the app', () => {
  expect(readdirSync(path.join(unpacked(), 'locales')).toSorted()).toEqual(['en-US.pak', 'nl.pak', 'uk.pak']);
});

it('is closed by its fuses', async () => {
  const wire = await getCurrentFuseWire(path.join(unpacked(), 'onderdak'));
  const on = Object.entries(wire).flatMap(([fuse, state]) =>
    Number(state) === 49 ? [FuseV1Options[Number(fuse)]] : [],
  );
  expect(on.toSorted()).toEqual([
    'EnableCookieEncryption',
    'EnableEmbeddedAsarIntegrityValidation',
    'LoadBrowserProcessSpecificV8Snapshot',
    'OnlyLoadAppFromAsar',
  ]);
});
