import { useTranslation } from 'react-i18next';
import type { ExpiryLine, ScenarioLine } from '../../../shared/register/expiry.ts';
import { residentCode } from '../../../shared/register/resident.ts';
import type { SavedTable } from '../../save-table.ts';
import { useServices } from '../../services.tsx';
import { useWorkspace } from '../../stores/workspace-store.ts';

type Line = ExpiryLine | ScenarioLine;

/** The list as it stands on the screen, as a table for a file: days as `2027-03-04`, empty where there is none. */
export function useExpiryTable(lines: readonly Line[]): () => SavedTable {
  const { t } = useTranslation(['expiry', 'register']);
  const services = useServices();
  return () => {
    const { residents } = useWorkspace.getState();
    const isScenario = lines.some((line) => 'isRedated' in line);
    const column = (key: string, header: string, type: 'text' | 'number' = 'text') => ({
      ...{ key, header, type, sensitive: null },
    });
    const person = ({ id }: Line) => {
      const one = residents.get(id);
      return [residentCode(id), one?.family, one?.given, one?.familyCyrillic, one?.givenCyrillic];
    };
    const ends = (line: Line) =>
      'isRedated' in line
        ? [line.endBefore, line.endAfter, line.proofEnd, line.documentEnd, t(line.isRedated ? 'moves' : 'stays')]
        : [line.protectionEnd, line.proofEnd, line.documentEnd, String(line.daysLeft)];
    return {
      what: isScenario ? 'expiry scenario' : 'expiry list',
      sheet: t('title'),
      fileName: `aflopend-${services.today()}`,
      columns: [
        column('code', t('register:column.code')),
        column('family', t('register:importColumn.family')),
        column('given', t('register:importColumn.given')),
        column('familyCyrillic', t('register:importColumn.familyCyrillic')),
        column('givenCyrillic', t('register:importColumn.givenCyrillic')),
        column('group', t('column.group')),
        ...(isScenario
          ? [column('endBefore', t('column.endBefore')), column('endAfter', t('column.endAfter'))]
          : [column('protectionEnd', t('column.protectionEnd'))]),
        column('proofEnd', t('column.proofEnd')),
        column('documentEnd', t('column.documentEnd')),
        isScenario ? column('redated', t('column.redated')) : column('daysLeft', t('column.daysLeft'), 'number'),
      ],
      rows: lines.map((line) =>
        [...person(line), t(`register:nationalityGroup.${line.group}`), ...ends(line)].map((cell) => cell ?? ''),
      ),
      persons: lines.length,
    };
  };
}
