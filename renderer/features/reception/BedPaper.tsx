import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import type { Site } from '../../../shared/reception/site.ts';
import { formatDate, formatLongDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { stateOf, type PlannedBed, type PlannedBuilding } from './bed-plan.ts';

type Props = {
  readonly site: Site;
  readonly plan: readonly PlannedBuilding[];
  readonly day: IsoDate;
  /** Null where names are not to be seen. */
  readonly nameOf: ((resident: string) => string) | null;
};

const columns = ['room', 'bed', 'state', 'who', 'from', 'until'] as const;

/** The plan of a day on paper: a table per building, a room never over two pages, and everything said in words. */
export function BedPaper({ site, plan, day, nameOf }: Props) {
  const { t } = useTranslation('reception');
  const services = useServices();
  const language = currentLanguage();
  const date = (one: IsoDate | null | undefined) => (one == null ? '' : formatDate(one, language));
  const who = ({ stays, closure, reservation }: PlannedBed) =>
    stays.length > 0
      ? (nameOf === null ? [] : stays.map(({ resident }) => nameOf(resident))).join(' + ')
      : ((closure ?? reservation)?.reason ?? '');
  return (
    <div className="bed-paper print-only">
      {plan.map(({ building, floors }) => (
        <section key={building.key} className="bed-paper__building">
          <h2>{t('paper.title', { site: site.name, building: building.name })}</h2>
          <p>
            {t('paper.day', { day: formatLongDate(day, language), printed: formatDate(services.today(), language) })}
          </p>
          <table>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col" className={`bed-paper__${column}`}>
                    {t(`bedList.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            {floors.flatMap(({ floor, rooms }) =>
              rooms.map(({ room, traits, beds }) => (
                <tbody key={room.key}>
                  {(beds.length === 0 ? [null] : beds).map((planned, at) => (
                    <tr key={planned?.bed.key ?? room.key}>
                      {at === 0 && (
                        <th scope="rowgroup" rowSpan={Math.max(1, beds.length)}>
                          {room.name}
                          <span className="bed-paper__small">
                            {[
                              t('beds.floor', { floor }),
                              ...traits.filter((trait) => trait !== 'ground-floor').map((trait) => t(`trait.${trait}`)),
                            ].join(' · ')}
                          </span>
                        </th>
                      )}
                      <td>{planned?.bed.name}</td>
                      <td>{planned !== null && t(`bedState.${stateOf(planned)}`)}</td>
                      <td>{planned !== null && who(planned)}</td>
                      <td>{date(planned?.stays[0]?.from)}</td>
                      <td>{date(planned?.stays[0]?.until ?? (planned?.closure ?? planned?.reservation)?.until)}</td>
                    </tr>
                  ))}
                </tbody>
              )),
            )}
          </table>
        </section>
      ))}
    </div>
  );
}
