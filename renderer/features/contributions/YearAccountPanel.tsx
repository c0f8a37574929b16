import { IconDownload } from '@tabler/icons-react';
import i18next from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { accountTable, yearAccount, type YearAccount } from '../../../shared/contribution/year-account.ts';
import { toUtf8 } from '../../../shared/kernel/bytes.ts';
import { addDays, type IsoDate } from '../../../shared/kernel/dates.ts';
import { useServices } from '../../services.tsx';
import { useDecisions, useMoneyEntries, usePolicies } from '../../stores/register-views.ts';
import { addNotice } from '../../stores/session-store.ts';
import { Button } from '../../ui/Button.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { csvOf, xlsxOf, type FinanceSheet } from './finance-file.ts';

const firstYear = 2022;
const extensions = ['csv', 'xlsx', 'json'] as const;

/** The account of a calendar year and municipality; the same reference day gives the same figures, years later too. */
export function YearAccountPanel() {
  const { t } = useTranslation('run');
  const services = useServices();
  const today = services.today();
  const thisYear = Number(today.slice(0, 4));
  const decisions = useDecisions();
  const entries = useMoneyEntries();
  const municipalities = usePolicies().flatMap(({ municipality }) => municipality ?? []);
  const [year, setYear] = useState(thisYear);
  const [chosen, setChosen] = useState<string | null>(null);
  const [until, setUntil] = useState<IsoDate | null>(today);
  const municipality = municipalities.find(({ code }) => code === chosen) ?? municipalities[0];
  const years = Array.from({ length: thisYear - firstYear + 1 }, (_, at) => String(thisYear - at));

  const save = async (extension: (typeof extensions)[number]) => {
    if (municipality === undefined) return;
    const day = until ?? today;
    const untilMs = Date.parse(`${addDays(day, 1)}T00:00:00Z`);
    const account = yearAccount(decisions, { year, municipality: municipality.code, untilMs }, entries);
    const name = `jaarrekening-${municipality.code}-${String(year)}-peildatum-${day}.${extension}`;
    const control = services.hashOf([...account.basis, ...account.money].join());
    const bytes =
      extension === 'json'
        ? toUtf8(`${JSON.stringify({ schemaVersion: 1, until: day, control, ...account }, null, 2)}\n`)
        : extension === 'csv'
          ? csvOf(sheetOf(account, day, control))
          : await xlsxOf(sheetOf(account, day, control));
    const saved = await services.exportFile(name, bytes, t('account.reason'));
    if (saved === 'saved') addNotice({ tone: 'ok', text: t('file.saved') });
  };
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('account.title')}</h2>
      {municipality === undefined ? (
        <p>{t('account.noMunicipality')}</p>
      ) : (
        <>
          <p>{t('account.about')}</p>
          <div className="row">
            <SelectField
              id="accountYear"
              label={t('account.year')}
              choices={years.map((code) => ({ code, label: code }))}
              value={String(year)}
              onChange={(code) => setYear(Number(code))}
            />
            {municipalities.length > 1 && (
              <SelectField
                id="accountMunicipality"
                label={t('account.municipality')}
                choices={municipalities.map(({ code, name }) => ({ code, label: name }))}
                value={municipality.code}
                onChange={setChosen}
              />
            )}
            <DateField id="accountUntil" label={t('account.until')} value={until} onChange={setUntil} />
          </div>
          <div className="form__actions">
            {extensions.map((extension) => (
              <Button key={extension} icon={<IconDownload size={18} />} onPress={() => void save(extension)}>
                {extension === 'json' ? t('account.json') : t(`file.${extension}`)}
              </Button>
            ))}
          </div>
        </>
      )}
    </section>
  );
}

/** In Dutch, whoever makes it; no moment of making in it, so that it is the same file again. */
function sheetOf(account: YearAccount, day: IsoDate, control: string): FinanceSheet {
  const dutch = i18next.getFixedT('nl', 'run');
  const table = accountTable(account, {
    item: (item) => dutch(`item.${item}`),
    unit: (unit) => dutch(`unit.${unit}`),
    remark: (remark) => dutch(`remark.${remark}`),
  });
  return {
    above: [
      [dutch('account.year'), { count: account.year }],
      [dutch('account.municipality'), account.municipality],
      [dutch('account.until'), day],
      [dutch('account.decisions'), { count: account.basis.length }],
      [dutch('account.money'), { count: account.money.length }],
      [dutch('account.basis'), control],
      [],
    ],
    heads: table.heads.map((head) => dutch(`column.${head}`)),
    rows: table.rows,
  };
}
