import { afterEach, describe, expect, it } from 'vitest';
import { soakFull } from '../soak/full.ts';
import { soakKills } from '../soak/kills.ts';

/** A few rounds of what `npm run soak` does for hours; a loss is thrown with what was lost. */
const said: string[] = [];
const say = (line: string) => said.push(line);
afterEach(({ task }) => {
  if (task.result?.state === 'fail') console.log(said.join('\n'));
  said.length = 0;
});
const never = new AbortController().signal;

describe('an app that is killed at random moments', () => {
  it('keeps all that the screen had confirmed, nothing half, and all of it comes to the endpoint', async () => {
    const { kills, saves } = await soakKills(6, 20261124, say, never);
    expect(kills).toBe(6);
    expect(saves).toBeGreaterThan(0);
  }, 300_000);
});

describe('a disk that is full', () => {
  it('keeps the store shut until there is room again, and loses nothing that was saved', async ({ skip }) => {
    const figures = await soakFull(2, 20261124, say, never);
    if (figures === null) return skip('no file system of its own can be mounted here');
    expect(figures.closedWhileFull + figures.notStartedWhileFull).toBe(2);
  }, 300_000);
});
