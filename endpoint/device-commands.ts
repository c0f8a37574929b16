import { asKeeper, waitFor, type Command, type Given } from './command-tools.ts';
import { askStatus, listDevices, statusDone, type KnownDevice, type Standing } from './device-status.ts';
import { withOwner } from './owner-client.ts';
import { StartError } from './postgres.ts';
import { askQuarantine, listQuarantine, quarantineDone } from './quarantine.ts';

const minute = (at: Date) => at.toISOString().slice(0, 16).replace('T', ' ');

function lineOf({
  id,
  municipality,
  status,
  reason,
  statusAt,
  heardAt,
  users,
  held,
  quarantined,
}: KnownDevice): string {
  const stands = [status, reason, statusAt === null ? null : `since ${minute(statusAt)}`].filter(
    (part) => part !== null,
  );
  const heard = heardAt === null ? 'not heard yet' : `last heard ${minute(heardAt)}`;
  return [
    `${id} (${municipality}): ${stands.join(' ')}, ${heard}, users ${users.join(' ') || 'none'}`,
    ...(held > 0 ? [`${held} operations wait`] : []),
    ...(quarantined > 0 ? [`${quarantined} frames put aside`] : []),
  ].join('; ');
}

/** What each standing means for the person who gives it. */
const meaning: Readonly<Record<Standing['status'], string>> = {
  active: 'may read and write again.',
  deposit_only: 'gets nothing any more. What it sends is taken in as before.',
  revoked: 'gets nothing any more. What it sends is put aside: see quarantine.',
  wipe: 'is emptied at its next contact.',
};

async function changeStatus(given: Given, id: string | undefined, standing: Standing): Promise<void> {
  const done = await withOwner(given, async (client) => {
    const devices = await asKeeper(client, () => listDevices(client));
    const device = devices.find((one) => one.id === id);
    if (device === undefined) throw new StartError(`There is no laptop ${id ?? ''}. See devices.`);
    const no = await askStatus(client, device, standing);
    return waitFor(client, () => statusDone(client, no));
  });
  given.say(`${id ?? ''} ${meaning[standing.status]}`);
  if (standing.status === 'wipe' && standing.reason === 'returned') {
    given.say('First somebody has to unlock it and its unsent work is put aside here: see quarantine.');
  }
  if (standing.status === 'wipe' && standing.reason === 'stolen')
    given.say('Work that it did not send is lost with it.');
  if (done === undefined) given.say('Noted: it counts from the next start of the endpoint.');
}

function reasonOf(name: string, { more = [] }: Given): NonNullable<Standing['reason']> {
  const [reason] = more;
  if (reason === 'returned' || reason === 'stolen') return reason;
  throw new StartError(`Say why: ${name} DEVICE returned, or ${name} DEVICE stolen.`);
}

async function settleQuarantine(given: Given, outcome: 'release' | 'reject'): Promise<void> {
  const [device] = given.more ?? [];
  const done = await withOwner(given, async (client) => {
    const frames = (await asKeeper(client, () => listQuarantine(client))).filter((one) => one.device === device);
    const last = frames.at(-1);
    if (last === undefined) throw new StartError(`Nothing of ${device ?? ''} was put aside. See quarantine.`);
    const { municipality } = last;
    const no = await askQuarantine(client, outcome, { municipality, device: last.device, upTo: last.no });
    return waitFor(client, () => quarantineDone(client, no));
  });
  if (done === undefined) {
    given.say('Noted: the endpoint does it when it runs.');
    return;
  }
  const { released, rejected, kept, held } = done;
  if (outcome === 'reject') given.say(`${rejected} frames stay out for good. They are kept.`);
  else given.say(`${released} frames taken in, ${kept} kept back.`);
  if (held > 0) given.say(`${held} operations of them wait for a person: see held.`);
  if (kept > 0) {
    given.say(
      'Those kept back follow on something that is not here, or another copy of the laptop used their numbers. The ' +
        'laptop sends what is missing again when it may write.',
    );
  }
}

export const deviceCommands: Readonly<Record<string, Command>> = {
  devices: async (given) => {
    const devices = await withOwner(given, (client) => asKeeper(client, () => listDevices(client)));
    if (devices.length === 0) given.say('No laptop is known.');
    for (const device of devices) given.say(lineOf(device));
  },
  'deposit-only': (given, id) => changeStatus(given, id, { status: 'deposit_only', reason: null }),
  revoke: (given, id) => changeStatus(given, id, { status: 'revoked', reason: reasonOf('revoke', given) }),
  wipe: (given, id) => changeStatus(given, id, { status: 'wipe', reason: reasonOf('wipe', given) }),
  readmit: (given, id) => changeStatus(given, id, { status: 'active', reason: null }),
  quarantine: async (given, what) => {
    if (what === 'release' || what === 'reject') return settleQuarantine(given, what);
    if (what !== undefined) throw new StartError('quarantine, quarantine release DEVICE or quarantine reject DEVICE.');
    const frames = await withOwner(given, (client) => asKeeper(client, () => listQuarantine(client)));
    if (frames.length === 0) given.say('Nothing was put aside.');
    for (const { device, municipality, why, at, user, operations, records } of frames) {
      given.say(
        `${device} (${municipality}), ${minute(at)}, ${why}: ${operations} operations of ${user} in ${records.join(', ')}`,
      );
    }
  },
};
