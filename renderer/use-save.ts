import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from './i18n/error-message.ts';
import { useServices, type SaveReceipt, type SaveRequest } from './services.tsx';
import { addNotice } from './stores/session-store.ts';

/**
 * Saves and says so, with a way back. Undefined when nothing was saved: then the reason is on the screen, and the form
 * keeps what was typed.
 */
export function useSave(): (request: SaveRequest, said?: string) => Promise<SaveReceipt | undefined> {
  const services = useServices();
  const { t } = useTranslation();
  return useCallback(
    async (request, said) => {
      const outcome = await services.save(request);
      if (!outcome.ok) {
        addNotice({ tone: 'error', text: errorMessage(outcome.error) });
        return undefined;
      }
      const { undo } = outcome.value;
      const goBack = async () => {
        const undone = undo === null ? outcome : await services.save(undo);
        addNotice(undone.ok ? { tone: 'ok', text: t('undone') } : { tone: 'error', text: errorMessage(undone.error) });
      };
      addNotice({
        tone: 'ok',
        text: said ?? t('saved'),
        ...(undo === null ? {} : { undo: () => void goBack() }),
      });
      return outcome.value;
    },
    [services, t],
  );
}
