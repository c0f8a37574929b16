import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoney, formatMonth } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices, type PolicyChange, type PolicyPreview } from '../../services.tsx';
import { useFamilies } from '../../stores/register-views.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { effectRows, type EffectRow } from './effect-rows.ts';

type Props = {
  readonly change: PolicyChange;
  readonly onClose: () => void;
  readonly onSave: () => Promise<void>;
  /** What is going to change, where that is not on the page behind it. */
  readonly children?: ReactNode;
};

/** More lines than anybody reads: the count above them tells all. */
const mostLines = 500;

/** Whom a change would touch, month by month, before it is saved. Closing it stops the work and changes nothing. */
export function PolicyPreviewDialog({ change, onClose, onSave, children }: Props) {
  const { t } = useTranslation(['contributions', 'common']);
  const services = useServices();
  const [progress, setProgress] = useState<{ done: number; total: number | null }>({ done: 0, total: null });
  const [preview, setPreview] = useState<PolicyPreview | null>(null);

  useEffect(() => {
    const stop = new AbortController();
    void services
      .previewPolicy(change, (done, total) => setProgress({ done, total }), stop.signal)
      .then((found) => {
        if (found !== null) setPreview(found);
      });
    return () => stop.abort();
  }, [services, change]);

  return (
    <Dialog title={t('preview.title')} isOpen onClose={onClose}>
      {children}
      {preview === null ? (
        <ProgressBar label={t('preview.working')} value={progress.done} total={progress.total} />
      ) : (
        <Effects preview={preview} />
      )}
      <div className="form__actions">
        {preview !== null && (
          <Button look="primary" onPress={() => void onSave()}>
            {t('preview.save')}
          </Button>
        )}
        <Button onPress={onClose}>{t(preview === null ? 'preview.stop' : 'preview.back')}</Button>
      </div>
    </Dialog>
  );
}

function Effects({ preview }: { preview: PolicyPreview }) {
  const { t } = useTranslation('contributions');
  const language = currentLanguage();
  const families = useFamilies();
  const labels = useMemo(() => new Map(families.map(({ id, label }) => [id, label])), [families]);
  const rows = useMemo(() => effectRows(preview.effects), [preview]);
  const touched = new Set(rows.map(({ familyId }) => familyId)).size;
  const [first, last] = [preview.months[0], preview.months.at(-1)];
  const amounts = (shown: EffectRow['before']) =>
    shown === null
      ? t('preview.none')
      : t(shown.isToJudge ? 'preview.amountsOpen' : 'preview.amounts', {
          allowance: formatMoney(shown.allowance, language),
          contribution: formatMoney(shown.contribution, language),
        });
  if (first === undefined || last === undefined) return <p>{t('preview.noMonths')}</p>;
  return (
    <>
      <p role="status">
        {t('preview.found', {
          count: touched,
          from: formatMonth(first, language),
          to: formatMonth(last, language),
        })}
      </p>
      {rows.length > 0 && (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard
        <div className="preview" tabIndex={0} role="region" aria-label={t('preview.title')}>
          <table className="utrecht-table">
            <thead className="utrecht-table__header">
              <tr className="utrecht-table__row">
                {(['family', 'months', 'before', 'after'] as const).map((head) => (
                  <th key={head} scope="col" className="utrecht-table__header-cell">
                    {t(`preview.${head}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="utrecht-table__body">
              {rows.slice(0, mostLines).map((row) => (
                <tr key={`${row.familyId} ${row.grownChild} ${row.from}`} className="utrecht-table__row">
                  <th scope="row" className="utrecht-table__cell">
                    {row.grownChild === null
                      ? labels.get(row.familyId)
                      : t('preview.grown', { family: labels.get(row.familyId) })}
                  </th>
                  <td className="utrecht-table__cell">
                    {row.from === row.to
                      ? formatMonth(row.from, language)
                      : t('preview.range', {
                          from: formatMonth(row.from, language),
                          to: formatMonth(row.to, language),
                        })}
                  </td>
                  <td className="utrecht-table__cell">{amounts(row.before)}</td>
                  <td className="utrecht-table__cell">{amounts(row.after)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="muted">{t('preview.decided')}</p>
    </>
  );
}
