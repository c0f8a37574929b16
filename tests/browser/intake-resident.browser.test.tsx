import { beforeAll, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { startI18n } from '../../renderer/i18n/i18n.ts';
import {
  answerIn,
  begun,
  heading,
  intakeId,
  intakeServices,
  labelOf,
  olena,
  passphrase,
  putDraft,
  showIntakes,
  taras,
  type AnswersByField,
} from './intake-app.tsx';
import { expectAccessible } from './show.tsx';

beforeAll(() => startI18n('nl'));

describe('turned to the resident', () => {
  const open = async (question = 'intention', answers: AnswersByField = begun({})) => {
    const services = intakeServices();
    putDraft(services, [olena, taras], answers);
    const history = await showIntakes(services, `/intakes/${intakeId}/resident/${question}?person=${olena}`);
    await expect.element(heading()).toBeVisible();
    return { services, history };
  };

  it('shows one question in the language of the resident, and nothing of the staff', async () => {
    await open();
    await expect.element(heading()).toHaveFocus();
    await expect.element(heading()).toHaveTextContent(labelOf('intention', 'uk'));
    expect(page.getByRole('navigation').elements()).toEqual([]);
    expect(document.body.textContent).not.toMatch(/Bondarenko|Terugkeergesprek|Let op/);
    expect(document.title).toBe('Onderdak');
  });

  it('says what is missing above the answers, and goes on when it is there', async () => {
    const { services, history } = await open();
    await userEvent.click(page.getByRole('button', { name: 'Наступне запитання' }));
    await expect.element(page.getByText('Виберіть відповідь. Можна також', { exact: false })).toBeVisible();
    await userEvent.click(page.getByText('не хочу відповідати', { exact: true }).last());
    await vi.waitFor(() => expect(answerIn(services, 'intention')).toBe('pnta'));
    await userEvent.click(page.getByRole('button', { name: 'Наступне запитання' }));
    await expect.poll(() => history.location.pathname).not.toContain('/intention');
  });

  it('changes language without losing the choice', async () => {
    const { services } = await open();
    await userEvent.click(page.getByText('залишитися в Нідерландах', { exact: true }).last());
    await userEvent.click(page.getByRole('button', { name: 'English' }));
    await expect.element(heading()).toHaveTextContent(labelOf('intention', 'en'));
    await expect.element(page.getByRole('radio', { checked: true })).toBeVisible();
    await vi.waitFor(() => expect(answerIn(services, 'intention')).toBe('stay'));
    await vi.waitFor(() => expect(services.drafts.get(`intake-languages.${intakeId}`)).toMatch(/uk.*en|en.*uk/));
  });

  it('lets nobody out without the passphrase', async () => {
    const { history } = await open();
    history.push('/intakes');
    history.push(`/intakes/${intakeId}`);
    history.push('/');
    await expect.element(heading()).toHaveTextContent(labelOf('intention', 'uk'));
    await userEvent.click(page.getByRole('button', { name: 'Назад до працівника' }));
    const field = page.getByLabelText('Wachtzin van de medewerker');
    await userEvent.fill(field, 'verkeerd');
    await userEvent.click(page.getByRole('button', { name: 'Naar het scherm van de medewerker' }));
    await expect.element(page.getByText('Deze wachtzin klopt niet', { exact: false })).toBeVisible();
    await expect.element(field).toHaveValue('');
    expect(history.location.pathname).toContain('/resident/');
    await userEvent.fill(field, passphrase);
    await userEvent.click(page.getByRole('button', { name: 'Naar het scherm van de medewerker' }));
    await expect.element(heading()).toHaveTextContent('Terugkeergesprek');
    expect(history.location.pathname).toBe(`/intakes/${intakeId}`);
  });

  it.each([['{F8}'], ['{Escape}{Escape}']])('hides at once with %s, and says nothing', async (keys) => {
    await open();
    await userEvent.keyboard(keys);
    await expect.element(heading()).toHaveTextContent('Onderdak');
    expect(document.body.textContent).not.toContain(labelOf('intention', 'uk'));
    await expectAccessible();
    await userEvent.fill(page.getByLabelText('Wachtzin van de medewerker'), passphrase);
    await userEvent.click(page.getByRole('button', { name: 'Verder waar we waren' }));
    await expect.element(heading()).toHaveTextContent(labelOf('intention', 'uk'));
  });

  it('opens at the same question again', async () => {
    await open('origin_oblast', begun({ intention: 'stay' }));
    await expect.element(heading()).toHaveTextContent(labelOf('origin_oblast', 'uk'));
  });

  it('asks nobody what another has answered, and nothing behind a closed gate', async () => {
    const services = intakeServices();
    putDraft(services, [olena, taras], begun({ intention: 'return_permanent', private_setting: 'no' }));
    const history = await showIntakes(services, `/intakes/${intakeId}/resident/intention?person=${taras}`);
    await expect.element(heading()).toBeVisible();
    expect(document.body.textContent).not.toContain(labelOf('intention', 'uk'));
    history.push(`/intakes/${intakeId}/resident/free_choice?person=${olena}`);
    await expect.element(heading()).not.toHaveTextContent(labelOf('free_choice', 'uk'));
  });
});
