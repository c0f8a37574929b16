import type { Host } from '../../shared/ipc-contract.ts';
import { ok, type Result } from '../../shared/kernel/result.ts';
import type { Cipher, DraftStore } from '../../shared/ports.ts';
import type { SyncTransport } from '../../shared/transport-ports.ts';
import { setSession } from '../stores/session-store.ts';
import { copyPending } from '../use-cases/commit-changes.ts';
import { reconcile } from '../use-cases/recover-store.ts';
import { repairRows } from '../use-cases/repair-rows.ts';
import { foldSummaries, refreshSummaries } from '../use-cases/summaries-upkeep.ts';
import { openWorkspace, type Opened, type SealedWorkspace, type UnlockError } from '../use-cases/unlock-workspace.ts';
import type { Ports, Vault } from '../use-cases/vault.ts';
import { afterPaint } from './after-paint.ts';
import { SyncLoop } from './sync-loop.ts';

export type Session = { readonly vault: Vault; readonly drafts: DraftStore; readonly loop: SyncLoop };
export type SessionPorts = {
  readonly ports: Ports;
  readonly host: Host;
  readonly transport: SyncTransport;
  readonly makeCipher: (opened: Opened) => Promise<Cipher>;
  readonly makeDrafts: (cipher: Cipher, user: string) => DraftStore;
};

/** As many deltas are quickly opened at the next unlock; above that they become segments. */
const manyDeltas = 100;
const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** From keys to the screens: workspace, second copy, list lines, exchange. `reading` began before there were keys. */
export async function openSession(
  at: SessionPorts,
  opened: Opened,
  reading?: Promise<SealedWorkspace>,
): Promise<Result<Session, UnlockError>> {
  const cipher = await at.makeCipher(opened);
  const user = { id: opened.user, label: opened.label, role: opened.role };
  const onList = () => {
    setSession({ user });
    return afterPaint();
  };
  const report = await openWorkspace(at.ports, cipher, user, onList, reading);
  const { vault } = report;
  // A user without all keys leaves the rest in the second copy; nothing of it is lost.
  const recovered = await reconcile(vault, at.host);
  const damaged = report.unreadable.flatMap((ref) => ref ?? []);
  await vault.queue.run(async () => {
    await repairRows(vault, damaged);
    await copyPending(vault);
  });
  await at.ports.secondCopy.append([], null, []);
  const restored = recovered.ok ? recovered.value.restored : 0;
  // Once for what was found, once for what it is now.
  if (restored > 0) await at.ports.secondCopy.append([], null, []);
  const upkeep =
    report.mustRefresh || restored > 0 ? refreshSummaries(vault, pause) : foldIfMany(vault, report.mustFold);
  // Only the list waits for nothing: lines that change come in while it is on the screen.
  if (vault.memory.residents.size === 0) await upkeep;
  const { store } = await at.host['app:info'](undefined);
  setSession({ user, store });
  const drafts = at.makeDrafts(cipher, user.id);
  const loop = new SyncLoop(vault, at.transport, at.host, drafts);
  return ok({ vault, drafts, loop });
}

async function foldIfMany(vault: Vault, even: boolean): Promise<void> {
  const { deltas } = await vault.store.readSummaries();
  if (even || deltas.length > manyDeltas) await foldSummaries(vault);
}
