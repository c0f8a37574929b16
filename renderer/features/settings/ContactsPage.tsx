import { IconUserPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Input, Label, SearchField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { contactBodies, contactParts, type ContactBody } from '../../../shared/register/contacts.ts';
import { plain } from '../../../shared/search/plain.ts';
import { useContacts, type KeptContact } from '../../stores/contact-views.ts';
import { nameOrder } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { TableExport } from '../../TableExport.tsx';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { DataGrid, type Column } from '../../ui/DataGrid.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { ContactDialog } from './ContactDialog.tsx';

const all = 'all';
const idOf = ({ record, key }: KeptContact) => `${record} ${key}`;

/** Whom to write or call at the bodies that reception works with. Nothing is sent from here. */
export function ContactsPage() {
  const { t } = useTranslation('settings');
  const services = useServices();
  const contacts = useContacts();
  const [query, setQuery] = useState('');
  const [body, setBody] = useState<ContactBody | typeof all>(all);
  const [edited, setEdited] = useState<KeptContact | 'new' | null>(null);
  const shown = useMemo(() => {
    const words = plain(query)
      .split(' ')
      .filter((word) => word !== '');
    const textOf = (one: KeptContact) =>
      plain([t(`contacts.body.${one.body}`), ...contactParts.map((part) => one[part])].join(' '));
    const order = nameOrder(currentLanguage());
    const keyOf = (one: KeptContact) => [t(`contacts.body.${one.body}`), one.name, one.person].join(' ');
    return contacts
      .filter((one) => body === all || one.body === body)
      .filter((one) => words.every((word) => textOf(one).includes(word)))
      .sort((a, b) => order.compare(keyOf(a), keyOf(b)) || (idOf(a) < idOf(b) ? -1 : 1));
  }, [contacts, query, body, t]);
  const byId = useMemo(() => new Map(shown.map((one) => [idOf(one), one])), [shown]);
  const columns: readonly Column<KeptContact>[] = [
    {
      key: 'body',
      header: t('contacts.bodyLabel'),
      width: 'minmax(250px, 1.9fr)',
      isRowHeader: true,
      render: (one) => <span title={t(`contacts.body.${one.body}`)}>{t(`contacts.body.${one.body}`)}</span>,
    },
    ...(['name', 'person', 'phone', 'email', 'purpose'] as const).map((part) => ({
      key: part,
      header: t(`contacts.part.${part}`),
      width: part === 'phone' ? '150px' : 'minmax(130px, 1fr)',
      render: (one: KeptContact) => <span title={one[part]}>{one[part]}</span>,
    })),
  ];
  const makeTable = () => ({
    what: 'contacts',
    sheet: t('contacts.title'),
    fileName: `contacten-${services.today()}`,
    persons: shown.filter(({ person }) => person !== '').length,
    columns: ['body', ...contactParts].map((key) => ({
      key,
      header: key === 'body' ? t('contacts.bodyLabel') : t(`contacts.part.${key as 'name'}`),
      type: 'text' as const,
      sensitive: null,
    })),
    rows: shown.map((one) => [t(`contacts.body.${one.body}`), ...contactParts.map((part) => one[part])]),
  });
  return (
    <>
      <PageHeading
        title={t('contacts.title')}
        aside={<span role="status">{t('contacts.found', { count: shown.length })}</span>}
        actions={
          <>
            {shown.length > 0 && <TableExport makeTable={makeTable} />}
            <Button look="primary" icon={<IconUserPlus size={18} />} onPress={() => setEdited('new')}>
              {t('contacts.new')}
            </Button>
          </>
        }
      />
      <p>{t('contacts.intro')}</p>
      <div className="row">
        <SearchField value={query} onChange={setQuery} className="search-field">
          <Label className="utrecht-form-label">{t('contacts.search')}</Label>
          <Input className="utrecht-textbox utrecht-textbox--html-input text-field__control--full" />
        </SearchField>
        <SelectField
          id="contactFilter"
          label={t('contacts.bodyLabel')}
          choices={[
            { code: all, label: t('contacts.all') },
            ...contactBodies.map((code) => ({ code, label: t(`contacts.body.${code}`) })),
          ]}
          value={body}
          onChange={setBody}
        />
      </div>
      {shown.length === 0 ? (
        <Alert tone="info">{t('contacts.none')}</Alert>
      ) : (
        <DataGrid<KeptContact>
          key={JSON.stringify([query, body])}
          label={t('contacts.title')}
          columns={columns}
          ids={shown.map(idOf)}
          rowOf={(id) => byId.get(id)}
          onOpen={(id) => setEdited(byId.get(id) ?? null)}
        />
      )}
      {edited !== null && <ContactDialog contact={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </>
  );
}
