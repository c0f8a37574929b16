import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { findClosedStays } from '../../../shared/reception/placing.ts';
import { findBedPlace } from '../../../shared/reception/site.ts';
import { useServices } from '../../services.tsx';
import { useSites, useStays } from '../../stores/register-views.ts';
import { useNameOf } from '../../use-name-of.ts';

/** Everybody with a bed that is out of service or given up, now or later in the stay. */
export function useClosedStays() {
  const services = useServices();
  const sites = useSites();
  const stays = useStays();
  const today = services.today();
  return useMemo(
    () => sites.flatMap((site) => findClosedStays(site, stays, today).map((stay) => ({ site, stay }))),
    [sites, stays, today],
  );
}

/** Nobody is moved by a bed that closes: a person looks for another one. */
export function ClosedStays() {
  const { t } = useTranslation('reception');
  const nameOf = useNameOf();
  const closed = useClosedStays();
  if (closed.length === 0) return null;
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-3">{t('closedStays.title')}</h2>
      <ul className="plain-list">
        {closed.map(({ site, stay }) => {
          const place = findBedPlace(site, stay.bed);
          const bed = [site.name, place?.building, `${place?.room ?? ''}.${place?.bed ?? ''}`].join(' · ');
          return (
            <li key={stay.id}>
              <Link to="/beds" search={{ site: site.id, resident: stay.resident }} className="nl-link">
                {t('closedStays.line', { name: nameOf(stay.resident), bed })}
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
