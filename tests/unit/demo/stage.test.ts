import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { Stage } from '../../demo/stage.ts';

async function aStage(isQuiet = false) {
  const place = mkdtempSync(path.join(tmpdir(), 'onderdak-stage-'));
  const folder = path.join(place, 'demo-output');
  const said: string[] = [];
  const complained: string[] = [];
  const printed: string[] = [];
  const spies = [
    vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line)),
    vi.spyOn(console, 'error').mockImplementation((line: string) => void complained.push(line)),
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0),
  ];
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
    rmSync(place, { recursive: true, force: true });
  });
  const stage = await Stage.clear(folder, isQuiet);
  const summary = () => JSON.parse(readFileSync(path.join(folder, 'summary.json'), 'utf8')) as object;
  return { stage, summary, said, complained, printed, folder };
}
/** A laptop whose screen can be photographed; nothing else of it is asked for. */
const aLaptop = () =>
  ({
    page: { screenshot: ({ path: file }: { path: string }) => Promise.resolve(writeFileSync(file, 'png')) },
  }) as never;

it('a step that fails ends the demonstration non-zero, by its name, with a picture and what was done before', async () => {
  const { stage, summary, said, complained, folder } = await aStage();
  const later = vi.fn();
  const code = await stage.perform(async () => {
    await stage.step('The vault is made', () => Promise.resolve());
    stage.add('laptop-1', aLaptop());
    await stage.step('The list is read', () => Promise.reject(new Error('line 4 is not shown')));
    await stage.step('The letter is printed', () => Promise.resolve(later()));
    return { residents: 400 };
  });
  expect(code).toBe(1);
  expect(later).not.toHaveBeenCalled();
  expect(complained[0]).toMatch(/^FAILED The list is read \(\d+\.\d s\): line 4 is not shown$/);
  expect(complained[1]).toBe(`picture of the screen: ${path.join(folder, 'failed-laptop-1.png')}`);
  expect(said.join('\n')).toMatch(/^ 1\. The vault is made \(\d+\.\d s\)$/);
  expect(summary()).toEqual({
    passed: false,
    failed: { step: 'The list is read', reason: 'line 4 is not shown' },
    steps: [{ step: 'The vault is made', seconds: expect.any(Number) as number }],
    seconds: expect.any(Number) as number,
  });
});

it('a failure between two steps is told as well', async () => {
  const { stage, summary, complained } = await aStage();
  expect(await stage.perform(() => Promise.reject(new Error('no second laptop')))).toBe(1);
  expect(complained).toEqual(['FAILED: no second laptop']);
  expect(summary()).toMatchObject({ passed: false, failed: { step: null, reason: 'no second laptop' }, steps: [] });
});

it('a step that stops at an inner one is told by the inner one', async () => {
  const { stage, summary } = await aStage();
  const inner = () => stage.step('One question', () => Promise.reject(new Error('not asked')));
  expect(await stage.perform(() => stage.step('The interview', inner))).toBe(1);
  expect(summary()).toMatchObject({ failed: { step: 'One question' } });
});

it('ends with zero when every step is done, and alone with --json the summary is printed, once', async () => {
  const { stage, summary, said, printed } = await aStage(true);
  const code = await stage.perform(async () => {
    await stage.step('The vault is made', () => Promise.resolve());
    return { residents: 400 };
  });
  expect(code).toBe(0);
  expect(summary()).toMatchObject({ passed: true, residents: 400, steps: [{ step: 'The vault is made' }] });
  expect(said).toEqual([]);
  expect(printed.map((text) => JSON.parse(text) as object)).toEqual([summary()]);
});
