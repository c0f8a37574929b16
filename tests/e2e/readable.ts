import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Files in which one of the texts can be read: as UTF-8, as UTF-16 and in base64, wherever in a longer text it stands. */
export function findReadable(folder: string, texts: readonly string[]): { files: number; found: readonly string[] } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const wanted = texts.flatMap((text) => {
    const utf8 = Buffer.from(text, 'utf8');
    return [utf8, Buffer.from(text, 'utf16le'), ...[0, 1, 2].map((before) => inBase64(utf8, before))];
  });
  const found = files.filter((entry) => {
    const bytes = readFileSync(path.join(entry.parentPath, entry.name));
    return wanted.some((text) => bytes.includes(text));
  });
  return { files: files.length, found: found.map(({ name }) => name) };
}

/** The part of a base64 text that is the same whatever the bytes around are; `before` is how many precede, modulo 3. */
function inBase64(bytes: Buffer, before: number): Buffer {
  const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
  const from = Math.ceil((before * 8) / 6);
  return Buffer.from(whole.slice(from, Math.floor(((before + bytes.length) * 8) / 6)));
}
