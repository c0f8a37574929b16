import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { newRecord, TestDevice } from '../integration/endpoint/test-device.ts';
import { Laptop } from '../demo/laptop.ts';
import { fill } from '../demo/fields.ts';
import * as gate from '../demo/pages/gate.ts';
import * as lists from '../demo/pages/import.ts';
import { openMenu } from '../demo/pages/menu.ts';
import * as residents from '../demo/pages/residents.ts';
import * as settings from '../demo/pages/settings.ts';
import { Prng } from '../simulation/prng.ts';
import { openHouse } from './house.ts';
import { checkEndpoint, Ledger, must } from './ledger.ts';
import { isFound, isWhole, patiently, readRepairs } from './look.ts';
import { listOf, makePeople, type Person } from './people.ts';

const passphrase = 'zeven gele fietsen in de regen';
const linesPerList = 30;
const municipality = { name: 'Voorbeeldstad', code: '0000' };
/** What is under way, how often it is chosen, and how long it is thought to take before the first time, in ms. */
const shares = { save: 4, edit: 2, import: 2, exchange: 2 } as const;
type Kind = keyof typeof shares;
type Victim = 'all' | 'main' | 'page';
/** `act` resolves when the screen has said that it is done. */
type Work = { readonly act: () => Promise<void>; readonly confirmed: () => void };

export type KillFigures = {
  readonly kills: number;
  readonly byKind: Readonly<Record<string, number>>;
  readonly unconfirmed: number;
  readonly found: number;
  /** Starts after which the second copy had to be written up, and after which the store had to be filled from it. */
  readonly copiedAgain: number;
  readonly restored: number;
  readonly saved: number;
  readonly saves: number;
};

/** Kills at random moments of real work; throws `Loss` as soon as something that was said to be saved is not there. */
export async function soakKills(
  kills: number,
  seed: number,
  say: (line: string) => void,
  stop: AbortSignal,
): Promise<KillFigures> {
  const prng = new Prng(seed);
  const people = makePeople(prng);
  const ledger = new Ledger();
  const house = await openHouse();
  const { appPath } = house;
  const profile = path.join(house.folder, 'laptop');
  const usual: Record<Kind, number> = { save: 300, edit: 300, import: 2_000, exchange: 800 };
  const byKind: Record<string, number> = {};
  const count = { unconfirmed: 0, found: 0, copiedAgain: 0, restored: 0 };
  let pageKills = 0;
  let killed = 0;
  let laptop = await Laptop.open({ profile, appPath });
  const begin = performance.now();

  const other = new TestDevice(house.endpoint);
  const writer = other.writer('core');
  let sent = 0;
  async function othersWrite(): Promise<void> {
    for (let at = 0; at < 10; at++) {
      const { family, given } = people.one();
      const { id } = newRecord();
      const name = { family, given, patronymic: '', familyCyrillic: '', givenCyrillic: '', patronymicCyrillic: '' };
      other.edit(writer, { t: 'resident', id, f: 'name', v: name });
      other.edit(writer, { t: 'resident', id, f: 'placement', v: { site: null } });
      ledger.others.push(family);
    }
    const answer = await other.push(other.frameOf(writer, sent + 1));
    must('ack' in answer, 'the endpoint refused the work of another laptop');
    sent = writer.ops.length;
  }

  const works: Record<Kind, () => Promise<Work>> = {
    save: async () => {
      const person = people.one();
      await openMenu(laptop, 'residents');
      await laptop.button('register:list.new').click();
      await laptop.title('register:page.newTitle').waitFor();
      await residents.fillResident(laptop, person);
      ledger.open.push(person);
      return { act: () => residents.saveResident(laptop, person), confirmed: settleOpen };
    },
    edit: async () => {
      const [person] = ledger.saved.slice(-1);
      if (person === undefined) return works.save();
      const changed: Person = { ...person, from: people.place() };
      await residents.openResident(laptop, person);
      await laptop.button('register:page.edit').click();
      await laptop.title('register:page.editTitle').waitFor();
      const label = laptop.t('common:form.optional', { label: laptop.t('register:control.arrivalFrom') });
      await fill(laptop.page, label, changed.from);
      edited = [person, changed];
      return {
        act: () => residents.saveResident(laptop, person),
        confirmed: () => {
          ledger.saved[ledger.saved.indexOf(person)] = changed;
          edited = undefined;
        },
      };
    },
    import: async () => {
      const many = Array.from({ length: linesPerList }, () => ({ ...people.one(), from: '' }));
      const file = path.join(house.folder, 'lijst.csv');
      writeFileSync(file, listOf(many));
      await lists.openImport(laptop);
      await lists.readFile(laptop, file);
      await lists.checkList(laptop, municipality);
      await lists.isRight(laptop, linesPerList);
      ledger.open.push(...many);
      return { act: () => lists.runImport(laptop, linesPerList), confirmed: settleOpen };
    },
    exchange: async () => {
      await othersWrite();
      await openMenu(laptop, 'settings');
      return {
        act: async () => {
          await laptop.button('settings:connection.sendNow').click();
          await settings.allSent(laptop).waitFor();
        },
        confirmed: () => undefined,
      };
    },
  };
  let edited: readonly [before: Person, after: Person] | undefined;
  function settleOpen(): void {
    ledger.saved.push(...ledger.open);
    ledger.open = [];
  }

  /** Looks at the screen: everything confirmed is there, and what was not confirmed is whole or not there. */
  async function checkScreen(since: readonly Person[]): Promise<void> {
    const repairs = await readRepairs(laptop);
    if (repairs.copiedAgain) count.copiedAgain += 1;
    if (repairs.restored) count.restored += 1;
    // What it says stands on the page that was read; the message itself can lie over a button.
    await laptop.closeNotices();
    const least = Math.max(ledger.floor, ledger.saved.length);
    await openMenu(laptop, 'residents');
    const shown = await patiently(
      () => residents.foundCount(laptop),
      (seen) => seen >= least,
    );
    must(shown >= least, `${String(least)} residents were there, now ${String(shown)}`);
    must(shown <= ledger.ceiling, `${String(shown)} residents, of which only ${String(ledger.ceiling)} were entered`);
    ledger.floor = shown;
    for (const person of since) await isWhole(laptop, person);
    for (const person of ledger.open.length === 1 ? ledger.open : []) {
      count.unconfirmed += 1;
      if (!(await isFound(laptop, person))) continue;
      count.found += 1;
      await isWhole(laptop, person);
      ledger.saved.push(person);
    }
    if (ledger.open.length > 1) {
      // Of a list that was broken off the endpoint tells in the end which lines came; here they are looked at.
      count.unconfirmed += 1;
      const there: Person[] = [];
      for (const person of [...ledger.open.slice(0, 1), prng.pick(ledger.open)])
        if (await isFound(laptop, person)) there.push(person);
      if (there.length > 0) count.found += 1;
      for (const person of there) await isWhole(laptop, person);
      ledger.unsaid.push(...ledger.open);
    }
    if (edited !== undefined) {
      const [before, after] = edited;
      edited = undefined;
      count.unconfirmed += 1;
      await residents.openResident(laptop, before);
      const text = await laptop.page.getByRole('main').innerText();
      must(text.includes(after.from) || text.includes(before.from), `${before.family} has neither arrival`);
      if (text.includes(after.from)) {
        count.found += 1;
        ledger.saved[ledger.saved.indexOf(before)] = after;
      }
    }
    ledger.open = [];
  }

  async function kill(victim: Victim): Promise<void> {
    if (victim === 'page') {
      pageKills += 1;
      const pids = await laptop.shell.rendererPids();
      await laptop.lockedBy(() => Promise.resolve(pids.forEach((pid) => process.kill(pid, 'SIGKILL'))));
      return;
    }
    pageKills = 0;
    if (victim === 'main') process.kill(laptop.shell.pid, 'SIGKILL');
    await laptop.shell.kill();
    laptop = await Laptop.open({ profile, appPath });
  }

  try {
    const joined = await other.enrol(await house.endpoint.invite());
    must(!('err' in joined), 'another laptop could not join');
    await gate.takeIntoUse(laptop, 'Anna', passphrase);
    await settings.connect(laptop, house.endpoint.url, await house.endpoint.invite());
    for (let done = 0; done < kills && !stop.aborted; done++) {
      const kind = ledger.saved.length === 0 ? 'save' : prng.weighted(shares);
      // A page that dies over and over ends the app.
      const victim = pageKills >= 2 ? 'all' : prng.weighted({ all: 5, main: 2, page: 2 });
      byKind[`${kind}, ${victim}`] = (byKind[`${kind}, ${victim}`] ?? 0) + 1;
      const before = ledger.saved.length;
      const work = await works[kind]();
      const start = performance.now();
      let isKilled = false;
      const acting = work.act().then(
        () => {
          if (isKilled) return;
          usual[kind] = usual[kind] * 0.8 + (performance.now() - start) * 0.2;
          work.confirmed();
        },
        (error: unknown) => {
          if (!isKilled) throw error;
        },
      );
      const moment = prng.int(1_000) / 1_000;
      const killing = new Promise<void>((resolve, reject) => {
        setTimeout(
          () => {
            isKilled = true;
            kill(victim).then(resolve, reject);
          },
          moment * 1.3 * usual[kind],
        );
      });
      await Promise.all([killing, acting]);
      killed += 1;
      await gate.unlock(laptop, passphrase);
      await checkScreen(ledger.saved.slice(before).slice(-2));
      const perLoop = (performance.now() - begin) / 1_000 / (done + 1);
      if ((done + 1) % 10 === 0)
        say(`${String(done + 1)} kills, ${String(ledger.floor)} residents, ${perLoop.toFixed(1)} s each`);
    }
    await settings.sendAll(laptop);
    // What others wrote last may have come with it only now.
    await openMenu(laptop, 'residents');
    const ops = await house.everyOp();
    ledger.open = [...ledger.unsaid];
    const everybody = new Set(ops.flatMap(({ t, f, id }) => (t === 'resident' && f === 'name' ? [String(id)] : [])))
      .size;
    const shown = await patiently(
      () => residents.foundCount(laptop),
      (seen) => seen === everybody,
    );
    const saves = checkEndpoint(ops, ledger, shown);
    return { kills: killed, byKind, ...count, saved: ledger.saved.length, saves };
  } catch (error) {
    await laptop.page.screenshot({ path: 'test-output/soak.png' }).catch(() => undefined);
    say(laptop.shell.output().slice(-2_000));
    throw error;
  } finally {
    await laptop.shell.kill();
    await house.stop();
  }
}
