import { beforeAll, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { languages, startI18n } from '../../renderer/i18n/i18n.ts';
import { adult, returning } from '../unit/questionnaire/interviews.ts';
import { begun, intakeId, intakeServices, olena, putDraft, showIntakes, sofiia, taras } from './intake-app.tsx';
import { expectAccessible } from './show.tsx';

beforeAll(() => startI18n('nl'));

const own = (values: object, person: string) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`${key}.${person}`, value as string]));
const busy = begun({
  ...returning,
  private_setting: 'no',
  landing_place: 'none',
  reasons: ['nl_housing'],
  ...own({ ...adult, joins_return: 'yes', open_procedures: ['asylum_dormant'] }, olena),
  ...own({ nationality_group: 'third', joins_return: 'later', tp_uninterrupted: 'gap' }, taras),
  ...own({ authority: 'unknown', joins_return: 'yes' }, sofiia),
});

const screens = [
  { name: 'list', path: '/intakes' },
  { name: 'tasks', path: `/intakes/${intakeId}` },
  { name: 'section-start', path: `/intakes/${intakeId}/section/A_meta` },
  { name: 'section-consent', path: `/intakes/${intakeId}/section/B_consent` },
  { name: 'section-plan', path: `/intakes/${intakeId}/section/E_intention` },
  { name: 'section-status', path: `/intakes/${intakeId}/section/D_status?person=${taras}` },
  { name: 'urgent', path: `/intakes/${intakeId}/section/H2_urgent` },
  { name: 'check', path: `/intakes/${intakeId}?step=check` },
  { name: 'resident', path: `/intakes/${intakeId}/resident/intention?person=${olena}` },
  {
    name: 'resident-consent',
    path: `/intakes/${intakeId}/resident/consent_participate?person=${olena}`,
    ready: 'heading',
  },
  { name: 'resident-share', path: `/intakes/${intakeId}/resident/share?person=${olena}` },
] as const;

describe.each(languages)('in %s', (language) => {
  it.each(screens)('$name is accessible and fits', async ({ name, path }) => {
    const services = intakeServices();
    putDraft(services, [olena, taras, sofiia], busy);
    await showIntakes(services, path, language);
    await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.screenshot({ path: `../../test-output/intakes/${name}-${language}.png` });
    const root = document.scrollingElement;
    expect(root?.scrollWidth).toBeLessThanOrEqual(window.innerWidth);
    const pane = document.querySelector('.shell__page');
    if (pane !== null) expect(pane.scrollWidth).toBeLessThanOrEqual(pane.clientWidth);
    await expectAccessible();
  });
});
