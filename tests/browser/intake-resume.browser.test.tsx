import { beforeAll, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { languageNames, languages, startI18n } from '../../renderer/i18n/i18n.ts';
import { paperForm } from '../../shared/questionnaire/paper-form.ts';
import { shipped } from '../unit/questionnaire/interviews.ts';
import { answerField } from '../../shared/questionnaire/return-intake.ts';
import { memoryServices, testUser } from '../fakes/memory-services.ts';
import {
  answerIn,
  begun,
  draft,
  intakeId,
  intakeServices,
  olena,
  putDraft,
  showIntakes,
  today,
} from './intake-app.tsx';
import { saveOpenly } from './save-openly.ts';
import { showPage } from './show-page.tsx';
import { expectAccessible } from './show.tsx';

beforeAll(() => startI18n('nl'));

const at = `/intakes/${intakeId}`;

it('takes consent back: the answers go, the record says when and by whom, and it can be undone', async () => {
  const services = intakeServices();
  putDraft(services, [olena], begun({ intention: 'stay' }));
  await showIntakes(services, at);
  await userEvent.click(page.getByRole('button', { name: 'Toestemming intrekken' }));
  await expect.element(page.getByRole('alertdialog', { name: 'Toestemming intrekken?' })).toBeVisible();
  await expectAccessible();
  await userEvent.click(page.getByRole('button', { name: 'Ja, trek de toestemming in' }));

  await expect.element(page.getByRole('heading', { level: 1, name: 'Toestemming ingetrokken' })).toBeVisible();
  expect(answerIn(services, 'intention')).toBeUndefined();
  expect(answerIn(services, 'language')).toBeUndefined();
  expect(services.valuesIn(draft)).toMatchObject({ status: 'withdrawn', withdrawal: { on: today, by: testUser } });
  await expect.element(page.getByText('M. de Vries').last()).toBeVisible();
  await expectAccessible();
  await userEvent.click(page.getByRole('button', { name: 'Ongedaan maken' }));
  await vi.waitFor(() => expect(answerIn(services, 'intention')).toBe('stay'));
  expect(services.valuesIn(draft)['status']).toBe('draft');
});

it('hides a recorded interview when consent is taken back, and keeps whom to tell until it is done', async () => {
  const services = intakeServices();
  const frozen = { kind: 'finalisedIntake', id: '77777777-7777-4777-8777-777777777777' } as const;
  putDraft(services, [olena], begun({}));
  services.put(draft, { status: 'finalised', finalisedAs: frozen.id });
  const part = {
    answers: {},
    persons: [{ id: olena, answers: {} }],
    flags: [],
    wording: { nl: { questions: {}, optionSets: {} } },
  };
  services.put(frozen, {
    placement: { site: null },
    intake: {
      ...part,
      questionnaire: { id: 'return-intake', version: 1 },
      parameterVersion: '1',
      territoryListVersion: null,
      draft: intakeId,
      priorIntake: null,
      day: today,
      user: testUser,
      languages: ['nl'],
      forwardFrom: null,
      ages: {},
      statements: { nl: {} },
      answers: { share: { dtv: 'yes', iom: 'no' } },
    },
  });
  await showIntakes(services, `/intakes/${frozen.id}`);
  await userEvent.click(page.getByRole('button', { name: 'Opslaan als PDF' }));
  await saveOpenly('overdracht');
  await vi.waitFor(() => expect(services.log.at(-1)).toBe('pdf terugkeergesprek.pdf'));
  expect(services.log.at(-2)).toBe('export finalised intake pdf: overdracht');
  await userEvent.click(page.getByRole('button', { name: 'Toestemming intrekken' }));
  await userEvent.click(page.getByRole('button', { name: 'Ja, trek de toestemming in' }));
  await expect.element(page.getByRole('heading', { level: 1, name: 'Toestemming ingetrokken' })).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'Doorgegeven aan Dienst Terugkeer en Vertrek (DT&V)' }));
  await vi.waitFor(() => expect(services.valuesIn(draft)['recall.dtv']).toEqual({ askedOn: today, doneOn: today }));
  expect(services.valuesIn(draft)['recall.iom']).toBeUndefined();
});

it('asks again who is there on another day, and keeps that it was asked', async () => {
  const services = intakeServices();
  putDraft(services, [olena], begun({ interpreter: 'phone' }));
  services.put(draft, { about: { residents: [olena], startedOn: '2026-11-23' } });
  await showIntakes(services, at);
  const again = page.getByRole('heading', { name: 'Wie is er nu bij het gesprek?' });
  await expect.element(again).toBeVisible();
  await expectAccessible();
  await userEvent.click(page.getByRole('button', { name: 'Alles klopt, ga verder' }));
  await expect.element(again).not.toBeInTheDocument();
  expect(services.valuesIn(draft)[`sitting.${today}.${testUser}`]).toMatchObject({ interpreter: 'phone' });
});

it('records by the day of the interview, also when midnight has passed since', async () => {
  const recordedDay = async (sitting: boolean) => {
    const services = intakeServices();
    putDraft(services, [olena], begun({ consent_participate: 'no', outcome: 'no_part' }));
    services.put(draft, {
      about: { residents: [olena], startedOn: '2026-11-23' },
      ...(sitting ? { [`sitting.${today}.${testUser}`]: { language: 'uk' } } : {}),
    });
    const recorded = await services.finaliseIntake(intakeId, ['nl']);
    return recorded.ok ? services.valuesIn(recorded.value)['intake'] : recorded.error;
  };
  expect(await recordedDay(false)).toMatchObject({ day: '2026-11-23' });
  expect(await recordedDay(true)).toMatchObject({ day: '2026-11-24' });
});

it('lists what another laptop has changed since this one showed it', async () => {
  const services = intakeServices();
  putDraft(services, [olena], begun({ mode: 'in_person' }));
  await showIntakes(services, at);
  await vi.waitFor(() => expect([...services.drafts.keys()]).toContain(`intake-seen.${intakeId}`));
  services.put(draft, { [answerField('mode', null)]: 'phone' });
  await expect.element(page.getByRole('heading', { name: '1 verschil sinds de vorige keer' })).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'Gezien' }));
  await expect.element(page.getByRole('heading', { name: /verschil/ })).not.toBeInTheDocument();
});

it('sends the one sign with the worrying answer, and takes it back with it', async () => {
  const services = intakeServices();
  putDraft(services, [olena], begun({}));
  await showIntakes(services, `${at}/section/H2_urgent`);
  const danger = page.getByText('medische spoed', { exact: true });
  await userEvent.click(danger);
  await vi.waitFor(() => expect(services.valuesIn(draft)['needsAttention']).toBe(true));
  await userEvent.click(danger);
  await vi.waitFor(() => expect(services.valuesIn(draft)['needsAttention']).toBe(false));
});

const secondLanguage = { nl: /Tweede taal/, uk: /Друга мова/, en: /Second language/ };

it.for(languages)('prints the empty questionnaire in %s, alone and beside another language', async (language) => {
  const services = memoryServices();
  await showPage('/intakes/paper', services, language);
  const paper = page.getByRole('article');
  await expect.element(paper).toBeVisible();
  const asked = paperForm(shipped().file)
    .filter(({ module }) => !module)
    .flatMap(({ questions }) => questions);
  await expect.poll(() => document.querySelectorAll('.paper__question').length).toBe(asked.length);
  const first = asked.at(-1);
  await expect
    .element(paper.getByText(`${String(first?.number)}. ${first?.question.label[language] ?? ''}`, { exact: true }))
    .toBeInTheDocument();
  const style = [...document.querySelectorAll('.paper__question')].map((block) => getComputedStyle(block).breakInside);
  expect(new Set(style)).toEqual(new Set(['avoid']));
  const other = language === 'nl' ? 'uk' : 'nl';
  await userEvent.click(page.getByRole('button', { name: secondLanguage[language] }));
  await userEvent.click(page.getByRole('option', { name: languageNames[other] }));
  await expect
    .element(paper.getByText(`${String(first?.number)}. ${first?.question.label[other] ?? ''}`, { exact: true }))
    .toBeInTheDocument();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(window.innerWidth);
  await expectAccessible();
  await userEvent.click(page.getByRole('button', { name: /pdf/i }));
  await vi.waitFor(() => expect(services.log.join(' ')).toContain(`-${language}-${other}.pdf`));
});
