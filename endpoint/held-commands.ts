import { isRecordId } from '../shared/kernel/ids.ts';
import { isRecordKind } from '../shared/records/record.ts';
import { asKeeper, waitFor, type Command, type Given } from './command-tools.ts';
import { askAboutHeld, heldDone, listHeld, listHeldOf } from './held-release.ts';
import { withOwner } from './owner-client.ts';
import { StartError } from './postgres.ts';

async function decide(given: Given, outcome: 'release' | 'reject', user: string, record?: string) {
  return withOwner(given, async (client) => {
    const groups = await asKeeper(client, () => listHeld(client));
    const group = groups.find((one) => one.user === user);
    if (group === undefined) throw new StartError(`Nothing of ${user} waits.`);
    const no = await askAboutHeld(client, outcome, group, record);
    return waitFor(client, () => heldDone(client, no));
  });
}

/** What to do with operations that were kept and stand in no feed. */
export const heldCommands: Readonly<Record<string, Command>> = {
  held: async (given, user) => {
    if (user !== undefined) {
      const all = await withOwner(given, (client) => asKeeper(client, () => listHeldOf(client, user)));
      if (all.length === 0) given.say(`Nothing of ${user} waits.`);
      for (const { record, field, why } of all) given.say(`${record}/${field}: ${why}`);
      return;
    }
    const groups = await withOwner(given, (client) => asKeeper(client, () => listHeld(client)));
    if (groups.length === 0) given.say('Nothing waits for a person.');
    for (const { municipality, user: whose, device, why, operations, kinds } of groups) {
      given.say(`${whose} (${municipality}, ${device}): ${operations} wait because of ${why}: ${kinds.join(', ')}`);
    }
  },
  release: async (given, user) => {
    if (user === undefined) throw new StartError('Name whose operations to release: release USER. See held.');
    const done = await decide(given, 'release', user);
    if (done === undefined) given.say('Noted: the endpoint releases them when it runs.');
    else given.say(`${done.released} released, ${done.kept} kept back: no right makes them fit.`);
  },
  reject: async (given, user) => {
    const [record] = given.more ?? [];
    const [kind = '', id = ''] = record?.split('/') ?? [];
    if (user === undefined || (record !== undefined && !(isRecordKind(kind) && isRecordId(id)))) {
      throw new StartError('Name whose operations stay out: reject USER, or reject USER KIND/ID. See held.');
    }
    const done = await decide(given, 'reject', user, record);
    if (done === undefined) given.say('Noted: the endpoint does it when it runs.');
    else given.say(`${done.rejected} stay out. They are kept, and the laptop they come from is told.`);
  },
};
