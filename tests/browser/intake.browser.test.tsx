import { beforeAll, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { languages, startI18n } from '../../renderer/i18n/i18n.ts';
import type { MemoryServices } from '../fakes/memory-services.ts';
import { adult, fillIn, interview, person, shipped } from '../unit/questionnaire/interviews.ts';
import {
  answerIn,
  begun,
  draft,
  heading,
  intakeId,
  intakeServices,
  labelOf,
  olena,
  passphrase,
  putDraft,
  showIntakes,
  sofiia,
  taras,
  type AnswersByField,
} from './intake-app.tsx';
import { expectAccessible } from './show.tsx';

beforeAll(() => startI18n('nl'));

const group = (key: string) => page.getByRole('radiogroup', { name: labelOf(key), exact: true });
const choose = (key: string, label: string) => userEvent.click(group(key).getByText(label, { exact: true }));
/** Answers of an interview that stays: everything that finalising needs, by field. */
function staying(): AnswersByField {
  const filled = fillIn(shipped(), interview({ intention: 'stay', consent_method: 'oral' }, [person(olena, 38)]));
  const { site_id: _site, caseworker_id: _user, safety_status: _status, ...shared } = filled.values;
  const modules = new Set(shipped().file.modules.flatMap(({ questions }) => questions.map(({ key }) => key)));
  const own = filled.persons.flatMap(({ id, values }) =>
    Object.entries(values)
      .filter(([key]) => key !== 'resident_ref' && !modules.has(key))
      .map(([key, value]) => [`${key}.${id}`, value] as const),
  );
  return { ...shared, ...Object.fromEntries(own) };
}

it('begins an interview for a resident and a family member, and leads a second one to the first', async () => {
  const services = intakeServices();
  const history = await showIntakes(services, '/intakes');
  await userEvent.click(page.getByRole('button', { name: 'Nieuw gesprek' }));
  await userEvent.fill(page.getByLabelText('Zoek de bewoner'), 'Олена');
  await userEvent.click(page.getByRole('button', { name: /Bondarenko, Olena/ }));
  await userEvent.click(page.getByText(/^Bondarenko, Sofiia/).last());
  await expectAccessible();
  await userEvent.click(page.getByRole('button', { name: 'Gesprek beginnen' }));
  await expect.poll(() => history.location.pathname).toMatch(/^\/intakes\/.{36}$/);
  const id = history.location.pathname.slice(-36);
  const values = services.valuesIn({ kind: 'returnIntake', id });
  expect(values['about']).toEqual({ residents: [olena, sofiia], startedOn: '2026-11-24' });
  expect(values['answer.caseworker_id']).toBe('u_0123456789abcdef');

  history.push(`/intakes?resident=${sofiia}`);
  await expect
    .element(page.getByRole('alert').getByText('Bondarenko, Sofiia heeft al een gesprek', { exact: false }))
    .toBeVisible();
  expect(page.getByRole('button', { name: 'Gesprek beginnen' }).elements()).toEqual([]);
  await userEvent.click(page.getByRole('button', { name: 'Naar het bestaande gesprek' }));
  await expect.poll(() => history.location.pathname).toBe(`/intakes/${id}`);
});

it('saves every answer as it is given, also twice in a row, without making a choice of it', async () => {
  const services = intakeServices();
  putDraft(services, [olena]);
  await showIntakes(services, `/intakes/${intakeId}/section/A_meta`);
  await expect.element(heading()).toBeVisible();
  // What the app knows itself is not there to be typed over.
  expect(page.getByRole('textbox').elements()).toEqual([]);
  await choose('intake_reason', 'eerste verzoek van bewoner');
  await choose('intake_reason', 'vervolggesprek');
  await choose('intake_reason', 'situatie gewijzigd');
  await vi.waitFor(() => expect(answerIn(services, 'intake_reason')).toBe('change'));
  await expect.element(page.getByRole('status').filter({ hasText: 'Bewaard op dit apparaat' }).first()).toBeVisible();
  const opened = await services.open(draft);
  expect(opened.ok && opened.value.unsettled).toEqual([]);
  // An answer that another depends on shows that other at once.
  await choose('language', 'andere taal');
  await userEvent.fill(page.getByLabelText('Welke taal?'), 'Pools');
  await userEvent.keyboard('{Tab}');
  await vi.waitFor(() => expect(answerIn(services, 'language_other')).toBe('Pools'));
});

it('keeps what is typed when the language changes in mid-question', async () => {
  const services = intakeServices();
  putDraft(services, [olena], begun({ intention: 'visit', language: 'other' }));
  const history = await showIntakes(services, `/intakes/${intakeId}/section/A_meta`);
  await userEvent.click(page.getByLabelText('Welke taal?'));
  await userEvent.keyboard('Pol');
  await userEvent.click(
    page.getByRole('group', { name: 'Taal van de vragen' }).getByRole('button', { name: 'English' }),
  );
  const field = page.getByLabelText(labelOf('language_other', 'en'));
  await expect.element(field).toHaveValue('Pol');
  await userEvent.click(field);
  await userEvent.keyboard('{End}ish{Tab}');
  await vi.waitFor(() => expect(answerIn(services, 'language_other')).toBe('Polish'));

  history.push(`/intakes/${intakeId}/section/E_intention`);
  const day = () => document.getElementById('question-absence_from');
  await vi.waitFor(() => expect(day()).not.toBeNull());
  await userEvent.click(day()?.querySelector('[role=spinbutton]') as Element);
  await userEvent.keyboard('0512');
  await userEvent.click(
    page.getByRole('group', { name: 'Taal van de vragen' }).getByRole('button', { name: 'Українська' }),
  );
  await expect.element(page.getByText(labelOf('absence_from', 'uk'))).toBeVisible();
  const segments = [...(day()?.querySelectorAll('[role=spinbutton]') ?? [])];
  expect(segments.map((segment) => segment.textContent).slice(0, 2)).toEqual(['05', '12']);
  (segments[2] as HTMLElement).focus();
  await userEvent.keyboard('2026');
  await vi.waitFor(() => expect(answerIn(services, 'absence_from')).toBe('2026-12-05'));
});

it('keeps a wrong answer on the screen, says what is wrong, and saves nothing of it', async () => {
  const services = intakeServices();
  const own = { joins_return: 'yes', special_situation: ['pregnant'] };
  putDraft(
    services,
    [olena],
    begun(Object.fromEntries(Object.entries({ ...adult, ...own }).map(([key, value]) => [`${key}.${olena}`, value]))),
  );
  await showIntakes(services, `/intakes/${intakeId}/section/H_needs?person=${olena}`);
  const week = page.getByLabelText(labelOf('pregnancy_week'));
  await userEvent.fill(week, '99');
  await userEvent.keyboard('{Tab}');
  await expect.element(page.getByText('Vul een getal in van', { exact: false })).toBeVisible();
  await expect.element(week).toHaveValue('99');
  expect(answerIn(services, 'pregnancy_week', olena)).toBeUndefined();
  await userEvent.fill(week, '12');
  await userEvent.keyboard('{Tab}');
  await vi.waitFor(() => expect(answerIn(services, 'pregnancy_week', olena)).toBe(12));
});

it('does not go on without what must be asked, and leads to it; leaving is always possible', async () => {
  const services = intakeServices();
  putDraft(services, [olena]);
  const history = await showIntakes(services, `/intakes/${intakeId}/section/A_meta`);
  await userEvent.click(page.getByRole('button', { name: /^Verder naar/ }));
  await expect.element(page.getByRole('alert')).toHaveFocus();
  await userEvent.click(page.getByRole('link', { name: `Beantwoord: ${labelOf('mode')}` }));
  expect(document.activeElement?.closest('#question-mode')).not.toBeNull();
  await userEvent.click(page.getByRole('link', { name: 'Later invullen' }));
  await expect.poll(() => history.location.pathname).toBe(`/intakes/${intakeId}`);
});

it('copies the status of the main person as answers of the other', async () => {
  const services = intakeServices();
  const main = Object.fromEntries(Object.entries(adult).map(([key, value]) => [`${key}.${olena}`, value]));
  putDraft(services, [olena, taras], begun(main));
  await showIntakes(services, `/intakes/${intakeId}/section/D_status?person=${taras}`);
  await userEvent.click(page.getByRole('button', { name: 'Zelfde als Bondarenko, Olena' }));
  await vi.waitFor(() => expect(answerIn(services, 'residence_basis', taras)).toBe('rtb'));
  expect(answerIn(services, 'open_procedures', taras)).toEqual(['none']);
  expect(answerIn(services, 'person_role', taras)).toBeUndefined();
  await vi.waitFor(() => expect(page.getByRole('button', { name: /^Zelfde als/ }).elements()).toEqual([]));
});

it('goes on where the interview stopped, also in the middle of a section', async () => {
  const services = intakeServices();
  putDraft(services, [olena], { intake_reason: 'first_request', mode: 'phone', language: 'uk' });
  const history = await showIntakes(services, `/intakes/${intakeId}`);
  await userEvent.click(page.getByRole('button', { name: 'Verder bij de eerste open vraag' }));
  await vi.waitFor(() => expect(document.activeElement?.closest('#question-interpreter')).not.toBeNull());
  expect(history.location.pathname).toBe(`/intakes/${intakeId}/section/A_meta`);
});

it('closes when an adult refuses: little is asked, little is kept', async () => {
  const services = intakeServices();
  const { consent_participate: _consent, outcome: _outcome, urgent_risk: _risk, ...asked } = begun({});
  putDraft(services, [olena], asked);
  const history = await showIntakes(
    services,
    `/intakes/${intakeId}/resident/consent_participate?person=${olena}`,
    'nl',
  );
  await userEvent.click(page.getByText('ні', { exact: true }).last());
  await vi.waitFor(() => expect(answerIn(services, 'consent_participate')).toBe('no'));
  await userEvent.click(page.getByRole('button', { name: 'Наступне запитання' }));
  await expect.element(heading()).toHaveTextContent('Дякуємо');
  await userEvent.click(page.getByRole('button', { name: 'Назад до працівника' }));
  await userEvent.fill(page.getByLabelText('Wachtzin van de medewerker'), passphrase);
  await userEvent.click(page.getByRole('button', { name: 'Naar het scherm van de medewerker' }));
  await expect.element(page.getByText('De bewoner doet (nu) niet mee', { exact: false })).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'Verder bij de eerste open vraag' }));
  await expect.poll(() => history.location.pathname).toBe(`/intakes/${intakeId}/section/M_outcome`);
  await choose('outcome', 'geen deelname');
  await vi.waitFor(() => expect(answerIn(services, 'outcome')).toBe('no_part'));
  history.push(`/intakes/${intakeId}?step=check`);
  await userEvent.click(page.getByRole('button', { name: 'Gesprek vastleggen' }));
  await expect.element(heading()).toHaveTextContent('Vastgelegd terugkeergesprek');
  const id = services.valuesIn(draft)['finalisedAs'] as string;
  const kept = services.valuesIn({ kind: 'finalisedIntake', id })['intake'] as { answers: object; persons: object[] };
  expect(Object.keys(kept.answers).sort()).toEqual(['outcome', 'site_id']);
  expect(kept.persons).toEqual([]);
});

it('holds a whole interview of somebody who stays, and records it with its words', async () => {
  const services = intakeServices();
  const { outcome: _outcome, ...answers } = staying();
  putDraft(services, [olena], answers);
  const history = await showIntakes(services, `/intakes/${intakeId}?step=check`);
  await expect.element(page.getByText('Er is nog 1 vraag open:')).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'Gesprek vastleggen' }));
  await expect.element(page.getByRole('alert')).toHaveFocus();
  expect(services.valuesIn(draft)['status']).toBe('draft');
  await userEvent.click(page.getByRole('alert').getByRole('link', { name: labelOf('outcome') }));
  await vi.waitFor(() => expect(document.activeElement?.closest('#question-outcome')).not.toBeNull());
  await choose('outcome', 'alleen informatie');
  await vi.waitFor(() => expect(answerIn(services, 'outcome')).toBe('info'));
  history.push(`/intakes/${intakeId}?step=check`);
  await userEvent.click(page.getByRole('button', { name: 'Gesprek vastleggen' }));
  await expect.element(heading()).toHaveTextContent('Vastgelegd terugkeergesprek');
  await expect.element(page.getByText('in Nederland blijven', { exact: false }).first()).toBeVisible();
  expect(page.getByRole('radio').elements()).toEqual([]);
  await expectAccessible();
  await userEvent.click(
    page.getByRole('group', { name: 'Taal van de vragen' }).getByRole('button', { name: 'Українська' }),
  );
  await expect.element(page.getByText(labelOf('intention', 'uk'))).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'Afdrukken' }));
  expect(services.log.at(-1)).toBe('print');
  history.push('/intakes');
  await expect
    .element(page.getByRole('row').filter({ hasText: 'Vastgelegd' }).getByText('alleen informatie'))
    .toBeVisible();
});

it('says which outcome a rule leaves open', async () => {
  const services = intakeServices();
  putDraft(services, [olena], {
    ...staying(),
    outcome: 'fwd_dtv',
    urgent_risk: ['medical'],
    departure_statement: 'none',
    next_contact: '2026-12-01',
  });
  await showIntakes(services, `/intakes/${intakeId}?step=check`);
  await expect.element(page.getByText('De gekozen uitkomst past niet bij de antwoorden:')).toBeVisible();
  await expect
    .element(page.getByText('Kies een uitkomst waarbij niet wordt doorgezet.', { exact: false }).first())
    .toBeVisible();
});

it('answers every kind of question with the keyboard alone', async () => {
  const services = intakeServices();
  putDraft(services, [olena], begun({}));
  const history = await showIntakes(services, `/intakes/${intakeId}/section/B_consent?question=recontact_ok`);
  const at = async (section: string, key: string, keys: string, of: string | null = null) => {
    const person = of === null ? '' : `person=${of}&`;
    history.push(`/intakes/${intakeId}/section/${section}?${person}question=${key}`);
    await vi.waitFor(() =>
      expect(document.activeElement?.closest(`#question-${key}`) ?? document.activeElement?.id).toBeTruthy(),
    );
    await vi.waitFor(() => {
      const field = document.getElementById(`question-${key}`);
      expect(field?.contains(document.activeElement)).toBe(true);
    });
    await userEvent.keyboard(keys);
  };
  await at('E_intention', 'intention', ' ');
  await vi.waitFor(() => expect(answerIn(services, 'intention')).toBe('return_permanent'));
  await at('E_intention', 'reasons', ' {Tab} ');
  await vi.waitFor(() => expect(answerIn(services, 'reasons')).toHaveLength(2));
  await at('E_intention', 'obstacles', ' ');
  await vi.waitFor(() => expect(answerIn(services, 'obstacles')).toHaveLength(1));
  await at('B_consent', 'share', ' {Tab}{ArrowDown}');
  await vi.waitFor(() => expect(Object.values(answerIn(services, 'share') ?? {})).toEqual(['yes', 'no']));
  await at('F_destination', 'origin_oblast', 'Полт');
  await userEvent.keyboard('{Backspace}{Backspace}{Backspace}{Backspace}Polta{ArrowDown}{Enter}');
  await vi.waitFor(() => expect(answerIn(services, 'origin_oblast')).toMatch(/^UA53/));
  await at('E_intention', 'horizon', ' ');
  await at('J_travel', 'earliest_date', '01022027');
  await vi.waitFor(() => expect(answerIn(services, 'earliest_date')).toBe('2027-02-01'));
  await at('M_outcome', 'sign_staff', 'M. de Vries{Tab}');
  await vi.waitFor(() => expect(answerIn(services, 'sign_staff')).toBe('M. de Vries'));
});

it('reaches immediate danger in one action from every screen of the staff', async () => {
  const services = intakeServices();
  putDraft(services, [olena], begun({}));
  const history = await showIntakes(services, '/intakes');
  for (const path of ['', '/section/A_meta', '?step=check']) {
    history.push(`/intakes/${intakeId}${path}`);
    await userEvent.click(page.getByRole('button', { name: 'Direct gevaar' }));
    await expect.element(page.getByText('Bel 112', { exact: false })).toBeVisible();
  }
});

it('tells when a save failed, keeps the answer, and saves it on the next try', async () => {
  let isFull = true;
  const services = intakeServices();
  putDraft(services, [olena]);
  const failing: MemoryServices = {
    ...services,
    save: (request) =>
      isFull ? Promise.resolve({ ok: false, error: { type: 'storage-full' } }) : services.save(request),
  };
  await showIntakes(failing, `/intakes/${intakeId}/section/A_meta`);
  await choose('mode', 'telefoon');
  await expect.element(page.getByText('Nog niet bewaard.', { exact: false })).toBeVisible();
  await expect.element(group('mode').getByRole('radio', { name: 'telefoon' })).toBeChecked();
  expect(answerIn(services, 'mode')).toBeUndefined();
  isFull = false;
  await userEvent.click(page.getByRole('button', { name: 'Opnieuw proberen' }));
  await vi.waitFor(() => expect(answerIn(services, 'mode')).toBe('phone'));
});

it.each(languages)('speaks %s on the recorded interview', async (language) => {
  const services = intakeServices();
  putDraft(services, [olena], staying());
  const outcome = await services.finaliseIntake(intakeId, ['nl', 'uk', 'en']);
  expect(outcome.ok).toBe(true);
  await showIntakes(services, `/intakes/${intakeId}`, language);
  await expect.element(heading()).toBeVisible();
  await page.screenshot({ path: `../../test-output/intakes/recorded-${language}.png` });
  await expectAccessible();
});
