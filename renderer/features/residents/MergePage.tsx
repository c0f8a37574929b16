import { IconArrowsExchange } from '@tabler/icons-react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { mergeQuestions, type MergeQuestion, type MergeSide } from '../../../shared/register/merge-residents.ts';
import { residentCode, toResident } from '../../../shared/register/resident.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import { formatPartialDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import type { OpenedRecord } from '../../services.tsx';
import { mergeEdits, recordsAbout } from '../../stores/merge-edits.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { ChoiceField } from '../../ui/ChoiceField.tsx';
import { DataList } from '../../ui/DataList.tsx';
import { ErrorSummary, type FieldProblems } from '../../ui/ErrorSummary.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { useOpened } from '../../use-opened.ts';
import { useSave } from '../../use-save.ts';
import { cyrillicNameOf, nameOf } from './resident-list.ts';
import { useFieldText } from './use-field-text.ts';

/** Two records of one person: `id` stays, `other` goes into it. */
export function MergePage() {
  const { t } = useTranslation('register');
  const { id = '', other = '' } = useParams({ strict: false });
  const kept = useOpened('resident', id);
  const gone = useOpened('resident', other);
  const failed = [kept, gone].find((opened) => opened.state === 'failed');
  if (failed?.state === 'failed') return <Alert tone="error">{errorMessage(failed.error)}</Alert>;
  if (kept.state !== 'ready' || gone.state !== 'ready') return null;
  const isOver = [kept, gone].some(({ opened }) => opened.values.mergedInto !== undefined);
  if (id === other || isOver) return <Alert tone="warning">{t('merge.notPossible')}</Alert>;
  return <MergeForm key={`${id} ${other}`} kept={kept.opened} gone={gone.opened} />;
}

function MergeForm({ kept, gone }: { kept: OpenedRecord; gone: OpenedRecord }) {
  const { t } = useTranslation(['register', 'common']);
  const navigate = useNavigate();
  const save = useSave();
  const { nameOfField, textOf } = useFieldText();
  const records = useWorkspace((state) => state.records);
  const [choices, setChoices] = useState<ReadonlyMap<string, MergeSide>>(new Map());
  const [problems, setProblems] = useState<FieldProblems>([]);
  const { id } = kept.record;
  const other = gone.record.id;
  const questions = useMemo(() => mergeQuestions(gone.values, kept.values), [gone, kept]);
  const moved = useMemo(() => countKinds(recordsAbout(records, other)), [records, other]);
  const idOf = (question: MergeQuestion) => `choice-${question.field.replaceAll('.', '-')}`;

  const choose = (field: string, side: MergeSide) => setChoices((now) => new Map(now).set(field, side));
  const takeAll = (side: MergeSide) => setChoices(new Map(questions.map(({ field }) => [field, side])));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const missing = questions.filter(({ field }) => !choices.has(field));
    setProblems(
      missing.map((question) => ({
        fieldId: idOf(question),
        message: t('register:merge.choiceMissing', { field: nameOfField(question.field) }),
      })),
    );
    if (missing.length > 0) return;
    const edits = mergeEdits(gone.record, kept.record, choices, records);
    const receipt = await save({ records: edits, action: 'edit', purpose: null }, t('register:merge.done'));
    if (receipt !== undefined) await navigate({ to: '/residents/$id', params: { id } });
  };

  return (
    <form noValidate className="form form--wide" onSubmit={(event) => void submit(event)}>
      <ErrorSummary pageTitle={t('register:merge.title')} problems={problems} />
      <PageHeading
        title={t('register:merge.title')}
        actions={
          <Button
            icon={<IconArrowsExchange size={18} />}
            onPress={() => void navigate({ to: '/residents/$id/merge/$other', params: { id: other, other: id } })}
          >
            {t('register:merge.swap')}
          </Button>
        }
      />
      <div className="columns">
        <Side title={t('register:merge.stays')} opened={kept} />
        <Side title={t('register:merge.goes')} opened={gone} />
      </div>
      <p>
        {t('register:merge.moves', {
          families: moved.family,
          stays: moved.bedStay,
          absences: moved.absence,
          intakes: moved.returnIntake,
        })}
      </p>
      {questions.length === 0 ? (
        <p>{t('register:merge.nothingDiffers')}</p>
      ) : (
        <>
          <h2 className="nl-heading nl-heading--level-2">{t('register:merge.differs', { count: questions.length })}</h2>
          <div className="row">
            <Button onPress={() => takeAll('kept')}>{t('register:merge.allKept')}</Button>
            <Button onPress={() => takeAll('gone')}>{t('register:merge.allGone')}</Button>
          </div>
          <div className="merge">
            {questions.map((question) => (
              <ChoiceField<MergeSide>
                key={question.field}
                id={idOf(question)}
                label={nameOfField(question.field)}
                error={problems.find(({ fieldId }) => fieldId === idOf(question))?.message}
                choices={[
                  { code: 'kept', label: textOf(question.keptField, question.kept) },
                  { code: 'gone', label: textOf(question.field, question.gone) },
                ]}
                value={choices.get(question.field) ?? null}
                onChange={(side) => choose(question.field, side)}
              />
            ))}
          </div>
        </>
      )}
      <div className="form__actions">
        <Button type="submit" look="primary">
          {t('register:merge.submit')}
        </Button>
        <Button onPress={() => window.history.back()}>{t('common:action.cancel')}</Button>
      </div>
    </form>
  );
}

type Counts = Readonly<Record<'family' | 'bedStay' | 'absence' | 'returnIntake', number>>;

function countKinds(records: readonly { readonly kind: string }[]): Counts {
  const count = (kind: string) => records.filter((record) => record.kind === kind).length;
  return {
    family: count('family'),
    bedStay: count('bedStay'),
    absence: count('absence'),
    returnIntake: count('returnIntake'),
  };
}

function Side({ title, opened }: { title: string; opened: OpenedRecord }) {
  const { t } = useTranslation('register');
  const { id } = opened.record;
  const { name, birthDate, documents, vNumber } = toResident(id, opened.values);
  const { textOf } = useFieldText();
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{title}</h2>
      <DataList
        items={[
          { label: t('column.code'), value: residentCode(id) },
          { label: t('column.name'), value: nameOf(name) },
          { label: t('column.nameCyrillic'), value: cyrillicNameOf(name), lang: 'uk' },
          {
            label: t('column.born'),
            value: birthDate === null ? null : formatPartialDate(birthDate, currentLanguage()),
          },
          { label: t('control.vNumber'), value: vNumber },
          { label: t('recordField.document'), value: documents.map(({ number }) => number).join(', ') },
          { label: t('column.site'), value: textOf('placement', opened.values.placement ?? null) },
        ]}
      />
    </section>
  );
}
