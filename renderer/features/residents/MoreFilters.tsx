import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { safetyRegionsOn } from '../../../shared/reception/safety-regions.ts';
import { shelterKinds } from '../../../shared/reception/site-belonging.ts';
import { protectionStatuses } from '../../../shared/register/codes.ts';
import { useServices } from '../../services.tsx';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { useScan } from '../../use-scan.ts';
import { aloneChoices, outChoices, personFactsOn, type MoreFilter, type PersonFacts } from './list-filters.ts';

type Props = {
  readonly more: MoreFilter;
  /** Undefined takes a filter away. */
  readonly onChange: (change: Readonly<Partial<Record<keyof MoreFilter, string | undefined>>>) => void;
};

/** Filters that are needed now and then; each of them is a code or a day in the address. */
export function MoreFilters({ more, onChange }: Props) {
  const { t } = useTranslation(['register', 'reports']);
  const services = useServices();
  const all = 'all';
  const select = (
    name: 'alone' | 'region' | 'shelter' | 'protection' | 'out',
    choices: readonly { readonly code: string; readonly label: string }[],
  ) => (
    <SelectField
      id={`filter-${name}`}
      label={t(`register:more.${name}`)}
      choices={[{ code: all, label: t('register:more.all') }, ...choices]}
      value={more[name] ?? all}
      onChange={(code) => onChange({ [name]: code === all ? undefined : code })}
    />
  );
  const day = (name: 'ends' | 'outFrom' | 'outUntil') => (
    <DateField
      id={`filter-${name}`}
      label={t(`register:more.${name}`)}
      value={more[name]}
      onChange={(chosen) => onChange({ [name]: chosen ?? undefined })}
    />
  );
  const none = Object.fromEntries(Object.keys(more).map((name) => [name, undefined]));
  return (
    <section className="panel" aria-label={t('register:more.title')}>
      <div className="more-filters">
        {select(
          'alone',
          aloneChoices.map((code) => ({ code, label: t(`register:more.aloneChoice.${code}`) })),
        )}
        {select(
          'region',
          safetyRegionsOn(services.today()).map(({ code, name }) => ({ code, label: name })),
        )}
        {select(
          'shelter',
          shelterKinds.map((code) => ({ code, label: t(`reports:regions.shelter.${code}`) })),
        )}
        {select(
          'protection',
          protectionStatuses.map((code) => ({ code, label: t(`register:protectionStatus.${code}`) })),
        )}
        {day('ends')}
        {select(
          'out',
          outChoices.map((code) => ({
            code,
            label: code === 'any' ? t('register:more.anyReason') : t(`register:deregistrationReason.${code}`),
          })),
        )}
        {day('outFrom')}
        {day('outUntil')}
      </div>
      <Button look="subtle" onPress={() => onChange(none)}>
        {t('register:more.clear')}
      </Button>
    </section>
  );
}

/** Reads every record once for the filters that need it. */
export function ReadPeople({ onRead }: { onRead: (people: ReadonlyMap<string, PersonFacts>) => void }) {
  const { t } = useTranslation('facts');
  const services = useServices();
  const [scan] = useScan('residents:filter', personFactsOn(services.today()));
  useEffect(() => {
    if (scan.state === 'ready') onRead(new Map(scan.rows.map((person) => [person.id, person])));
  }, [scan, onRead]);
  if (scan.state === 'failed') return <Alert tone="error">{scan.message}</Alert>;
  if (scan.state === 'reading') return <ProgressBar label={t('search.reading')} value={scan.read} total={scan.total} />;
  return scan.unreadable > 0 ? (
    <Alert tone="warning">{t('search.unreadable', { count: scan.unreadable })}</Alert>
  ) : null;
}
