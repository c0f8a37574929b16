import { inflateSync } from 'node:zlib';

type Parts = { readonly dictionary: string; readonly data: Buffer | null };

/** The objects of a PDF as Chromium writes it: one dictionary each, with its unpacked stream where it has one. */
function objectsOf(pdf: Buffer): ReadonlyMap<number, Parts> {
  const text = pdf.toString('latin1');
  const objects = new Map<number, Parts>();
  for (const found of text.matchAll(/(\d+) 0 obj\s([\s\S]*?)(?:endobj|stream\r?\n)/g)) {
    const [whole, number = '', dictionary = ''] = found;
    const length = /\/Length (\d+)/.exec(dictionary)?.[1];
    const start = found.index + whole.length;
    const hasStream = !whole.endsWith('endobj') && length !== undefined;
    const bytes = hasStream ? pdf.subarray(start, start + Number(length)) : null;
    const data = bytes !== null && dictionary.includes('/FlateDecode') ? inflateSync(bytes) : bytes;
    objects.set(Number(number), { dictionary, data });
  }
  return objects;
}

/** Which character every glyph of a font stands for, from its ToUnicode map. */
function glyphsOf(map: string): ReadonlyMap<number, string> {
  const glyphs = new Map<number, string>();
  const characters = (hex: string) =>
    String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16)));
  for (const [, block = ''] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, glyph = '', to = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>/g))
      glyphs.set(Number.parseInt(glyph, 16), characters(to));
  for (const [, block = ''] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from = '', last = '', to = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g)) {
      const first = Number.parseInt(from, 16);
      for (let glyph = first; glyph <= Number.parseInt(last, 16); glyph += 1)
        glyphs.set(glyph, String.fromCharCode(Number.parseInt(to, 16) + glyph - first));
    }
  return glyphs;
}

export type PdfFacts = {
  readonly pages: number;
  /** What a person who selects and copies gets, in the order of the content, without blanks. */
  readonly text: string;
  /** Every font says which characters its glyphs are. */
  readonly isSelectable: boolean;
  /** Kinds of structure in the tag tree, such as H2, P, Table and TH; empty for an untagged file. */
  readonly tags: ReadonlySet<string>;
  readonly languages: ReadonlySet<string>;
};

export function readPdf(pdf: Buffer): PdfFacts {
  const objects = objectsOf(pdf);
  const all = [...objects.values()];
  const fonts = new Map<string, ReadonlyMap<number, string>>();
  const names = new Map<string, number>();
  for (const { dictionary } of all)
    for (const [, name = '', number = ''] of dictionary.matchAll(/\/(F\d+) (\d+) 0 R/g))
      names.set(name, Number(number));
  for (const [name, number] of names) {
    const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(number)?.dictionary ?? '')?.[1];
    const data = map === undefined ? undefined : objects.get(Number(map))?.data;
    if (data) fonts.set(name, glyphsOf(data.toString('latin1')));
  }
  const pages = all.filter(({ dictionary }) => /\/Type \/Page\b(?!s)/.test(dictionary));
  const contents = pages.flatMap(({ dictionary }) => /\/Contents (\d+) 0 R/.exec(dictionary)?.[1] ?? []);
  const text = contents
    .map((number) => shownIn(objects.get(Number(number))?.data?.toString('latin1') ?? '', fonts))
    .join('');
  const isTagged = all.some(({ dictionary }) => dictionary.includes('/StructTreeRoot'));
  const found = (pattern: RegExp) =>
    new Set(all.flatMap(({ dictionary }) => [...dictionary.matchAll(pattern)].map(([, what = '']) => what)));
  return {
    pages: pages.length,
    text: text.replaceAll(/\s/g, ''),
    isSelectable: names.size > 0 && fonts.size === names.size,
    tags: isTagged ? found(/\/S \/(\w+)/g) : new Set(),
    languages: found(/\/Lang \(([^)]*)\)/g),
  };
}

function shownIn(content: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): string {
  let glyphs: ReadonlyMap<number, string> | undefined;
  let text = '';
  for (const [, font, hex] of content.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>/g)) {
    if (font !== undefined) glyphs = fonts.get(font);
    else for (const glyph of hex?.match(/.{4}/g) ?? []) text += glyphs?.get(Number.parseInt(glyph, 16)) ?? '';
  }
  return text;
}
