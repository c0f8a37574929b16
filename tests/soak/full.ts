import { execFileSync } from 'node:child_process';
import { closeSync, cpSync, fsyncSync, mkdirSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureBuilt } from '../built-app.ts';
import { Laptop } from '../demo/laptop.ts';
import * as gate from '../demo/pages/gate.ts';
import { openMenu } from '../demo/pages/menu.ts';
import * as residents from '../demo/pages/residents.ts';
import { Prng } from '../simulation/prng.ts';
import { must } from './ledger.ts';
import { isFound, isWhole, patiently, readRepairs } from './look.ts';
import { makePeople, type Person } from './people.ts';

const passphrase = 'zeven volle fietstassen in de schuur';
/** The app wants 500 MB free before it opens a store. */
const sizeMb = 700;
const root = path.resolve(import.meta.dirname, '../..');

export type FullFigures = {
  readonly cycles: number;
  readonly savedWhileFull: number;
  readonly refusedWhileFull: number;
  readonly closedWhileFull: number;
  /** Not a byte was left for the file that holds a second start off. */
  readonly notStartedWhileFull: number;
  readonly restored: number;
  readonly saved: number;
};

/** Fill, write, SIGKILL, open while full, free: on a file system of its own; null where none can be mounted. */
export async function soakFull(
  cycles: number,
  seed: number,
  say: (line: string) => void,
  stop: AbortSignal,
): Promise<FullFigures | null> {
  await ensureBuilt();
  const folder = mkdtempSync(path.join(tmpdir(), 'onderdak-full-'));
  const appPath = path.join(folder, 'app');
  for (const part of ['package.json', 'out'])
    cpSync(path.join(root, part), path.join(appPath, part), { recursive: true });
  const disk = path.join(folder, 'disk');
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${String(sizeMb)}m`, 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true, force: true });
    return null;
  }
  const profile = path.join(disk, 'laptop');
  const people = makePeople(new Prng(seed, 5));
  const prng = new Prng(seed, 6);
  const saved: Person[] = [];
  const count = { savedWhileFull: 0, refusedWhileFull: 0, closedWhileFull: 0, notStartedWhileFull: 0, restored: 0 };
  let laptop = await Laptop.open({ profile, appPath });

  async function typeIn(): Promise<Person> {
    const person = people.one();
    await openMenu(laptop, 'residents');
    await laptop.button('register:list.new').click();
    await laptop.title('register:page.newTitle').waitFor();
    await residents.fillResident(laptop, person);
    return person;
  }

  let done = 0;
  try {
    await gate.takeIntoUse(laptop, 'Anna', passphrase);
    for (; done < cycles && !stop.aborted; done++) {
      const first = await typeIn();
      await residents.saveResident(laptop, first);
      saved.push(first);
      // What is said from here on is about the second.
      await laptop.closeNotices();
      const second = await typeIn();
      const filler = path.join(disk, 'filler');
      fill(disk, filler, prng.int(48) * 1024);
      await laptop.button('common:action.save').click();
      // On a full disk the page that follows may not open any more; the message alone says that it is saved.
      const told = laptop.text('register:page.created').or(residents.residentTitle(laptop, second)).first();
      const refused = laptop.text('errors:storage-full').or(laptop.text('errors:storage-failed'));
      await told.or(refused).first().waitFor();
      const isSaved = await told.isVisible();
      if (isSaved) {
        saved.push(second);
        count.savedWhileFull += 1;
      } else count.refusedWhileFull += 1;
      await laptop.shell.kill();

      // Open while full: the app must leave the store shut.
      const opened = await Laptop.open({ profile, appPath }).catch(() => undefined);
      if (opened === undefined) count.notStartedWhileFull += 1;
      else {
        laptop = opened;
        await gate.tryPassphrase(laptop, passphrase);
        const entered = laptop.page.getByRole('navigation');
        await entered.or(laptop.text('settings:unlock.storage')).first().waitFor();
        must(!(await entered.isVisible()), 'the store was opened on a full disk');
        count.closedWhileFull += 1;
        await laptop.shell.kill();
      }
      rmSync(filler);

      laptop = await Laptop.open({ profile, appPath });
      await gate.unlock(laptop, passphrase);
      if ((await readRepairs(laptop)).restored) count.restored += 1;
      await laptop.closeNotices();
      await openMenu(laptop, 'residents');
      const shown = await patiently(
        () => residents.foundCount(laptop),
        (seen) => seen >= saved.length,
      );
      must(shown >= saved.length, `${String(saved.length)} residents were saved, ${String(shown)} are there`);
      if (!isSaved && (await isFound(laptop, second))) {
        await isWhole(laptop, second);
        saved.push(second);
      }
      must(shown === saved.length, `${String(shown)} residents, ${String(saved.length)} were saved`);
      for (const person of saved.slice(-2)) await isWhole(laptop, person);
      say(`disk full ${String(done + 1)}: ${isSaved ? 'saved' : 'refused'}, ${String(saved.length)} residents`);
    }
    for (const person of saved) must(await isFound(laptop, person), `${person.family} is gone`);
    return { cycles: done, ...count, saved: saved.length };
  } catch (error) {
    await laptop.page.screenshot({ path: 'test-output/soak-full.png' }).catch(() => undefined);
    say(laptop.shell.output().slice(-2_000));
    throw error;
  } finally {
    await laptop.shell.kill();
    // Lazily: a process that was killed may take a moment to let go.
    execFileSync('umount', ['--lazy', disk]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Until nothing goes in any more, but for `left` bytes. */
function fill(disk: string, file: string, left: number): void {
  const descriptor = openSync(file, 'w');
  const block = Buffer.alloc(1024 * 1024, 0x5a);
  try {
    for (;;) {
      const { bavail, bsize } = statfsSync(disk);
      const room = bavail * bsize - left;
      if (room <= 0) break;
      writeSync(descriptor, block, 0, Math.min(block.length, room));
    }
    fsyncSync(descriptor);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(descriptor);
  }
}
