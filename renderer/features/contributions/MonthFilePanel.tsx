import { IconDownload } from '@tabler/icons-react';
import i18next from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { componentNames, type ComponentName } from '../../../shared/contribution/components.ts';
import { monthFileName, monthTable, type MonthHead } from '../../../shared/contribution/finance-table.ts';
import { isoDate, type IsoMonth } from '../../../shared/kernel/dates.ts';
import { cents } from '../../../shared/kernel/money.ts';
import { savePersonalFile } from '../../personal-file.ts';
import { useServices } from '../../services.tsx';
import { useBalances, useDecisions, useFamilies, useSites } from '../../stores/register-views.ts';
import { addNotice } from '../../stores/session-store.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Button } from '../../ui/Button.tsx';
import { csvOf, xlsxOf, type FinanceSheet } from './finance-file.ts';
import { decisionsOfMonth, keyOf } from './run-lines.ts';

/** What was decided on a month, for those who pay and bill it. Their files are Dutch, whoever makes them. */
export function MonthFilePanel({ month, site }: { month: IsoMonth; site: string | null }) {
  const { t } = useTranslation('run');
  const services = useServices();
  const decisions = useDecisions();
  const balances = useBalances(services.today());
  const families = useFamilies();
  const sites = useSites();
  const residents = useWorkspace((state) => state.residents);
  const decided = useMemo(() => decisionsOfMonth(decisions, month, site), [decisions, month, site]);

  const sheet = (): FinanceSheet => {
    const dutch = i18next.getFixedT('nl', 'run');
    const labels = new Map(families.map(({ id, label }) => [id, label]));
    const places = new Map(sites.map(({ id, name }) => [id, name]));
    const balanceOf = new Map(
      balances.flatMap(({ familyId, grownChild, months }) =>
        months.filter((one) => one.month === month).map((one) => [keyOf({ familyId, grownChild }), one] as const),
      ),
    );
    const nameOf = (id: string) => {
      const resident = residents.get(id);
      return resident === undefined ? id : `${resident.given} ${resident.family}`.trim();
    };
    const table = monthTable(
      decided.map((decision) => ({
        decision,
        household: labels.get(decision.receipt.familyId) ?? '',
        person: decision.receipt.grownChild === null ? null : nameOf(decision.receipt.grownChild),
        site: decision.site === null ? null : (places.get(decision.site) ?? null),
        decidedOn: isoDate(new Date(decision.receipt.decidedAtMs).toISOString().slice(0, 10)),
        balance: balanceOf.get(keyOf(decision.receipt)) ?? noBalance,
      })),
      {
        total: dutch('file.total'),
        receptions: { municipal: dutch('reception.municipal'), private: dutch('reception.private') },
      },
    );
    const heads = table.heads.map((head) => (isComponent(head) ? dutch(`component.${head}`) : dutch(`column.${head}`)));
    return { above: [], heads, rows: table.rows };
  };
  const save = async (extension: 'csv' | 'xlsx') => {
    const saved = await savePersonalFile(services, {
      name: monthFileName(month, extension),
      what: `decisions ${extension} ${month} ${String(decided.length)}`,
      reason: t('file.reason'),
      persons: decided.length,
      isSensitive: true,
      bytes: () => (extension === 'csv' ? csvOf(sheet()) : xlsxOf(sheet())),
    });
    if (saved === 'saved') addNotice({ tone: 'ok', text: t('file.saved') });
  };
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('file.title')}</h2>
      {decided.length === 0 ? (
        <p>{t('file.nothing')}</p>
      ) : (
        <>
          <p>{t('file.about')}</p>
          <div className="form__actions">
            {(['csv', 'xlsx'] as const).map((extension) => (
              <Button key={extension} icon={<IconDownload size={18} />} onPress={() => void save(extension)}>
                {t(`file.${extension}`)}
              </Button>
            ))}
          </div>
        </>
      )}
    </section>
  );
}

const noBalance = { received: cents(0), waived: cents(0), open: cents(0) };
const isComponent = (head: MonthHead): head is ComponentName => componentNames.some((one) => one === head);
