import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useMemo, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { answerField, findDraftOf, makeDraft } from '../../../shared/questionnaire/return-intake.ts';
import { isHidden } from '../../../shared/sync/replica-record.ts';
import { formatPartialDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { orderResidents } from '../../list-order.ts';
import { useServices } from '../../services.tsx';
import { findResidents } from '../../stores/name-search.ts';
import { useSites } from '../../stores/register-views.ts';
import { useSession } from '../../stores/session-store.ts';
import { recordsOfKind, useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { CheckboxGroupField } from '../../ui/CheckboxField.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useSave } from '../../use-save.ts';
import { byName, useSearchIndex } from '../../use-search-index.ts';
import { intakeValues } from './intake.ts';
import { cyrillicName, personName } from './person-names.ts';

const shownHits = 6;

type Props = { readonly resident: string | undefined; readonly onClose: () => void };

/** Whom the interview is about: one resident, and who of the family takes part. */
export function NewIntakeDialog({ resident, onClose }: Props) {
  const { t } = useTranslation(['intakes', 'common']);
  const [main, setMain] = useState<string | null>(resident ?? null);
  return (
    <Dialog title={t('start.title')} isOpen onClose={onClose}>
      {main === null ? (
        <ChooseResident onChoose={setMain} onClose={onClose} />
      ) : (
        <StartForm key={main} main={main} onOther={() => setMain(null)} onClose={onClose} />
      )}
    </Dialog>
  );
}

function ChooseResident({ onChoose, onClose }: { onChoose: (id: string) => void; onClose: () => void }) {
  const { t } = useTranslation(['intakes', 'common']);
  const residents = useWorkspace((state) => state.residents);
  const [query, setQuery] = useState('');
  const wanted = useDeferredValue(query).trim();
  const language = currentLanguage();
  const index = useSearchIndex(residents, language);
  const found = useMemo(() => {
    void index;
    if (wanted === '') return null;
    const rows = findResidents(residents, orderResidents(residents, byName, language), wanted);
    return rows.filter((status) => status !== 'departed');
  }, [residents, language, wanted, index]);
  const hits = Array.from({ length: Math.min(shownHits, found?.length ?? 0) }, (_unused, at) => found?.at(at));
  return (
    <div className="form">
      <TextField
        id="start-search"
        label={t('start.search')}
        hint={t('start.searchHint')}
        width="full"
        value={query}
        onChange={setQuery}
      />
      <p role="status" className="start-found">
        {found !== null && t('start.found', { count: found.length })}
      </p>
      <ul className="plain-list">
        {hits.map((hit) => {
          if (hit === undefined) return null;
          return (
            <li key={hit.id}>
              <button type="button" className="hit" onClick={() => onChoose(hit.id)}>
                <span>{personName(residents, hit.id)}</span>
                <span lang="uk">{cyrillicName(hit)}</span>
                <span>{hit.birthDate === null ? '' : formatPartialDate(hit.birthDate, language)}</span>
              </button>
            </li>
          );
        })}
      </ul>
      <div className="form__actions">
        <Button onPress={onClose}>{t('common:action.cancel')}</Button>
      </div>
    </div>
  );
}

type StartProps = { readonly main: string; readonly onOther: () => void; readonly onClose: () => void };

function StartForm({ main, onOther, onClose }: StartProps) {
  const { t } = useTranslation(['intakes', 'common']);
  const services = useServices();
  const navigate = useNavigate();
  const save = useSave();
  const user = useSession((state) => state.user);
  const residents = useWorkspace((state) => state.residents);
  const records = useWorkspace((state) => state.records);
  const sites = useSites();
  const chosen = residents.get(main);
  const [others, setOthers] = useState<readonly string[]>([]);
  const [site, setSite] = useState<string | null>(chosen?.site ?? (sites.length === 1 ? (sites[0]?.id ?? null) : null));
  const [siteError, setSiteError] = useState<string>();
  const drafts = useMemo(
    () =>
      recordsOfKind(records, 'returnIntake').flatMap((record) =>
        isHidden(record) ? [] : [{ id: record.id, values: intakeValues(record) }],
      ),
    [records],
  );
  const family = [...residents.values()].filter(
    ({ id, familyId, status }) =>
      id !== main && familyId !== null && familyId === chosen?.familyId && status !== 'departed',
  );
  const busy = [main, ...others].flatMap((person) => {
    const draft = findDraftOf(person, drafts);
    return draft === undefined ? [] : [{ person, draft }];
  })[0];
  const open = (id: string) => void navigate({ to: '/intakes/$intakeId', params: { intakeId: id }, search: {} });

  const start = async (event: FormEvent) => {
    event.preventDefault();
    if (busy !== undefined) return;
    if (site === null) return setSiteError(t('start.siteError'));
    const id = services.newId();
    const fields = {
      ...makeDraft(site, [main, ...others], services.today()),
      [answerField('caseworker_id', null)]: user?.id ?? null,
    };
    const edits = Object.entries(fields).map(([field, value]) => ({ field, value, base: [] }));
    const records = [{ ref: { kind: 'returnIntake' as const, id }, edits }];
    const receipt = await save({ records, action: 'create', purpose: null }, t('start.started'));
    if (receipt !== undefined) open(id);
  };

  return (
    <form noValidate className="form" onSubmit={(event) => void start(event)}>
      <p className="start-main">
        <strong>{personName(residents, main)}</strong>
        {chosen !== undefined && <span lang="uk">{cyrillicName(chosen)}</span>}
        <Button onPress={onOther}>{t('start.other')}</Button>
      </p>
      {family.length > 0 && (
        <CheckboxGroupField
          id="start-family"
          label={t('start.family')}
          hint={t('start.familyHint')}
          choices={family.map(({ id, birthDate }) => ({
            code: id,
            label: [
              personName(residents, id),
              birthDate === null ? '' : formatPartialDate(birthDate, currentLanguage()),
            ]
              .filter((part) => part !== '')
              .join(' · '),
          }))}
          value={others}
          onChange={setOthers}
        />
      )}
      {(chosen?.site ?? null) === null && (
        <SelectField
          id="start-site"
          label={t('start.site')}
          error={siteError}
          empty={t('ref.choose')}
          choices={sites.map(({ id, name }) => ({ code: id, label: name }))}
          value={site}
          onChange={setSite}
        />
      )}
      {busy !== undefined && (
        <Alert tone="warning" role="alert">
          <p>{t('start.busy', { name: personName(residents, busy.person) })}</p>
          <Button onPress={() => open(busy.draft)}>{t('start.openExisting')}</Button>
        </Alert>
      )}
      <div className="form__actions">
        {busy === undefined && (
          <Button type="submit" look="primary">
            {t('start.button')}
          </Button>
        )}
        <Button onPress={onClose}>{t('common:action.cancel')}</Button>
      </div>
    </form>
  );
}
