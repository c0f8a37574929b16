import { makeDatabase } from '../../../renderer/adapters/database.ts';
import { fillPart, type Part } from './fill-part.ts';
import { makeCipher } from './ports.ts';

export type FillRequest = Part & { readonly name: string };

const cipher = makeCipher();
let database: ReturnType<typeof makeDatabase> | undefined;

self.addEventListener('message', ({ data }: MessageEvent<FillRequest>) => {
  void (async () => {
    database ??= makeDatabase(data.name);
    self.postMessage(await fillPart(database, await cipher, data));
  })();
});
