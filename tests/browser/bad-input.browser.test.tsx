import { beforeAll, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { languages, startI18n } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import { memoryServices } from '../fakes/memory-services.ts';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));
const saves = (log: readonly string[]) => log.filter((line) => line.startsWith('save'));

describe.each(languages)('in %s', (language) => {
  const { register, common } = texts[language];

  it('an impossible day and a wrong BSN are named at their fields, and stay as they were typed', async () => {
    const services = memoryServices();
    await showPage('/residents/new', services, language);
    await expect.poll(() => document.getElementById('birthDate')).not.toBeNull();
    const typed = { family: 'Kovalenko', birthDate: '31-02-1985', bsn: '123456789' };
    for (const [id, text] of Object.entries(typed)) {
      const field = document.querySelector(`input#${id}, #${id} input`) ?? expect.fail(id);
      await userEvent.fill(field, text);
    }
    await userEvent.click(page.getByRole('button', { name: common.action.save, exact: true }));
    const summary = page.getByRole('alert').first();
    await expect.element(summary).toBeVisible();
    for (const [problem, control] of [
      ['impossible-date', 'birthDate'],
      ['bsn-eleven-test', 'bsn'],
    ] as const) {
      const text = register.problem[problem].replace('{{field}}', register.control[control]);
      expect(summary.element().textContent).toContain(text);
    }
    for (const [id, text] of Object.entries(typed))
      expect(document.querySelector<HTMLInputElement>(`input#${id}, #${id} input`)?.value).toBe(text);
    expect(saves(services.log)).toEqual([]);
  });
});
