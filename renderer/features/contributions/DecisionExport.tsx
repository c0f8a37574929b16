import { IconFileExport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { decisionReference, type ReadDecision } from '../../../shared/contribution/decisions-of.ts';
import { toExecutionReceipt } from '../../../shared/contribution/execution-receipt.ts';
import { toUtf8 } from '../../../shared/kernel/bytes.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';
import { savePersonalFile } from '../../personal-file.ts';
import { useServices } from '../../services.tsx';
import { addNotice } from '../../stores/session-store.ts';
import { Button } from '../../ui/Button.tsx';

/** The decision as a file under the field names of regelrecht's execution receipt. Its name says nothing of anybody. */
export function DecisionExport({ decision }: { decision: ReadDecision }) {
  const { t } = useTranslation('contributions');
  const services = useServices();
  const { id, receipt } = decision;

  const save = async () => {
    const timestamp = new Date(receipt.decidedAtMs).toISOString();
    const file = toExecutionReceipt(receipt, {
      decisionId: id,
      decidedOn: isoDate(timestamp.slice(0, 10)),
      timestamp,
      sha256: services.hashOf,
    });
    const name = `besluit-${decisionReference(id, receipt.facts.month)}.json`;
    const saved = await savePersonalFile(services, {
      ...{ name, persons: 1, isSensitive: true, what: `decision ${name}`, reason: t('decision.exportReason') },
      bytes: () => toUtf8(`${JSON.stringify(file, null, 2)}\n`),
    });
    if (saved === 'saved') addNotice({ tone: 'ok', text: t('decision.exported') });
  };
  return (
    <Button icon={<IconFileExport size={18} />} onPress={() => void save()}>
      {t('decision.export')}
    </Button>
  );
}
