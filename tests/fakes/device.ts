import { sha256 as hash } from '@noble/hashes/sha2.js';
import type { Cipher, RecordStore, Repair, Sha256, WritingClock } from '../../shared/ports.ts';
import type { SyncTransport } from '../../shared/transport-ports.ts';
import type { RecordKind, RecordRef, Value } from '../../shared/records/record.ts';
import type { ResidentSummary } from '../../shared/register/resident-summary.ts';
import { makeAuditLog, makeSecondCopy } from '../../renderer/adapters/host-client.ts';
import { summaryCodec } from '../../renderer/adapters/summary-segments.ts';
import { openRow } from '../../renderer/use-cases/record-rows.ts';
import { valuesOfRecord } from '../../renderer/use-cases/resident-summaries.ts';
import { saveRecord, type SaveRequest } from '../../renderer/use-cases/save-record.ts';
import { syncNow } from '../../renderer/use-cases/sync-now.ts';
import { openWorkspace } from '../../renderer/use-cases/unlock-workspace.ts';
import type { Ports } from '../../renderer/use-cases/vault.ts';
import { clearCipher } from './clear-cipher.ts';
import { countedRandom, fixedClock } from './fixed-clock.ts';
import { memoryHost } from './memory-host.ts';
import { memoryRecordStore } from './memory-record-store.ts';

export const sha256: Sha256 = (bytes) => Uint8Array.from(hash(bytes));

type Settings = {
  readonly store?: RecordStore;
  readonly cipher?: Cipher;
  readonly seed?: number;
  readonly user?: string;
  /** Else time stands still until the test moves it. */
  readonly writingClock?: WritingClock;
  /** The real main process in the place of the fake one. */
  readonly host?: ReturnType<typeof memoryHost>['host'];
};

/** One laptop with an unlocked user, over real use cases; stores and host are fakes unless they are given. */
export async function aDevice({
  store = memoryRecordStore().store,
  cipher = clearCipher(),
  seed = 1,
  user = 'u_0000000000000001',
  host,
  writingClock,
}: Settings = {}) {
  const clock = fixedClock();
  const main = memoryHost();
  let asked = host ?? main.host;
  const told: Repair[] = [];
  const shown = new Map<string, ResidentSummary>();
  const random = countedRandom(seed);
  const portsOn = (on: RecordStore): Ports => ({
    store: on,
    secondCopy: makeSecondCopy(asked, on.counts),
    audit: makeAuditLog(asked),
    clock: writingClock ?? clock,
    random,
    sha256,
    codec: summaryCodec,
    tell: (repair) => void told.push(repair),
    workspace: {
      list: (residents) => {
        shown.clear();
        for (const resident of residents.values()) shown.set(resident.id, resident);
      },
      fill: () => undefined,
      apply: (residents) => {
        for (const resident of residents) shown.set(resident.id, resident);
      },
      remove: (refs) => {
        for (const { id } of refs) shown.delete(id);
      },
      clear: () => shown.clear(),
    },
  });
  const unlock = (on = store, by = cipher) => openWorkspace(portsOn(on), by, { id: user, label: 'Test', role: 'lead' });
  const first = await unlock();
  const device = {
    clock,
    main,
    shown,
    told,
    vault: first.vault,
    report: first,
    newRef: (kind: RecordKind): RecordRef => ({ kind, id: random.newId() }),
    save: (request: SaveRequest) => saveRecord(device.vault, request),
    /** Locks and unlocks: nothing but the store is left. */
    restart: async (on = store, by = cipher, from = asked) => {
      asked = from;
      device.report = await unlock(on, by);
      device.vault = device.report.vault;
      return device.report;
    },
    sync: (transport: SyncTransport, sites: readonly string[] = []) => syncNow(device.vault, transport, sites),
    valuesIn: async (ref: RecordRef) => {
      const row = await device.vault.store.read(ref);
      const opened = row && (await openRow(device.vault.cipher, row));
      return opened?.ok === true ? valuesOfRecord(opened.value.record) : undefined;
    },
    opsIn: async (ref: RecordRef) => {
      const row = await device.vault.store.read(ref);
      const opened = row && (await openRow(device.vault.cipher, row));
      return opened?.ok === true ? opened.value.record.ops : [];
    },
  };
  return device;
}
export type Device = Awaited<ReturnType<typeof aDevice>>;

/** A save that makes a record: nothing was on screen before it. */
export const creating = (ref: RecordRef, values: Readonly<Record<string, Value>>): SaveRequest => ({
  records: [{ ref, edits: Object.entries(values).map(([field, value]) => ({ field, value, base: [] })) }],
  action: 'create',
  purpose: null,
});

export const aName = (family: string, given = 'Olena') => ({
  family,
  given,
  patronymic: '',
  familyCyrillic: '',
  givenCyrillic: '',
  patronymicCyrillic: '',
});
export const aResident = (family: string, site: string | null = null) => ({
  placement: { site },
  name: aName(family),
  birthDate: '1985-03-12',
  arrival: { date: '2026-01-10', from: null },
});
