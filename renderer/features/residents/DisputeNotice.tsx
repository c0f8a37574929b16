import { useTranslation } from 'react-i18next';
import { factsOf } from '../../../shared/register/fact-kind.ts';
import { correctionFacts } from '../../../shared/register/facts.ts';
import { formatList } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import type { OpenedRecord } from '../../services.tsx';
import { Alert } from '../../ui/Alert.tsx';
import { useFactTexts } from './use-fact-texts.ts';

/** What the person says is wrong and nobody has settled: whoever decides on it has to know. */
export function DisputeNotice({ opened }: { opened: OpenedRecord }) {
  const { t } = useTranslation('facts');
  const { codeText } = useFactTexts();
  const disputed = factsOf(correctionFacts, opened.values)
    .filter(({ values }) => values.correctionOutcome === 'disputed')
    .flatMap(({ values }) => (typeof values.about === 'string' ? [codeText('correctedField', values.about)] : []));
  if (disputed.length === 0) return null;
  return (
    <Alert tone="warning">{t('disputed', { fields: formatList([...new Set(disputed)], currentLanguage()) })}</Alert>
  );
}
