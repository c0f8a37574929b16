import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { letterTextEdit } from '../../../shared/letters/letter-file.ts';
import { standardTemplate } from '../../../shared/letters/templates.ts';
import {
  checkText,
  isText,
  letterLanguages,
  placeholdersFor,
  type LetterKind,
  type LetterLanguage,
  type TextParagraph,
} from '../../../shared/letters/template.ts';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { languageNames } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { useLetterTexts } from '../../stores/register-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Button } from '../../ui/Button.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { ErrorSummary, type FieldProblems } from '../../ui/ErrorSummary.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useSave } from '../../use-save.ts';
import { letterTextSave } from './letter-text-save.ts';
import type { Municipality } from './policy-edits.ts';

type Props = {
  readonly kind: LetterKind;
  readonly paragraph: TextParagraph;
  readonly municipality: Municipality;
  readonly onTyped: (paragraph: TextParagraph | null) => void;
};
const fieldOf = (language: LetterLanguage) => `text-${language}`;

/** One paragraph in three languages. What it names between braces is checked before it can be saved. */
export function ParagraphForm({ kind, paragraph, municipality, onTyped }: Props) {
  const { t } = useTranslation('letters');
  const services = useServices();
  const save = useSave();
  const all = useLetterTexts();
  const [texts, setTexts] = useState({ nl: paragraph.nl, uk: paragraph.uk, en: paragraph.en });
  const [from, setFrom] = useState<IsoDate | null>(services.today());
  const [reason, setReason] = useState('');
  const [problems, setProblems] = useState<FieldProblems>([]);
  const errorOf = (fieldId: string) => problems.find((one) => one.fieldId === fieldId)?.message;
  const standard = standardTemplate(kind)
    .paragraphs.filter(isText)
    .find(({ id }) => id === paragraph.id);
  const names = placeholdersFor(kind, paragraph);

  const type = (next: typeof texts) => {
    setTexts(next);
    const isSafe = letterLanguages.every((language) => checkText(kind, paragraph, next[language]).ok);
    onTyped(isSafe ? { ...paragraph, ...next } : null);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const changed = letterLanguages.filter((language) => texts[language] !== paragraph[language]);
    const found = [
      ...letterLanguages.flatMap((language) => {
        const checked = checkText(kind, paragraph, texts[language]);
        if (checked.ok) return [];
        const { type: problem, name } = checked.error;
        const facts = { name: name === '' ? '{}' : name, paragraph: paragraph.id };
        return [{ fieldId: fieldOf(language), message: t(`problem.${problem}`, facts) }];
      }),
      ...(from === null ? [{ fieldId: 'textFrom', message: t('texts.fromError') }] : []),
      ...(reason.trim() === '' ? [{ fieldId: 'textReason', message: t('texts.reasonError') }] : []),
      ...(changed.length === 0 ? [{ fieldId: fieldOf('nl'), message: t('texts.sameError') }] : []),
    ];
    setProblems(found);
    if (found.length > 0 || from === null) return;
    const when = { from, reason: reason.trim() };
    const edits = changed.map((language) =>
      letterTextEdit({ kind, paragraph: paragraph.id, language, after: texts[language] }, standardTemplate(kind), when),
    );
    const { records } = useWorkspace.getState();
    const request = letterTextSave({ all, records, newId: services.newId }, municipality, edits);
    if ((await save(request, t('texts.saved'))) !== undefined) onTyped(null);
  };
  return (
    <form noValidate className="panel stack" onSubmit={(event) => void submit(event)}>
      <ErrorSummary pageTitle={t('texts.title')} problems={problems} />
      {letterLanguages.map((language) => (
        <TextField
          key={language}
          id={fieldOf(language)}
          label={languageNames[language]}
          lang={language}
          width="full"
          lines={3}
          error={errorOf(fieldOf(language))}
          value={texts[language]}
          onChange={(text) => type({ ...texts, [language]: text })}
        />
      ))}
      <p className="muted">
        {names.length === 0
          ? t('texts.noFields')
          : t('texts.fields', { names: names.map((name) => `{${name}}`).join(' ') })}
      </p>
      <div className="row">
        <DateField id="textFrom" label={t('texts.from')} error={errorOf('textFrom')} value={from} onChange={setFrom} />
        <TextField
          id="textReason"
          label={t('texts.reason')}
          error={errorOf('textReason')}
          value={reason}
          onChange={setReason}
        />
      </div>
      <div className="form__actions">
        <Button type="submit" look="primary">
          {t('texts.save')}
        </Button>
        {standard !== undefined && (
          <Button onPress={() => type({ nl: standard.nl, uk: standard.uk, en: standard.en })}>
            {t('texts.standard')}
          </Button>
        )}
      </div>
    </form>
  );
}
