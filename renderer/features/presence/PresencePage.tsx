import { IconDoorEnter } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseIsoDate, type IsoDate } from '../../../shared/kernel/dates.ts';
import type { Site } from '../../../shared/reception/site.ts';
import { useServices } from '../../services.tsx';
import { SiteAndDay } from '../../SiteAndDay.tsx';
import { useAbsences, useRollCalls, useSites, useStays } from '../../stores/register-views.ts';
import { useNoteSite } from '../../stores/site-in-view.ts';
import { addNotice } from '../../stores/session-store.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { CheckboxField } from '../../ui/CheckboxField.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { EntryDialog } from './EntryDialog.tsx';
import { PresenceSignals } from './PresenceSignals.tsx';
import { RoomCall } from './RoomCall.tsx';
import { rollPlan, type CalledRoom } from './roll-plan.ts';
import { useRollCall } from './use-roll-call.ts';

export function PresencePage() {
  const { t } = useTranslation('reception');
  const services = useServices();
  const search = useSearch({ strict: false });
  const sites = useSites();
  const site = sites.find(({ id }) => id === search.site) ?? sites[0];
  useNoteSite(site?.id);
  if (site === undefined) {
    return (
      <>
        <PageHeading title={t('presence.title')} />
        <Alert tone="info">{t('beds.noSite')}</Alert>
      </>
    );
  }
  const asked = parseIsoDate(search.day ?? '');
  const today = services.today();
  const day = asked === undefined || asked > today ? today : asked;
  return <RollCallOfSite key={`${site.id} ${day}`} site={site} day={day} />;
}

function RollCallOfSite({ site, day }: { site: Site; day: IsoDate }) {
  const { t } = useTranslation('reception');
  const navigate = useNavigate();
  const services = useServices();
  const stays = useStays();
  const absences = useAbsences();
  const rollCalls = useRollCalls();
  const residents = useWorkspace((state) => state.residents);
  const [isEntering, setEntering] = useState(false);
  const [isShort, setShort] = useState(false);
  const calls = useMemo(
    () => rollCalls.filter((call) => call.site === site.id && call.day === day).sort((a, b) => (a.id < b.id ? -1 : 1)),
    [rollCalls, site.id, day],
  );
  const { pending, flush, mark, closeRoom } = useRollCall(site.id, day, calls);
  const rooms = useMemo(
    () => rollPlan({ site, stays, absences, residents }, calls, pending, day),
    [site, stays, absences, residents, calls, pending, day],
  );
  const people = rooms.flatMap((room) => room.people);
  const count = (wanted: string) => people.filter(({ state }) => state === wanted).length;
  const done = people.filter(({ state }) => state !== null).length;

  // The same functions for every room, so that a tap renders one card and not eighty.
  const act = useRef({ mark, closeRoom });
  useEffect(() => {
    act.current = { mark, closeRoom };
  });
  const onMark = useCallback<typeof mark>((resident, state) => act.current.mark(resident, state), []);
  const onDone = useCallback((room: CalledRoom) => {
    const expected = room.people.filter(({ state, expected: usual }) => state === usual);
    act.current.closeRoom(
      room.key,
      expected.map(({ resident }) => resident),
    );
  }, []);
  const finish = async () => {
    if (await flush({ finished: { at: services.clockTime() } }))
      addNotice({ tone: 'ok', text: t('presence.finished') });
  };
  const setSearch = (change: object) =>
    void navigate({ to: '/presence', search: { site: site.id, day, ...change }, replace: true });

  return (
    <>
      <PageHeading
        title={t('presence.title')}
        aside={site.name}
        actions={
          <>
            <Button look="primary" onPress={() => void finish()}>
              {t('presence.finish')}
            </Button>
            <Button icon={<IconDoorEnter size={18} />} onPress={() => setEntering(true)}>
              {t('presence.entry')}
            </Button>
          </>
        }
      />
      <div className="row">
        <SiteAndDay site={site.id} day={day} onChange={setSearch} />
        <CheckboxField id="onlyOpen" label={t('presence.onlyOpen')} value={isShort} onChange={setShort} />
        <p role="status">
          {t('presence.counts', {
            done,
            total: people.length,
            notSeen: count('not-seen'),
            announced: count('announced'),
          })}
        </p>
      </div>
      <PresenceSignals site={site} day={day} calls={calls} />
      {people.length === 0 && <Alert tone="info">{t('presence.nobody')}</Alert>}
      <ul className="roll-call">
        {rooms
          .filter((room) => !isShort || !room.isDone)
          .map((room) => (
            <RoomCall key={room.key} room={room} onMark={onMark} onDone={onDone} />
          ))}
      </ul>
      {isEntering && <EntryDialog site={site} onSave={flush} onClose={() => setEntering(false)} />}
    </>
  );
}
