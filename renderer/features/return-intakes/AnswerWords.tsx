import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseIsoDate } from '../../../shared/kernel/dates.ts';
import type { AnswerWording } from '../../../shared/questionnaire/read-back.ts';
import { formatDate, formatNumber } from '../../i18n/format.ts';
import type { Language } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { useSites } from '../../stores/register-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { finalisedIntakes } from './finalised.ts';
import { personName } from './person-names.ts';

/** An answer as a person reads it. */
export function AnswerWords({ answer, language }: { answer: AnswerWording; language: Language }) {
  const { t } = useTranslation('intakes', { lng: language });
  switch (answer.kind) {
    case 'words':
      return answer.words.length === 1 ? (
        answer.words[0]?.[language]
      ) : answer.ranked ? (
        <ol className="answer-words">
          {answer.words.map((word) => (
            <li key={word[language]}>{word[language]}</li>
          ))}
        </ol>
      ) : (
        <ul className="answer-words">
          {answer.words.map((word) => (
            <li key={word[language]}>{word[language]}</li>
          ))}
        </ul>
      );
    case 'rows':
      return (
        <ul className="answer-words">
          {answer.rows.map(({ row, answer: chosen }) => (
            <li key={row[language]}>
              {t('answer.row', { row: row[language], answer: chosen?.[language] ?? t('answer.none') })}
            </li>
          ))}
        </ul>
      );
    case 'date': {
      const day = parseIsoDate(answer.value);
      return day === undefined ? answer.value : formatDate(day, language);
    }
    case 'number':
      return formatNumber(answer.value, language);
    case 'signature':
      return answer.value === 'paper' ? t('answer.signedPaper') : answer.value;
    case 'ref':
      return <RefName id={answer.value} language={language} />;
    case 'text':
      return answer.value;
  }
}

/** The name behind an id: a site, a resident, a colleague or an earlier interview; a typed name is its own. */
function RefName({ id, language }: { id: string; language: Language }) {
  const services = useServices();
  const sites = useSites();
  const residents = useWorkspace((state) => state.residents);
  const records = useWorkspace((state) => state.records);
  const [user, setUser] = useState<string>();
  useEffect(() => {
    void services.users().then((users) => setUser(users.find((card) => card.user === id)?.label));
  }, [services, id]);
  if (residents.has(id)) return personName(residents, id);
  const earlier = finalisedIntakes(records).find((frozen) => frozen.id === id);
  if (earlier !== undefined) return formatDate(earlier.day, language);
  return sites.find((site) => site.id === id)?.name ?? user ?? id;
}
