import type { RegisterReader } from './assess-family.ts';

/** A person is opened once for a long piece of work, not once per month or family. */
export function remembering(reader: RegisterReader): RegisterReader {
  const opened = new Map<string, ReturnType<RegisterReader['resident']>>();
  return {
    records: reader.records,
    resident: (id) => {
      const known = opened.get(id) ?? reader.resident(id);
      opened.set(id, known);
      return known;
    },
  };
}
