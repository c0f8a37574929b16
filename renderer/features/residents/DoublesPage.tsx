import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notSameFieldId, residentCode } from '../../../shared/register/resident.ts';
import type { ResidentSummary } from '../../../shared/register/resident-summary.ts';
import type { LikelyDouble } from '../../../shared/search/duplicates.ts';
import { formatPartialDate, formatPercent } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { useSites } from '../../stores/register-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { DataList } from '../../ui/DataList.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { useSave } from '../../use-save.ts';
import { cyrillicNameOf, nameOf } from './resident-list.ts';
import { StatusBadge } from './StatusBadge.tsx';
import { useDoubles } from './use-doubles.ts';

/** Pairs of records that may be one person, for the whole register, one after the other. */
export function DoublesPage() {
  const { t } = useTranslation('register');
  const search = useDoubles();
  const { state } = search;
  return (
    <>
      <PageHeading title={t('likely.title')} />
      <p>{t('likely.intro')}</p>
      {state.state === 'idle' && (
        <div className="row">
          <Button look="primary" onPress={search.start}>
            {t('likely.start')}
          </Button>
        </div>
      )}
      {state.state === 'reading' && (
        <section className="panel">
          <ProgressBar label={t('likely.reading')} value={state.done} total={state.total} />
          <div className="row">
            <Button onPress={search.stop}>{t('likely.stop')}</Button>
          </div>
        </section>
      )}
      {state.state === 'failed' && <Alert tone="error">{state.message}</Alert>}
      {state.state === 'ready' && (
        <>
          {state.unreadable > 0 && <Alert tone="warning">{t('numbers.unreadable', { count: state.unreadable })}</Alert>}
          <Pairs pairs={state.pairs} onSettled={search.drop} onAgain={search.start} />
        </>
      )}
    </>
  );
}

type PairsProps = {
  readonly pairs: readonly LikelyDouble[];
  readonly onSettled: (pair: LikelyDouble) => void;
  readonly onAgain: () => void;
};

/** One pair at a time; the focus goes along to the next one. */
function Pairs({ pairs, onSettled, onAgain }: PairsProps) {
  const { t } = useTranslation('register');
  const services = useServices();
  const navigate = useNavigate();
  const save = useSave();
  const residents = useWorkspace((state) => state.residents);
  const [later, setLater] = useState<ReadonlySet<string>>(new Set());
  const keyOf = ({ ids }: LikelyDouble) => ids.join(' ');
  // Whoever went into another record meanwhile is not there any more.
  const open = pairs.filter(({ ids }) => ids.every((id) => residents.has(id)));
  const left = open.filter((pair) => !later.has(keyOf(pair)));
  const pair = left[0];
  const heading = useRef<HTMLHeadingElement>(null);
  const key = pair === undefined ? '' : keyOf(pair);
  const first = useRef(key);
  useEffect(() => {
    if (first.current === key) return;
    first.current = key;
    heading.current?.focus();
  }, [key]);

  if (pair === undefined) {
    return (
      <>
        <Alert tone="ok">{t('likely.none', { count: later.size })}</Alert>
        <div className="row">
          {later.size > 0 && <Button onPress={() => setLater(new Set())}>{t('likely.showLater')}</Button>}
          <Button onPress={onAgain}>{t('likely.again')}</Button>
        </div>
      </>
    );
  }
  const [a, b] = pair.ids;
  const notSame = async () => {
    // Both say so: whichever of them is opened, it is known there.
    const opened = await Promise.all(pair.ids.map((id) => services.open({ kind: 'resident', id })));
    const records = opened.flatMap((outcome, at) => {
      const other = pair.ids[1 - at];
      const id = pair.ids[at];
      if (!outcome.ok || other === undefined || id === undefined) return [];
      const field = notSameFieldId(other);
      const edit = { field, value: true, base: outcome.value.baseOf(field) };
      return [{ ref: { kind: 'resident' as const, id }, edits: [edit] }];
    });
    const receipt = await save({ records, action: 'edit', purpose: null }, t('likely.keptApart'));
    if (receipt !== undefined) onSettled(pair);
  };
  const language = currentLanguage();
  return (
    <section className="panel" aria-labelledby="pair">
      <h2 id="pair" ref={heading} tabIndex={-1} className="nl-heading nl-heading--level-2">
        {t('likely.left', { count: left.length })}
      </h2>
      <p>
        {pair.reasons.map((reason) => t(`doubles.reason.${reason}`)).join(' · ')} ·{' '}
        {t('likely.score', { score: formatPercent(String(Math.round(pair.score * 100)), language) })}
      </p>
      <div className="columns">
        {[a, b].map((id) => (
          <Person key={id} person={residents.get(id)} />
        ))}
      </div>
      <div className="form__actions">
        <Button
          look="primary"
          onPress={() => void navigate({ to: '/residents/$id/merge/$other', params: { id: a, other: b } })}
        >
          {t('likely.merge')}
        </Button>
        <Button onPress={() => void notSame()}>{t('likely.notSame')}</Button>
        <Button onPress={() => setLater((now) => new Set(now).add(key))}>{t('likely.later')}</Button>
      </div>
    </section>
  );
}

function Person({ person }: { person: ResidentSummary | undefined }) {
  const { t } = useTranslation('register');
  const sites = useSites();
  if (person === undefined) return null;
  const { id, birthDate } = person;
  return (
    <DataList
      items={[
        {
          label: t('column.name'),
          value: (
            <Link to="/residents/$id" params={{ id }} className="nl-link">
              {nameOf(person) || cyrillicNameOf(person)}
            </Link>
          ),
        },
        { label: t('column.nameCyrillic'), value: cyrillicNameOf(person), lang: 'uk' },
        {
          label: t('column.born'),
          value: birthDate === null ? null : formatPartialDate(birthDate, currentLanguage()),
        },
        { label: t('column.site'), value: sites.find((site) => site.id === person.site)?.name },
        { label: t('column.status'), value: <StatusBadge status={person.status} /> },
        { label: t('column.code'), value: residentCode(id) },
      ]}
    />
  );
}
