import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { toCsv } from '../../../shared/exchange/csv.ts';
import type { ImportCheck, LineProblem } from '../../../shared/exchange/spreadsheet.ts';
import { toUtf8 } from '../../../shared/kernel/bytes.ts';
import { savePersonalFile } from '../../personal-file.ts';
import { useServices } from '../../services.tsx';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';

/** A longer list of mistakes is one to mend in the file: the download holds all of them. */
const shownProblems = 200;

type Props = {
  readonly check: ImportCheck;
  /** How many people go in or change. */
  readonly count: number;
  /** How many tasks are made about people who are not in the list. */
  readonly tasks: number;
  readonly unreadable: number;
  readonly withoutBed: readonly number[];
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly onRun: () => void;
};

/** What goes in, and for every line that does not, its number and what to mend. */
export function ImportCheckStep({ check, count, tasks, unreadable, withoutBed, header, rows, onRun }: Props) {
  const { t } = useTranslation('register');
  const services = useServices();
  const wrongLines = [...new Set(check.problems.map(({ line }) => line))];
  const textOf = ({ column, problem, otherLine }: LineProblem) => {
    const field = column === null ? t('import.wholeLine') : t(`importColumn.${column}`);
    const text = t(`problem.${problem}`, { field });
    return otherLine === undefined ? text : t('import.seeLine', { problem: text, line: otherLine });
  };
  const download = () => {
    const reasonOf = (line: number) =>
      check.problems
        .filter((problem) => problem.line === line)
        .map(textOf)
        .join(' | ');
    const lines = wrongLines.map((line) => [...(rows[line - 2] ?? []), reasonOf(line)]);
    const reason = t('import.downloadReason');
    void savePersonalFile(services, {
      name: 'import-regels.csv',
      what: `import lines csv ${String(lines.length)}`,
      persons: lines.length,
      // Whatever the municipality has in its list.
      isSensitive: true,
      reason,
      purpose: reason,
      bytes: () => toUtf8(toCsv([[...header, t('import.problem')], ...lines])),
    });
  };
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('import.checked')}</h2>
      <Alert tone={wrongLines.length === 0 ? 'ok' : 'warning'}>
        <p>{t('import.right', { count: check.lines.length })}</p>
        {wrongLines.length > 0 && <p>{t('import.wrong', { count: wrongLines.length })}</p>}
        {check.lines.length > 0 && count + tasks === 0 && <p>{t('import.nothing')}</p>}
        {count > 0 && tasks > 0 && <p>{t('import.withTasks', { count: tasks })}</p>}
        {unreadable > 0 && <p>{t('import.unreadable', { count: unreadable })}</p>}
        {withoutBed.length > 0 && (
          <p>{t('import.bedTaken', { count: withoutBed.length, lines: withoutBed.join(', ') })}</p>
        )}
      </Alert>
      <div className="row">
        {count + tasks > 0 && (
          <Button look="primary" onPress={onRun}>
            {count > 0 ? t('import.run', { count }) : t('import.runTasks', { count: tasks })}
          </Button>
        )}
        {wrongLines.length > 0 && (
          <Button icon={<IconDownload size={18} />} onPress={download}>
            {t('import.download')}
          </Button>
        )}
      </div>
      {check.problems.length > 0 && (
        <table className="utrecht-table">
          <thead className="utrecht-table__header">
            <tr className="utrecht-table__row">
              {(['line', 'column', 'problem'] as const).map((name) => (
                <th key={name} scope="col" className="utrecht-table__header-cell">
                  {t(`import.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="utrecht-table__body">
            {check.problems.slice(0, shownProblems).map((problem) => (
              <tr key={`${problem.line} ${problem.column ?? ''} ${problem.problem}`} className="utrecht-table__row">
                <td className="utrecht-table__cell">{problem.line}</td>
                <td className="utrecht-table__cell">
                  {problem.column === null ? t('import.wholeLine') : t(`importColumn.${problem.column}`)}
                </td>
                <td className="utrecht-table__cell">{textOf(problem)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
