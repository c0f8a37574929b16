import '../../../renderer/zod-setup.ts';
import { dexieBuild, dexieKeystrokes } from './dexie-peer.ts';
import { fill } from './fill.ts';
import { importLines } from './import.ts';
import { foundOnScreen, listFirstPaint, scrollList, typeQueries } from './list.ts';
import { openRecords, saves } from './save.ts';
import { bareUnlock, unlock, wholeRegister } from './unlock.tsx';

const bench = {
  fill,
  dexieBuild,
  dexieKeystrokes,
  unlock,
  wholeRegister,
  bareUnlock,
  listFirstPaint,
  scrollList,
  typeQueries,
  foundOnScreen,
  saves,
  openRecords,
  importLines,
};
export type BenchPage = typeof bench;

Object.assign(window, { bench });
