import { IconGavel } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { MonthAssessment } from '../../../shared/contribution/month-assessment.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import { formatMoney } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices, type AssessedFamily } from '../../services.tsx';
import { addNotice } from '../../stores/session-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { CheckboxField } from '../../ui/CheckboxField.tsx';
import { DraftOffer } from '../../ui/DraftOffer.tsx';
import { ErrorSummary, type FieldProblems } from '../../ui/ErrorSummary.tsx';
import { MoneyField } from '../../ui/MoneyField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useDraft } from '../../use-draft.ts';
import {
  asksConfirmation,
  emptyJudgement,
  judgementProblems,
  questionOf,
  toJudgement,
  type JudgementField,
} from './judgement-form.ts';

type Props = {
  readonly unit: AssessedFamily;
  readonly assessment: MonthAssessment;
  readonly isCorrection: boolean;
  readonly onDecided: () => void;
};

/** What the rules leave to a person, and the button that makes it final. */
export function DecisionForm({ unit, assessment, isCorrection, onDecided }: Props) {
  const { t } = useTranslation('contributions');
  const services = useServices();
  const language = currentLanguage();
  const [form, setForm] = useState(emptyJudgement);
  const [problems, setProblems] = useState<FieldProblems>([]);
  const [failure, setFailure] = useState<string>();
  const [isChanged, setChanged] = useState(false);
  const draft = useDraft(`decision/${assessment.month}/${unit.grownChild ?? unit.familyId}`, form, isChanged);
  const set = (change: Partial<typeof form>) => {
    setChanged(true);
    setForm((now) => ({ ...now, ...change }));
  };
  const errorOf = (field: JudgementField) => problems.find(({ fieldId }) => fieldId === field)?.message;
  const money = (amount: number) => formatMoney(amount, language);
  const question = questionOf(assessment, form);
  const limits = question === null ? {} : { from: money(question.from), to: money(question.to) };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setFailure(undefined);
    const found = judgementProblems(assessment, form).map(({ field, problem }) => ({
      fieldId: field,
      message: t(`judge.problem.${problem}`, limits),
    }));
    setProblems(found);
    if (found.length > 0) return;
    const confirmation = asksConfirmation(assessment) ? form.confirmation.trim() : null;
    const judgement = toJudgement(assessment, form);
    const decided = await services.decide(unit.familyId, assessment.month, unit.grownChild, judgement, confirmation);
    if (!decided.ok) return setFailure(errorMessage(decided.error));
    setChanged(false);
    await draft.clear();
    addNotice({ tone: 'ok', text: t('decision.saved') });
    onDecided();
  };

  return (
    <form noValidate className="stack" onSubmit={(event) => void submit(event)}>
      <ErrorSummary pageTitle={t('page.windowTitle')} problems={problems} />
      {draft.restored !== null && !isChanged && (
        <DraftOffer
          onRestore={() => draft.restored !== null && set(draft.restored)}
          onDiscard={() => void draft.clear()}
        />
      )}
      {failure !== undefined && (
        <Alert tone="error" role="alert">
          {failure}
        </Alert>
      )}
      {assessment.toJudge !== null && (
        <>
          <p>
            {t(
              assessment.toJudge.partMonth === true
                ? `judge.askedPart.${assessment.toJudge.of}`
                : `judge.asked.${assessment.toJudge.of}`,
              limits,
            )}
          </p>
          <table className="utrecht-table judge">
            <caption className="judge__caption">{t('judge.unofficial')}</caption>
            <tbody>
              {(['step', 'taper'] as const).map((mode) => (
                <tr key={mode} className="utrecht-table__row">
                  <th scope="row" className="utrecht-table__cell">
                    {t(assessment.toJudge?.partMonth === true ? `judge.part.${mode}` : `judge.mode.${mode}`)}
                  </th>
                  <td className="utrecht-table__cell amount">{money(assessment.toJudge?.[mode] ?? 0)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {assessment.toJudge === null && assessment.contributionCents > 0 && (
        <CheckboxField
          id="lower"
          label={t('judge.lower')}
          value={form.isLowered}
          onChange={(isLowered) => set({ isLowered })}
        />
      )}
      {question !== null && (
        <>
          <MoneyField
            id="judgedAmount"
            label={t(`judge.amount.${question.of}`)}
            hint={t('judge.limits', limits)}
            error={errorOf('judgedAmount')}
            value={form.amount}
            onChange={(amount) => set({ amount })}
          />
          <TextField
            id="judgedReason"
            label={t('judge.reason')}
            hint={t('judge.reasonHint')}
            error={errorOf('judgedReason')}
            lines={3}
            value={form.reason}
            onChange={(reason) => set({ reason })}
          />
        </>
      )}
      {asksConfirmation(assessment) && (
        <TextField
          id="confirmation"
          label={t('judge.confirmation')}
          hint={t('warning.two-adults-count')}
          error={errorOf('confirmation')}
          lines={3}
          value={form.confirmation}
          onChange={(confirmation) => set({ confirmation })}
        />
      )}
      <p className="muted">{t(isCorrection ? 'decision.aboutCorrection' : 'decision.about')}</p>
      <div className="form__actions">
        <Button type="submit" look="primary" icon={<IconGavel size={18} />}>
          {t('decision.decide')}
        </Button>
      </div>
    </form>
  );
}
