import { IconArrowLeft } from '@tabler/icons-react';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoMonth } from '../../../shared/kernel/dates.ts';
import { letterKinds, type LetterKind } from '../../../shared/letters/template.ts';
import { toResident } from '../../../shared/register/resident.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import { PrintActions } from '../../PrintActions.tsx';
import { useServices, type AssessedFamily } from '../../services.tsx';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { useOpened } from '../../use-opened.ts';
import { Letter, type LetterLayout } from './Letter.tsx';
import { amountKind, makeLetterCase } from './letter-case.ts';
import { LetterChoices, type ReaderLanguage } from './LetterChoices.tsx';
import { MissingFacts } from './MissingFacts.tsx';
import { monthIn } from './month-choice.ts';
import { findUnit, useAssessed } from './use-assessed.ts';
import { useLetterFacts } from './use-letters.ts';

/** A letter as it will be printed: Dutch, and complete once more in the language of the resident. */
export function LetterPage() {
  const { familyId = '' } = useParams({ strict: false });
  const search = useSearch({ strict: false });
  const services = useServices();
  const month = monthIn(search.month, services.today());
  const assessed = useAssessed(familyId, month);
  // The household is opened, so that the journal says whose letter was on the screen.
  const family = useOpened('family', familyId);
  if (assessed === undefined || family.state === 'loading') return null;
  if (!assessed.ok) return <MissingFacts error={assessed.error} familyId={familyId} />;
  const unit = findUnit(assessed.value, search.unit ?? null);
  return unit === undefined ? null : <OneLetter unit={unit} month={month} />;
}

function OneLetter({ unit, month }: { unit: AssessedFamily; month: IsoMonth }) {
  const { t } = useTranslation(['contributions', 'common', 'letters']);
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const [chosen, setChosen] = useState<ReaderLanguage | null>(null);
  const [layout, setLayout] = useState<LetterLayout>('after');
  const reader = useOpened('resident', unit.members[0]?.id ?? '');
  const { factsOf, templateOf } = useLetterFacts();
  const facts = factsOf(unit, month);
  const item = search.item ?? null;
  const kind = letterKinds.find((known) => known === search.kind) ?? amountKind(facts);
  const letter = makeLetterCase(facts, kind, item);
  const kinds = letterKinds.filter((known) => makeLetterCase(facts, known, item) !== undefined);
  const spoken = reader.state === 'ready' ? toResident(reader.opened.record.id, reader.opened.values).languages : [];
  const language = chosen ?? (spoken.includes('en') && !spoken.includes('uk') ? 'en' : 'uk');
  const unitSearch = { month, unit: unit.grownChild ?? undefined };

  const show = (next: LetterKind) =>
    void navigate({
      to: '/contributions/$familyId/letter',
      params: { familyId: unit.familyId },
      search: { ...unitSearch, kind: next, item: search.item },
      replace: true,
    });
  const back = () =>
    void (item === null
      ? navigate({ to: '/contributions/$familyId', params: { familyId: unit.familyId }, search: unitSearch })
      : navigate({ to: '/follow-up/$id', params: { id: item } }));
  return (
    <>
      <div className="no-print stack">
        <PageHeading
          title={t('print.title')}
          actions={
            <>
              <Button icon={<IconArrowLeft size={18} />} onPress={back}>
                {t('common:action.back')}
              </Button>
              <PrintActions pdfName={`leefgeld-${month}.pdf`} saved={t('print.saved')} />
            </>
          }
        />
        <div className="row letter-choices">
          {kinds.length > 1 && (
            <SelectField
              id="letterKind"
              label={t('letters:kindLabel')}
              choices={kinds.map((code) => ({ code, label: t(`letters:kind.${code}`) }))}
              value={kind}
              onChange={show}
            />
          )}
          <LetterChoices language={language} onLanguage={setChosen} layout={layout} onLayout={setLayout} />
        </div>
        {reader.state === 'failed' && <Alert tone="error">{errorMessage(reader.error)}</Alert>}
      </div>
      {letter !== undefined ? (
        <Letter letter={letter} template={templateOf(letter)} languages={['nl', language]} layout={layout} />
      ) : unit.result.ok ? (
        <Alert tone="info">{t('letters:nothing')}</Alert>
      ) : (
        <MissingFacts error={unit.result.error} familyId={unit.familyId} />
      )}
    </>
  );
}
