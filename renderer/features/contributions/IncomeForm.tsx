import { IconCalendar, IconCopy, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { incomeKinds } from '../../../shared/contribution/month-facts.ts';
import { addMonths, type IsoMonth } from '../../../shared/kernel/dates.ts';
import { incomeEvidence } from '../../../shared/register/codes.ts';
import { toResident } from '../../../shared/register/resident.ts';
import { formatMonth } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import type { OpenedRecord } from '../../services.tsx';
import { Button } from '../../ui/Button.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { DraftOffer } from '../../ui/DraftOffer.tsx';
import { ErrorSummary, type FieldProblems } from '../../ui/ErrorSummary.tsx';
import { MoneyField } from '../../ui/MoneyField.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { useDraft } from '../../use-draft.ts';
import { useSave } from '../../use-save.ts';
import {
  addLine,
  incomeEdits,
  incomesIn,
  linesOfLastMonth,
  linesOfMonth,
  problemsOf,
  type IncomeLine,
} from './income-form.ts';

type Props = {
  readonly month: IsoMonth;
  /** The adults of the unit, as they were when the form began. */
  readonly opened: readonly OpenedRecord[];
  readonly nameOf: (id: string) => string;
  readonly onTyped: (isTyped: boolean) => void;
};

/** The incomes of one month of every adult: amount and Enter is enough for a payslip. */
export function IncomeForm({ month, opened, nameOf, onTyped }: Props) {
  const { t } = useTranslation(['contributions', 'common']);
  const language = currentLanguage();
  const save = useSave();
  const [lines, setLines] = useState(() => linesOfMonth(opened, month));
  const [problems, setProblems] = useState<FieldProblems>([]);
  const [isChanged, setChanged] = useState(false);
  const draft = useDraft(`income/${month}/${opened[0]?.record.id ?? ''}`, lines, isChanged);
  const [dated, setDated] = useState<readonly string[]>([]);
  const errorOf = (key: string) => problems.find(({ fieldId }) => fieldId === amountId(key))?.message;

  const change = (next: readonly IncomeLine[]) => {
    setLines(next);
    setChanged(true);
    onTyped(true);
  };
  const set = (key: string, part: Partial<IncomeLine>) =>
    change(lines.map((line) => (line.key === key ? { ...line, ...part } : line)));
  const remove = (line: IncomeLine) => {
    const rest = lines.filter((other) => other.key !== line.key);
    const isLast = !rest.some((other) => other.resident === line.resident);
    change(isLast ? lines.map((other) => (other === line ? { ...other, amount: null, isKept: false } : other)) : rest);
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found = problemsOf(lines).map(({ key, problem }) => ({
      fieldId: amountId(key),
      message: t(`income.problem.${problem}`),
    }));
    setProblems(found);
    if (found.length > 0) return;
    const records = incomeEdits(opened, lines, month);
    if (records.length > 0 && (await save({ records, action: 'edit', purpose: null })) === undefined) return;
    setChanged(false);
    await draft.clear();
    onTyped(false);
  };

  const hasNone = lines.every((line) => !line.isKept && line.amount === null);
  const lastMonth = addMonths(month, -1);
  const hadSome = opened.some(({ record, values }) => incomesIn(toResident(record.id, values), lastMonth).length > 0);
  return (
    <form noValidate className="stack" onSubmit={(event) => void submit(event)}>
      <ErrorSummary pageTitle={t('page.windowTitle')} problems={problems} />
      {draft.restored !== null && !isChanged && (
        <DraftOffer
          onRestore={() => draft.restored !== null && change(draft.restored)}
          onDiscard={() => void draft.clear()}
        />
      )}
      {opened.map(({ record }) => (
        <fieldset key={record.id} className="form__section incomes">
          <legend className="incomes__person">{nameOf(record.id)}</legend>
          {lines
            .filter((line) => line.resident === record.id)
            .map((line) => (
              <div key={line.key} className="incomes__entry">
                <div className="incomes__line">
                  <SelectField
                    id={`kind-${line.key}`}
                    label={t('income.kind')}
                    choices={incomeKinds.map((code) => ({ code, label: t(`kind.${code}`) }))}
                    value={line.kind}
                    onChange={(kind) => set(line.key, { kind })}
                  />
                  <MoneyField
                    id={amountId(line.key)}
                    label={t('income.amount')}
                    error={errorOf(line.key)}
                    value={line.amount}
                    onChange={(amount) => set(line.key, { amount })}
                  />
                  <SelectField
                    id={`evidence-${line.key}`}
                    label={t('income.evidence')}
                    choices={incomeEvidence.map((code) => ({ code, label: t(`evidence.${code}`) }))}
                    value={line.evidence}
                    onChange={(evidence) => set(line.key, { evidence })}
                  />
                  <AriaButton
                    aria-label={t('common:action.remove')}
                    className="nl-button nl-button--subtle nl-button--icon-only"
                    onPress={() => remove(line)}
                  >
                    <IconTrash size={18} aria-hidden="true" />
                  </AriaButton>
                </div>
                {line.startedOn !== null || line.endedOn !== null || dated.includes(line.key) ? (
                  <div className="row">
                    <DateField
                      id={`started-${line.key}`}
                      label={t('income.startedOn')}
                      value={line.startedOn}
                      onChange={(startedOn) => set(line.key, { startedOn })}
                    />
                    <DateField
                      id={`ended-${line.key}`}
                      label={t('income.endedOn')}
                      value={line.endedOn}
                      onChange={(endedOn) => set(line.key, { endedOn })}
                    />
                    <p className="muted">{t('income.daysHint')}</p>
                  </div>
                ) : (
                  <div>
                    <Button
                      look="subtle"
                      icon={<IconCalendar size={18} />}
                      onPress={() => setDated([...dated, line.key])}
                    >
                      {t('income.days')}
                    </Button>
                  </div>
                )}
              </div>
            ))}
          <div>
            <Button look="subtle" icon={<IconPlus size={18} />} onPress={() => change(addLine(lines, record.id))}>
              {t('income.add')}
            </Button>
          </div>
        </fieldset>
      ))}
      <div className="form__actions">
        <Button type="submit" look="primary">
          {t('income.save')}
        </Button>
        {hasNone && hadSome && (
          <Button icon={<IconCopy size={18} />} onPress={() => change(linesOfLastMonth(opened, month))}>
            {t('income.copy', { month: formatMonth(lastMonth, language) })}
          </Button>
        )}
        <span className="muted">{t('income.zero')}</span>
      </div>
    </form>
  );
}

const amountId = (key: string) => `amount-${key}`;
