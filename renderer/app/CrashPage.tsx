import type { FallbackProps } from 'react-error-boundary';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { PageHeading } from '../ui/PageHeading.tsx';

/** Shown in place of a page that has a bug. It says nothing of the error: that could hold a person's data. */
export function CrashPage({ resetErrorBoundary }: Pick<FallbackProps, 'resetErrorBoundary'>) {
  const { t } = useTranslation();
  return (
    <>
      <PageHeading title={t('crash.title')} />
      <p>{t('crash.text')}</p>
      <div className="row">
        <Button look="primary" onPress={() => resetErrorBoundary()}>
          {t('action.retry')}
        </Button>
      </div>
    </>
  );
}
