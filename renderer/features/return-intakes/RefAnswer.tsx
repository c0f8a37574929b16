import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../i18n/format.ts';
import { useServices, type UserCard } from '../../services.tsx';
import { useSession } from '../../stores/session-store.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { inputId, type InputProps } from './answer-options.ts';
import { finalisedIntakes } from './finalised.ts';
import { personName } from './person-names.ts';
import { useTyped } from './use-typed.ts';

/** A question whose answer is something the app knows: a colleague or an earlier interview. */
export function RefAnswer(props: InputProps) {
  const { question } = props;
  if (question.type !== 'ref') return null;
  return question.refTo === 'intake' ? <EarlierInterview {...props} /> : <Colleague {...props} />;
}

function EarlierInterview({ question, value, language, onAnswer, error }: InputProps) {
  const { t } = useTranslation('intakes', { lng: language });
  const records = useWorkspace((state) => state.records);
  const residents = useWorkspace((state) => state.residents);
  const choices = useMemo(
    () =>
      finalisedIntakes(records)
        .toSorted((a, b) => (a.intake.day < b.intake.day ? 1 : -1))
        .map(({ id, day, intake }) => ({
          code: id,
          label: [formatDate(day, language), ...intake.persons.map((person) => personName(residents, person.id))].join(
            ' · ',
          ),
        })),
    [records, residents, language],
  );
  return (
    <SelectField
      id={inputId(question)}
      label={question.label[language]}
      hint={choices.length === 0 ? t('ref.noInterviews') : undefined}
      error={error}
      empty={t('ref.choose')}
      choices={choices}
      value={typeof value === 'string' ? value : null}
      onChange={onAnswer}
    />
  );
}

const someoneElse = 'someone-else';

/** Colleagues with a key on this laptop; any other by name. */
function Colleague({ question, value, language, onAnswer, error }: InputProps) {
  const { t } = useTranslation('intakes', { lng: language });
  const services = useServices();
  const own = useSession((session) => session.user?.id);
  const [users, setUsers] = useState<readonly UserCard[]>([]);
  const [isOther, setOther] = useState(false);
  useEffect(() => {
    void services.users().then(setUsers);
  }, [services]);
  const others = users.filter(({ user }) => user !== own);
  const isKnown = others.some(({ user }) => user === value);
  const named = typeof value === 'string' && !isKnown ? value : '';
  const typed = useTyped(named, (text) => onAnswer(text === '' ? undefined : text));
  const byName = others.length === 0 || isOther || named !== '';
  return (
    <div className="stack">
      {others.length > 0 && (
        <SelectField
          id={inputId(question)}
          label={question.label[language]}
          error={error}
          empty={t('ref.choose')}
          choices={[
            ...others.map(({ user, label }) => ({ code: user, label })),
            { code: someoneElse, label: t('ref.someoneElse') },
          ]}
          value={typeof value === 'string' && isKnown && !isOther ? value : byName ? someoneElse : null}
          onChange={(code) => {
            setOther(code === someoneElse);
            if (code !== someoneElse) onAnswer(code);
          }}
        />
      )}
      {byName && (
        <TextField
          id={others.length > 0 ? `${inputId(question)}-name` : inputId(question)}
          label={others.length > 0 ? t('ref.name') : question.label[language]}
          error={others.length > 0 ? undefined : error}
          {...typed}
        />
      )}
    </div>
  );
}
