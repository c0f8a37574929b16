import { useState } from 'react';
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { IsoDate } from '../../shared/kernel/dates.ts';
import type { Cents } from '../../shared/kernel/money.ts';
import { changeLanguage, startI18n } from '../../renderer/i18n/i18n.ts';
import { Alert } from '../../renderer/ui/Alert.tsx';
import { Badge } from '../../renderer/ui/Badge.tsx';
import { Button } from '../../renderer/ui/Button.tsx';
import { CheckboxField, CheckboxGroupField } from '../../renderer/ui/CheckboxField.tsx';
import { ChoiceField } from '../../renderer/ui/ChoiceField.tsx';
import { ComboField } from '../../renderer/ui/ComboField.tsx';
import { DataGrid, type Column } from '../../renderer/ui/DataGrid.tsx';
import { DateField } from '../../renderer/ui/DateField.tsx';
import { Dialog } from '../../renderer/ui/Dialog.tsx';
import { ErrorSummary, type FieldProblems } from '../../renderer/ui/ErrorSummary.tsx';
import { MoneyField } from '../../renderer/ui/MoneyField.tsx';
import { Notices } from '../../renderer/ui/Notices.tsx';
import { ProgressBar } from '../../renderer/ui/ProgressBar.tsx';
import { SelectField } from '../../renderer/ui/SelectField.tsx';
import { TextField } from '../../renderer/ui/TextField.tsx';
import { expectAccessible, show } from './show.tsx';

beforeAll(() => startI18n('nl'));
beforeEach(() => changeLanguage('nl'));

const choices = [
  { code: 'a', label: 'Alfa' },
  { code: 'b', label: 'Bravo' },
];

function Form({ onSave }: { onSave: (values: object) => void }) {
  const [name, setName] = useState('');
  const [day, setDay] = useState<IsoDate | null>(null);
  const [amount, setAmount] = useState<Cents | null>(null);
  const [problems, setProblems] = useState<FieldProblems>([]);
  const errorOf = (fieldId: string) => problems.find((problem) => problem.fieldId === fieldId)?.message;
  const save = () => {
    const missing = [
      ...(name === '' ? [{ fieldId: 'name', message: 'Vul de achternaam in' }] : []),
      ...(day === null ? [{ fieldId: 'day', message: 'Vul een geboortedatum in' }] : []),
    ];
    setProblems(missing);
    if (missing.length === 0) onSave({ name, day, amount });
  };
  return (
    <div className="form">
      <ErrorSummary pageTitle="Aankomst registreren" problems={problems} />
      <TextField id="name" label="Achternaam" error={errorOf('name')} value={name} onChange={setName} />
      <DateField id="day" label="Geboortedatum" error={errorOf('day')} value={day} onChange={setDay} />
      <MoneyField id="amount" label="Bedrag" value={amount} onChange={setAmount} />
      <Button look="primary" onPress={save}>
        {'Opslaan'}
      </Button>
    </div>
  );
}

it('leads from the summary to the field and keeps what was typed', async () => {
  const onSave = vi.fn();
  show(<Form onSave={onSave} />);
  const save = page.getByRole('button', { name: 'Opslaan' });
  await userEvent.click(save);
  await expect.element(page.getByRole('alert')).toHaveFocus();
  expect(document.title).toBe('Fout: Aankomst registreren – Onderdak');
  await expectAccessible();

  await userEvent.click(page.getByRole('link', { name: /geboortedatum/ }));
  await userEvent.keyboard('31031988');
  await userEvent.click(page.getByRole('link', { name: /achternaam/ }));
  await userEvent.keyboard('Шевченко');
  await userEvent.click(page.getByLabelText('Bedrag'));
  await userEvent.keyboard('1423,50');
  await userEvent.click(save);
  await vi.waitFor(() => expect(onSave).toHaveBeenCalledOnce());
  expect(onSave).toHaveBeenCalledWith({ name: 'Шевченко', day: '1988-03-31', amount: 142350 });
});

it('walks through 112,000 rows with the keyboard', async () => {
  const ids = Array.from({ length: 112_000 }, (_, index) => `OA-${100_000 + index}`);
  const columns: Column<string>[] = [
    { key: 'number', header: 'Nummer', width: '120px', isRowHeader: true, isSortable: true, render: (id) => id },
    { key: 'name', header: 'Naam', width: '1fr', lang: 'uk', render: () => 'Ґалина Їжакевич' },
  ];
  const onOpen = vi.fn();
  const onSort = vi.fn();
  show(
    <div style={{ display: 'flex', height: 600 }}>
      <DataGrid
        label="Bewoners"
        columns={columns}
        ids={ids}
        rowOf={(id) => id}
        sort={{ key: 'number', descending: false }}
        onSort={onSort}
        onOpen={onOpen}
      />
    </div>,
  );
  const focused = () => document.activeElement?.getBoundingClientRect();
  await userEvent.click(page.getByRole('button', { name: 'Nummer' }));
  expect(onSort).toHaveBeenCalledWith({ key: 'number', descending: true });
  await userEvent.keyboard('{Tab}{ArrowDown}{PageDown}{End}{Enter}');
  await vi.waitFor(() => expect(onOpen).toHaveBeenCalledWith('OA-211999'));
  await expect.poll(() => focused()?.bottom).toBeLessThanOrEqual(600);
  await userEvent.keyboard('{Home}');
  await expect.poll(() => focused()?.top).toBeGreaterThanOrEqual(40);
  expect(page.getByRole('row').elements().length).toBeLessThan(60);
  await expectAccessible();
});

it('shows a list of something else from its top', async () => {
  const columns: Column<string>[] = [{ key: 'number', header: 'Nummer', width: '1fr', render: (id) => id }];
  const ids = Array.from({ length: 5_000 }, (_, index) => `OA-${10_000 + index}`);
  function Searched() {
    const [query, setQuery] = useState('');
    return (
      <div style={{ display: 'flex', height: 600 }}>
        <Button onPress={() => setQuery('k')}>Zoek</Button>
        <DataGrid
          label="Bewoners"
          list={query}
          columns={columns}
          ids={ids}
          rowOf={(id) => id}
          onOpen={() => undefined}
        />
      </div>
    );
  }
  show(<Searched />);
  await expect.element(page.getByText('OA-10000')).toBeVisible();
  const grid = page.getByRole('grid').element();
  grid.scrollTop = 40_000;
  await expect.element(page.getByText('OA-11180')).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'Zoek' }));
  await expect.poll(() => grid.scrollTop).toBe(0);
  await expect.element(page.getByText('OA-10000')).toBeVisible();
});

function Everything() {
  const [one, setOne] = useState<string | null>(null);
  const [several, setSeveral] = useState<readonly string[]>([]);
  const [on, setOn] = useState(false);
  return (
    <div className="form">
      <ChoiceField id="one" label="Een" choices={choices} value={one} onChange={setOne} />
      <CheckboxGroupField id="several" label="Meer" choices={choices} value={several} onChange={setSeveral} />
      <CheckboxField id="on" label="Aan" value={on} onChange={setOn} />
      <SelectField id="select" label="Lijst" choices={choices} value={one} onChange={setOne} />
      <ComboField id="combo" label="Zoeken" choices={choices} value={one} onChange={setOne} />
      <ProgressBar label="Bezig" value={3} total={10} />
      <Alert tone="info" title="Let op" />
      {(['neutral', 'info', 'positive', 'warning', 'negative'] as const).map((tone) => (
        <Badge key={tone} tone={tone}>
          {tone}
        </Badge>
      ))}
      <output>{JSON.stringify({ one, several, on })}</output>
    </div>
  );
}

it('chooses with the keyboard alone in every kind of field', async () => {
  show(<Everything />);
  await userEvent.keyboard('{Tab} {ArrowDown}{Tab} {Tab}{Tab} {Tab}');
  await userEvent.keyboard('{Enter}');
  await userEvent.keyboard('{ArrowUp}{Enter}');
  await vi.waitFor(() =>
    expect(document.querySelector('output')?.textContent).toBe('{"one":"a","several":["a"],"on":true}'),
  );
  await expectAccessible();
});

it('closes a dialog with Escape and gives the focus back', async () => {
  function Opener() {
    const [open, setOpen] = useState(false);
    return (
      <>
        <Button onPress={() => setOpen(true)}>{'Openen'}</Button>
        <Dialog title="Vraag" isOpen={open} onClose={() => setOpen(false)}>
          <Button>{'Antwoord'}</Button>
        </Dialog>
      </>
    );
  }
  show(<Opener />);
  await userEvent.click(page.getByRole('button', { name: 'Openen' }));
  await expect.element(page.getByRole('dialog', { name: 'Vraag' })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('button', { name: 'Openen' })).toHaveFocus();
});

it('offers to undo what was done', async () => {
  const undo = vi.fn();
  const onClose = vi.fn();
  show(<Notices notices={[{ id: '1', text: 'Opgeslagen', tone: 'ok', undo }]} onClose={onClose} />);
  await userEvent.click(page.getByRole('button', { name: 'Ongedaan maken' }));
  expect(undo).toHaveBeenCalledOnce();
  expect(onClose).toHaveBeenCalledWith('1');
});

it('shows all of a long text in a field of several lines, with the lines that were typed', async () => {
  const text = `${'een lang antwoord '.repeat(20).trim()}\nen nog een regel`;
  show(<TextField id="answer" label="Toelichting" lines={12} defaultValue={text} />);
  const field = page.getByLabelText('Toelichting');
  await expect.element(field).toHaveValue(text);
  const { scrollWidth, clientWidth } = field.element();
  expect(scrollWidth).toBe(clientWidth);
});
