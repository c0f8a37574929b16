import { IconArrowsJoin, IconArrowsSplit, IconCurrencyEuro, IconUserPlus } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { memberFieldId, membersOn, toFamily, type Family, type Membership } from '../../../shared/register/family.ts';
import { ageOfPartial } from '../../../shared/register/partial-date.ts';
import { useNameOf } from '../../use-name-of.ts';
import { JoinDialog } from './JoinDialog.tsx';
import { SplitDialog } from './SplitDialog.tsx';
import { RecordHistory } from '../../RecordHistory.tsx';
import { RecordKept } from '../../RecordKept.tsx';
import { errorMessage } from '../../i18n/error-message.ts';
import { formatDate, formatList } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices, type OpenedRecord } from '../../services.tsx';
import { useSites } from '../../stores/register-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { DataList } from '../../ui/DataList.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { useOpened } from '../../use-opened.ts';
import { useSave } from '../../use-save.ts';
import { MemberDialog } from './MemberDialog.tsx';
import { ReceptionDialog } from './ReceptionDialog.tsx';

export function FamilyPage() {
  const { id = '' } = useParams({ strict: false });
  const opened = useOpened('family', id);
  if (opened.state === 'loading') return null;
  if (opened.state === 'failed') return <Alert tone="error">{errorMessage(opened.error)}</Alert>;
  return <FamilyDetails opened={opened.opened} family={toFamily(id, opened.opened.values)} />;
}

type Props = { readonly opened: OpenedRecord; readonly family: Family };

function FamilyDetails({ opened, family }: Props) {
  const { t } = useTranslation('reception');
  const navigate = useNavigate();
  const services = useServices();
  const sites = useSites();
  const [dialog, setDialog] = useState<'member' | 'reception' | 'split' | 'join' | null>(null);
  const today = services.today();
  return (
    <>
      <PageHeading
        title={family.label}
        windowTitle={t('families.windowTitle')}
        aside={t('families.memberCount', { count: membersOn(family, today).length })}
        actions={
          <>
            <Button look="primary" icon={<IconUserPlus size={18} />} onPress={() => setDialog('member')}>
              {t('families.addMember')}
            </Button>
            {membersOn(family, today).length > 1 && (
              <Button icon={<IconArrowsSplit size={18} />} onPress={() => setDialog('split')}>
                {t('families.split')}
              </Button>
            )}
            <Button icon={<IconArrowsJoin size={18} />} onPress={() => setDialog('join')}>
              {t('families.join')}
            </Button>
            <Button
              icon={<IconCurrencyEuro size={18} />}
              onPress={() => void navigate({ to: '/contributions/$familyId', params: { familyId: family.id } })}
            >
              {t('families.contribution')}
            </Button>
          </>
        }
      />
      <RecordKept record={opened.record} />
      <LoneMinors family={family} />
      <div className="columns">
        <Members opened={opened} family={family} />
        <section className="panel">
          <div className="panel__head">
            <h2 className="nl-heading nl-heading--level-2">{t('families.reception')}</h2>
            <Button onPress={() => setDialog('reception')}>{t('families.setReception')}</Button>
          </div>
          <DataList
            items={[
              { label: t('families.site'), value: sites.find(({ id }) => id === family.site)?.name },
              { label: t('families.hostAddress'), value: family.hostAddress },
              ...family.receptions.map((reception) => ({
                label: t('families.receptionFrom', {
                  kind: t(`kind.${reception.reception}`),
                  date: formatDate(reception.from, currentLanguage()),
                }),
                value: reception.catered ? t('families.catered') : t('families.uncatered'),
              })),
            ]}
          />
        </section>
        <RecordHistory record={opened.record} />
      </div>
      {dialog === 'member' && <MemberDialog opened={opened} family={family} onClose={() => setDialog(null)} />}
      {dialog === 'split' && <SplitDialog family={family} onClose={() => setDialog(null)} />}
      {dialog === 'join' && <JoinDialog family={family} onClose={() => setDialog(null)} />}
      {dialog === 'reception' && <ReceptionDialog opened={opened} family={family} onClose={() => setDialog(null)} />}
    </>
  );
}

/** Children with no grown-up beside them: the guardian is a member too, wherever that is one of another family. */
function LoneMinors({ family }: { family: Family }) {
  const { t } = useTranslation('reception');
  const today = useServices().today();
  const residents = useWorkspace((state) => state.residents);
  const nameOf = useNameOf();
  const members = membersOn(family, today).map(({ resident }) => resident);
  const isMinor = (id: string) => {
    const born = residents.get(id)?.birthDate ?? null;
    const age = born === null ? undefined : ageOfPartial(born, today);
    return age !== undefined && age < 18;
  };
  const minors = members.filter(isMinor);
  if (minors.length === 0 || minors.length < members.length) return null;
  const names = formatList(minors.map(nameOf), currentLanguage());
  return <Alert tone="warning">{t('families.aloneMinor', { names })}</Alert>;
}

function Members({ opened, family }: Props) {
  const { t } = useTranslation('reception');
  const services = useServices();
  const save = useSave();
  const residents = useWorkspace((state) => state.residents);
  const language = currentLanguage();
  const end = ({ resident, from, relation }: Membership) => {
    const field = memberFieldId(resident, from);
    const edit = { field, value: { to: services.today(), relation }, base: opened.baseOf(field) };
    void save({ records: [{ ref: { kind: 'family', id: family.id }, edits: [edit] }], action: 'edit', purpose: null });
  };
  const sorted = [...family.memberships].sort((a, b) => Number(a.to !== null) - Number(b.to !== null));
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('families.members')}</h2>
      {sorted.length === 0 && <p>{t('families.noMembers')}</p>}
      <ul className="plain-list plain-list--ruled">
        {sorted.map((member) => {
          const summary = residents.get(member.resident);
          const period = [member.from, member.to]
            .filter((day) => day !== null)
            .map((day) => formatDate(day, language))
            .join(' – ');
          return (
            <li key={`${member.resident} ${member.from}`} className="plain-list__row">
              <span className={member.to === null ? '' : 'muted'}>
                <Link to="/residents/$id" params={{ id: member.resident }} className="nl-link">
                  {summary === undefined ? '…' : `${summary.family}, ${summary.given}`}
                </Link>
                {' · '}
                {t(`relation.${member.relation}`)} · {period}
              </span>
              {member.to === null && <Button onPress={() => end(member)}>{t('families.end')}</Button>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
