import { IconBed, IconDoorExit, IconEdit, IconFileSearch } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isGone } from '../../../shared/register/merged.ts';
import { residentCode, toResident, type Resident } from '../../../shared/register/resident.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import type { OpenedRecord } from '../../services.tsx';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { useOpened } from '../../use-opened.ts';
import { AbsencePanel } from './AbsencePanel.tsx';
import { DepartureDialog } from './DepartureDialog.tsx';
import { DisputeNotice } from './DisputeNotice.tsx';
import { FactPanel } from './FactPanel.tsx';
import { GuardianPanel } from './GuardianPanel.tsx';
import { MergeNotice } from './MergeNotice.tsx';
import { RecordHistory } from '../../RecordHistory.tsx';
import { RecordKept } from '../../RecordKept.tsx';
import { cyrillicNameOf, nameOf } from './resident-list.ts';
import { ContactPanel, NumbersPanel, PersonPanel, ProtectionPanel, StayPanel } from './ResidentPanels.tsx';
import { StatusBadge } from './StatusBadge.tsx';

export function ResidentPage() {
  const { id = '' } = useParams({ strict: false });
  const opened = useOpened('resident', id);
  if (opened.state === 'loading') return null;
  if (opened.state === 'failed') return <Alert tone="error">{errorMessage(opened.error)}</Alert>;
  return <ResidentDetails opened={opened.opened} resident={toResident(id, opened.opened.values)} />;
}

function ResidentDetails({ opened, resident }: { opened: OpenedRecord; resident: Resident }) {
  const { t } = useTranslation(['register', 'common']);
  const navigate = useNavigate();
  const [isDeparting, setDeparting] = useState(false);
  const { id, name } = resident;
  const summary = useWorkspace((state) => state.residents.get(id));
  const isMerged = useWorkspace((state) => isGone(id, (at) => state.merged.get(at)?.mergedInto));
  const title = nameOf(name) === '' ? cyrillicNameOf(name) : nameOf(name);
  return (
    <>
      <PageHeading
        title={title}
        windowTitle={t('page.windowTitle')}
        aside={
          <>
            <span lang="uk">{cyrillicNameOf(name)}</span> · {residentCode(id)}{' '}
            {summary !== undefined && <StatusBadge status={summary.status} />}
          </>
        }
        actions={
          isMerged ? undefined : (
            <>
              <Button
                look="primary"
                icon={<IconEdit size={18} />}
                onPress={() => void navigate({ to: '/residents/$id/edit', params: { id } })}
              >
                {t('page.edit')}
              </Button>
              <Button
                icon={<IconBed size={18} />}
                onPress={() => void navigate({ to: '/beds', search: { resident: id } })}
              >
                {t('page.move')}
              </Button>
              {resident.departure === null && (
                <Button icon={<IconDoorExit size={18} />} onPress={() => setDeparting(true)}>
                  {t('page.depart')}
                </Button>
              )}
              <Button
                icon={<IconFileSearch size={18} />}
                onPress={() => void navigate({ to: '/residents/$id/access', params: { id } })}
              >
                {t('page.access')}
              </Button>
            </>
          )
        }
      />
      <MergeNotice opened={opened} isGone={isMerged} />
      {opened.unsettled.length > 0 && (
        <Alert tone="warning">
          <Link to="/review" className="nl-link">
            {t('page.unsettled', { count: opened.unsettled.length })}
          </Link>
        </Alert>
      )}
      <RecordKept record={opened.record} />
      <DisputeNotice opened={opened} />
      <div className="columns">
        <PersonPanel resident={resident} />
        <StayPanel resident={resident} />
        <GuardianPanel resident={resident} opened={opened} />
        <NumbersPanel resident={resident} opened={opened} />
        <ProtectionPanel resident={resident} opened={opened} />
        <AbsencePanel resident={resident} />
        <ContactPanel resident={resident} />
        <FactPanel subject="work" opened={opened} />
        <FactPanel subject="learning" opened={opened} />
        <FactPanel subject="care" opened={opened} />
        <FactPanel subject="privacy" opened={opened} />
        <RecordHistory record={opened.record} />
      </div>
      {isDeparting && <DepartureDialog opened={opened} onClose={() => setDeparting(false)} />}
    </>
  );
}
