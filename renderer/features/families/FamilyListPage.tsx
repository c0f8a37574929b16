import { IconHomePlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { Input, Label, SearchField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { findReceptionOn, membersOn, type Family } from '../../../shared/register/family.ts';
import { searchKeys, matchScore } from '../../../shared/search/fold.ts';
import { formatList, nameOrder } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { useFamilies, useSites } from '../../stores/register-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { DataGrid, type Column } from '../../ui/DataGrid.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { FamilyDialog } from './FamilyDialog.tsx';

export function FamilyListPage() {
  const { t } = useTranslation('reception');
  const navigate = useNavigate();
  const services = useServices();
  const language = currentLanguage();
  const families = useFamilies();
  const sites = useSites();
  const residents = useWorkspace((state) => state.residents);
  const [query, setQuery] = useState('');
  const [isMaking, setMaking] = useState(false);
  const today = services.today();

  const byId = useMemo(() => new Map(families.map((family) => [family.id, family])), [families]);
  const ids = useMemo(() => {
    const order = nameOrder(language);
    const matches = ({ label }: Family) => query.trim() === '' || matchScore(query, searchKeys(label)) > 0;
    return families
      .filter(matches)
      .sort((a, b) => order.compare(a.label, b.label) || (a.id < b.id ? -1 : 1))
      .map(({ id }) => id);
  }, [families, query, language]);

  const namesOf = (family: Family) =>
    formatList(
      membersOn(family, today).map(({ resident }) => residents.get(resident)?.given ?? '…'),
      language,
    );
  const columns: readonly Column<Family>[] = [
    {
      key: 'label',
      header: t('families.label'),
      width: 'minmax(230px, 1fr)',
      isRowHeader: true,
      render: (row) => row.label,
    },
    { key: 'members', header: t('families.members'), width: 'minmax(260px, 2fr)', render: namesOf },
    {
      key: 'count',
      header: t('families.members'),
      width: '120px',
      render: (row) => t('families.memberCount', { count: membersOn(row, today).length }),
    },
    {
      key: 'site',
      header: t('families.site'),
      width: 'minmax(120px, 1fr)',
      render: (row) => sites.find(({ id }) => id === row.site)?.name ?? '–',
    },
    {
      key: 'reception',
      header: t('families.reception'),
      width: '190px',
      render: (row) => {
        const reception = findReceptionOn(row, today);
        return reception === undefined ? t('families.receptionDefault') : t(`kind.${reception.reception}`);
      },
    },
  ];

  return (
    <>
      <PageHeading
        title={t('families.title')}
        aside={<span role="status">{t('families.found', { count: ids.length })}</span>}
        actions={
          <Button look="primary" icon={<IconHomePlus size={18} />} onPress={() => setMaking(true)}>
            {t('families.new')}
          </Button>
        }
      />
      <SearchField value={query} onChange={setQuery} className="search-field">
        <Label className="utrecht-form-label">
          {t('families.label')} <kbd>/</kbd>
        </Label>
        <Input className="utrecht-textbox utrecht-textbox--html-input text-field__control--full" />
      </SearchField>
      {ids.length === 0 ? (
        <Alert tone="info">{t('families.empty')}</Alert>
      ) : (
        <DataGrid
          key={query}
          label={t('families.title')}
          columns={columns}
          ids={ids}
          rowOf={(id) => byId.get(id)}
          onOpen={(id) => void navigate({ to: '/families/$id', params: { id } })}
        />
      )}
      {isMaking && (
        <FamilyDialog
          onClose={() => setMaking(false)}
          onMade={(id) => void navigate({ to: '/families/$id', params: { id } })}
        />
      )}
    </>
  );
}
