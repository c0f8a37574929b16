import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { taskResults, type TaskResult } from '../../../shared/follow-up/person-task.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import type { TaskAbout } from '../../stores/person-task-views.ts';
import { Button } from '../../ui/Button.tsx';
import { ChoiceField } from '../../ui/ChoiceField.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useSave } from '../../use-save.ts';
import { cyrillicNameOf, nameOf } from './resident-list.ts';

/** What came of looking into somebody. It changes nothing about the person: that is done in his own record. */
export function CloseTaskDialog({ about, onClose }: { about: TaskAbout; onClose: () => void }) {
  const { t } = useTranslation('register');
  const { task, person } = about;
  const navigate = useNavigate();
  const services = useServices();
  const save = useSave();
  const [result, setResult] = useState<TaskResult | null>(null);
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<{ readonly field: 'result' | 'note'; readonly text: string } | null>(null);
  const errorOf = (field: 'result' | 'note') => (problem?.field === field ? problem.text : undefined);

  const submit = async () => {
    if (result === null) return setProblem({ field: 'result', text: t('task.resultMissing') });
    if (result === 'other' && note.trim() === '') return setProblem({ field: 'note', text: t('task.noteMissing') });
    const value = { day: services.today(), result, note: note.trim() };
    const records = [
      { ref: { kind: 'followUp', id: task.id }, edits: [{ field: 'lookedInto', value, base: [] }] },
    ] as const;
    const saved = await save({ records, action: 'edit', purpose: null }, t('task.closed'));
    if (saved !== undefined) onClose();
  };
  return (
    <FormDialog
      title={nameOf(person) || cyrillicNameOf(person)}
      onClose={onClose}
      onSubmit={submit}
      submit={t('task.close')}
      more={
        <Button onPress={() => void navigate({ to: '/residents/$id', params: { id: person.id } })}>
          {t('task.openPerson')}
        </Button>
      }
    >
      <p>{t('task.why', { list: task.list, day: formatDate(task.day, currentLanguage()) })}</p>
      <ChoiceField
        id="taskResult"
        label={t('task.result')}
        error={errorOf('result')}
        choices={taskResults.map((code) => ({ code, label: t(`task.results.${code}`) }))}
        value={result}
        onChange={setResult}
      />
      <TextField
        id="taskNote"
        label={t(result === 'other' ? 'task.note' : 'task.noteOptional')}
        error={errorOf('note')}
        lines={3}
        maxLength={500}
        value={note}
        onChange={setNote}
      />
    </FormDialog>
  );
}
