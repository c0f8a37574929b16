import { afterEach, beforeAll, expect, it, onTestFinished } from 'vitest';
import { page } from 'vitest/browser';
import { startI18n } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import { LayeredMap } from '../../renderer/stores/layered-map.ts';
import { useWorkspace, workspace } from '../../renderer/stores/workspace-store.ts';
import { aSite } from '../../shared/demo/builders.ts';
import { addDays, isoDate } from '../../shared/kernel/dates.ts';
import { makeRecordId, recordIdBytes } from '../../shared/kernel/ids.ts';
import { decodeBlock, encodeBlock, type BlockEntry } from '../../shared/sync/record-block.ts';
import { RecordImage } from '../../shared/sync/record-image.ts';
import type { ReplicaRecord } from '../../shared/sync/replica-record.ts';
import { memoryServices, type MemoryServices } from '../fakes/memory-services.ts';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));
afterEach(() => workspace.clear());

const stays = 4_000;
/** Spread over all bits, as ids are that are drawn. */
const id = (no: number) =>
  makeRecordId(Uint8Array.from({ length: 16 }, (_unused, at) => Math.imul(no + 1, 0x9e3779b1 + 2 * at) >>> 17));
const day = isoDate('2026-11-24');

/** A site whose beds have been slept in again and again, as blocks: they are read when a page asks for them. */
function inBlocks(services: MemoryServices): void {
  const site = aSite();
  services.put({ kind: 'site', id: site.id }, site.values);
  const stay = { kind: 'bedStay', id: id(0) } as const;
  services.put(stay, {
    placement: { site: site.id },
    stay: { site: site.id, bed: 'a1-1', resident: id(stays), from: '2020-01-01' },
    until: '2020-01-02',
  });
  const entries: BlockEntry[] = [...useWorkspace.getState().records.values()].map((record) => ({
    ...{ kind: record.kind, id: record.id, rev: 1, others: {}, people: [], ops: record.ops },
  }));
  const ops = entries.find(({ kind }) => kind === 'bedStay')?.ops ?? [];
  for (let no = 1; no < stays; no++) {
    const from = addDays(isoDate('2010-01-01'), no);
    // One night each, but for the last: that is somebody who is there today.
    const until = addDays(no === stays - 1 ? day : from, 1);
    const own = ops.map((op) => ({
      ...{ ...op, id: recordIdBytes(id(no)), n: op.n + no * 10 },
      v: op.f === 'until' ? until : op.f === 'stay' ? { ...(op.v as object), from } : op.v,
    }));
    entries.push({ kind: 'bedStay', id: id(no), rev: 1, others: {}, people: [], ops: own as BlockEntry['ops'] });
  }
  const block = decodeBlock(encodeBlock(entries));
  if (!block.ok) throw new Error('not a block');
  useWorkspace.setState({ records: new LayeredMap<ReplicaRecord>(RecordImage.of({ core: [block.value] })) });
}

it.each([
  ['/', () => page.getByText(texts.nl.common.today.free, { exact: true })],
  ['/reports', () => page.getByRole('row', { name: /De Havenkade/ })],
  ['/beds', () => page.getByRole('button', { name: /^1 / }).first()],
] as const)('reads a large register in pieces on %s, with a bar, and then shows what is asked', async (path, shown) => {
  const services = memoryServices({ day });
  inBlocks(services);
  await showPage(path, services);
  const bar = page.getByRole('progressbar', { name: texts.nl.common.readingRegister });
  let turns = 0;
  const turn = setInterval(() => (turns += document.querySelector('[role=progressbar]') === null ? 0 : 1), 1);
  onTestFinished(() => clearInterval(turn));
  await expect.element(bar).toBeInTheDocument();
  await expect.element(shown()).toBeVisible();
  await expect.element(bar).not.toBeInTheDocument();
  // Whatever else the page has to do got its turn while it was reading.
  expect(turns).toBeGreaterThan(2);
  if (path === '/reports') await expect.element(shown()).toHaveTextContent('De Havenkade210150,0%');
});
