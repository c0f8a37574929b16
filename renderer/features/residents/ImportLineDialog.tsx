import { useState, type FormEvent } from 'react';
import type { ImportedLine } from '../../../shared/exchange/spreadsheet.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Button } from '../../ui/Button.tsx';
import { ChoiceField } from '../../ui/ChoiceField.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { candidatesOf, type Choice, type Outcome } from './compare-list.ts';
import { cyrillicNameOf, nameOf } from './resident-list.ts';
import { useImportTexts } from './use-import-texts.ts';

type Props = {
  readonly line: ImportedLine;
  readonly name: string;
  readonly outcome: Outcome;
  readonly choice: Choice;
  readonly onChoice: (choice: Choice) => void;
  readonly onClose: () => void;
};

/** One line beside whom it may be about: what is there, what the list says, and what to do with it. */
export function ImportLineDialog({ line, name, outcome, choice, onChoice, onClose }: Props) {
  const { t, columnText, valueText } = useImportTexts();
  const residents = useWorkspace((state) => state.residents);
  const [chosen, setChosen] = useState(choice.type === 'same' ? choice.id : choice.type);
  const candidates = candidatesOf(outcome);
  const personName = (id: string) => {
    const person = residents.get(id);
    return person === undefined ? '–' : nameOf(person) || cyrillicNameOf(person);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChoice(chosen === 'new' || chosen === 'skip' ? { type: chosen } : { type: 'same', id: chosen });
  };
  const choices = [
    ...candidates.map(({ id }) => ({ code: id, label: t('register:import.sameAs', { name: personName(id) }) })),
    ...(outcome.type === 'new' || outcome.type === 'doubt'
      ? [{ code: 'new', label: t('register:import.choice.new') }]
      : []),
    { code: 'skip', label: t('register:import.choice.skip') },
  ];
  return (
    <Dialog title={t('register:import.lineTitle', { line: line.line, name })} isOpen onClose={onClose}>
      <form noValidate className="form" onSubmit={submit}>
        {outcome.type === 'doubt' && <p>{t(`register:import.doubt.${outcome.reason}`)}</p>}
        {candidates.map((person) => (
          <section key={person.id}>
            <p>
              <strong>{personName(person.id)}</strong>{' '}
              {person.reasons.map((reason) => t(`register:doubles.reason.${reason}`)).join(' · ')}
            </p>
            {person.differences.length === 0 ? (
              <p>{t('register:import.noDifference')}</p>
            ) : (
              <table className="utrecht-table">
                <thead className="utrecht-table__header">
                  <tr className="utrecht-table__row">
                    {(['column', 'inRegister', 'inList'] as const).map((key) => (
                      <th key={key} scope="col" className="utrecht-table__header-cell">
                        {t(`register:import.${key}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody className="utrecht-table__body">
                  {person.differences.map(({ column, before, after }) => (
                    <tr key={column} className="utrecht-table__row">
                      <th scope="row" className="utrecht-table__cell">
                        {columnText(column)}
                      </th>
                      <td className="utrecht-table__cell">{valueText(column, before)}</td>
                      <td className="utrecht-table__cell">{valueText(column, after)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </section>
        ))}
        {outcome.type !== 'same' && (
          <ChoiceField
            id="importChoice"
            label={t('register:import.lineChoice')}
            choices={choices}
            value={chosen}
            onChange={setChosen}
          />
        )}
        <div className="form__actions">
          {outcome.type !== 'same' && (
            <Button type="submit" look="primary">
              {t('register:import.apply')}
            </Button>
          )}
          <Button onPress={onClose}>{t('register:import.close')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
