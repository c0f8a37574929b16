import { joinBytes, toUtf8, type Bytes } from '../kernel/bytes.ts';

/** `size` and `crc` are of the content before it was deflated. */
export type ZipEntry = {
  readonly name: string;
  readonly deflated: Uint8Array;
  readonly size: number;
  readonly crc: number;
};

const table = Array.from({ length: 256 }, (_unused, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

/** CRC-32 of what came before (0 at the start) followed by `bytes`. */
export function crc32(before: number, bytes: Uint8Array): number {
  let crc = ~before;
  for (let at = 0; at < bytes.length; at++) crc = (table[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** 1 January 1980: a file says nothing about when or by whom it was made. */
const noTime = [0, 0, 0x21, 0];
const utf8Names = 0x0800;
const deflate = 8;

/** A zip file of deflated entries, without times, comments and extensions; together under 4 GB. */
export function zipOf(entries: readonly ZipEntry[]): Bytes {
  const parts: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = toUtf8(entry.name);
    const facts = [...u16(20), ...u16(utf8Names), ...u16(deflate), ...noTime, ...u32(entry.crc)];
    const sizes = [...u32(entry.deflated.length), ...u32(entry.size), ...u16(name.length), ...u16(0)];
    const local = Uint8Array.from([...u32(0x04034b50), ...facts, ...sizes]);
    parts.push(local, name, entry.deflated);
    const rest = [...u16(0), ...u16(0), ...u16(0), ...u32(0), ...u32(offset)];
    central.push(Uint8Array.from([...u32(0x02014b50), ...u16(20), ...facts, ...sizes, ...rest]), name);
    offset += local.length + name.length + entry.deflated.length;
  }
  const size = central.reduce((sum, { length }) => sum + length, 0);
  const count = u16(entries.length);
  const end = [...u32(0x06054b50), ...u16(0), ...u16(0), ...count, ...count, ...u32(size), ...u32(offset), ...u16(0)];
  return joinBytes([...parts, ...central, Uint8Array.from(end)]);
}

const u16 = (value: number): readonly number[] => [value & 0xff, (value >>> 8) & 0xff];
const u32 = (value: number): readonly number[] => [...u16(value & 0xffff), ...u16(value >>> 16)];
