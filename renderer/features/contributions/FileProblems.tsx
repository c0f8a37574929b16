import { useTranslation } from 'react-i18next';
import type { FileProblem } from '../../../shared/settled-file/settled-file.ts';
import { formatDate, formatNumber } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { Alert } from '../../ui/Alert.tsx';

/** More than anybody mends before the file is read again. */
const mostLines = 30;

/** Why a file is not read in, with the line and the key of everything that is wrong in it. */
export function FileProblems({ problems }: { problems: readonly FileProblem[] }) {
  const { t } = useTranslation('contributions');
  const language = currentLanguage();
  const lineOf = (problem: FileProblem): string => {
    const said = t(`settledFile.problem.${problem.type}`, {
      ...problem,
      wanted: problem.type === 'wrong-type' ? t(`settledFile.wanted.${problem.wanted}`) : '',
      from: problem.type === 'overlap' ? formatDate(problem.from, language) : '',
      least: 'least' in problem ? formatNumber(problem.least, language) : '',
      most: 'most' in problem ? formatNumber(problem.most, language) : '',
    });
    if ('path' in problem) return t('settledFile.place', { line: problem.line, path: problem.path, problem: said });
    return 'line' in problem ? t('settledFile.line', { line: problem.line, problem: said }) : said;
  };
  return (
    <Alert tone="error" role="alert" title={t('settledFile.refused', { count: problems.length })}>
      <ul className="plain-list">
        {problems
          .slice(0, mostLines)
          .map(lineOf)
          .map((text, at) => (
            <li key={`${at} ${text}`}>{text}</li>
          ))}
      </ul>
      <p>{t('settledFile.unchanged')}</p>
    </Alert>
  );
}
