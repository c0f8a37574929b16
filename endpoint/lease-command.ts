import { asKeeper, type Command } from './command-tools.ts';
import { defaultMunicipality } from './devices.ts';
import { listTerms, noteTerm, parseTerm } from './lease-terms.ts';
import { withOwner } from './owner-client.ts';
import { StartError } from './postgres.ts';

/** Lists how long laptops may be without contact, or says it from a day on. */
export const leaseCommand: Command = async (given, days) => {
  if (days === undefined) {
    const terms = await withOwner(given, (client) => asKeeper(client, () => listTerms(client)));
    if (terms.length === 0) given.say('14 days, as usual.');
    for (const term of terms) given.say(`${term.municipality}: ${term.days} days from ${term.from}`);
    return;
  }
  const [from = '', municipality = defaultMunicipality] = given.more ?? [];
  const term = parseTerm(days, from);
  if (term === undefined)
    throw new StartError('lease, or lease DAYS FROM [MUNICIPALITY]: 1 to 30 days, from YYYY-MM-DD.');
  const isNoted = await withOwner(given, async (client) => {
    await client.query('BEGIN');
    await client.query(`SELECT set_config('onderdak.task', 'keep', true)`);
    const noted = await noteTerm(client, municipality, term.from, term.days);
    await client.query('COMMIT');
    return noted;
  });
  if (!isNoted) throw new StartError(`${term.from} is over. What laptops kept to until today stays as it was.`);
  given.say(`${municipality}: ${term.days} days from ${term.from}. Laptops hear it at their next contact.`);
};
