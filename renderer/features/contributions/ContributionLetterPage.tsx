import { IconArrowLeft, IconFileTypePdf, IconPrinter } from '@tabler/icons-react';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decisionReference, standingDecisions } from '../../../shared/contribution/decisions-of.ts';
import type { IsoMonth } from '../../../shared/kernel/dates.ts';
import { toFamily } from '../../../shared/register/family.ts';
import { toResident } from '../../../shared/register/resident.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import { languageNames, type Language } from '../../i18n/i18n.ts';
import { useServices, type AssessedFamily } from '../../services.tsx';
import { useDecisions, useSites } from '../../stores/register-views.ts';
import { addNotice } from '../../stores/session-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { ChoiceField } from '../../ui/ChoiceField.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { useOpened } from '../../use-opened.ts';
import { ContributionLetter, type LetterFacts } from './ContributionLetter.tsx';
import { MissingFacts } from './MissingFacts.tsx';
import { monthIn } from './month-choice.ts';
import { findUnit, useAssessed } from './use-assessed.ts';
import { useUserName } from './use-user-name.ts';

/** The letter as it will be printed: Dutch, and complete once more in the language of the resident. */
export function ContributionLetterPage() {
  const { familyId = '' } = useParams({ strict: false });
  const search = useSearch({ strict: false });
  const services = useServices();
  const month = monthIn(search.month, services.today());
  const assessed = useAssessed(familyId, month);
  if (assessed === undefined) return null;
  if (!assessed.ok) return <MissingFacts error={assessed.error} familyId={familyId} />;
  const unit = findUnit(assessed.value, search.unit ?? null);
  return unit === undefined ? null : <Letter unit={unit} month={month} />;
}

function Letter({ unit, month }: { unit: AssessedFamily; month: IsoMonth }) {
  const { t } = useTranslation(['contributions', 'common']);
  const services = useServices();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<Language | null>(null);
  const reader = useOpened('resident', unit.members[0]?.id ?? '');
  const facts = useLetterFacts(unit, month);
  if (facts === null)
    return unit.result.ok ? null : <MissingFacts error={unit.result.error} familyId={unit.familyId} />;
  const spoken = reader.state === 'ready' ? toResident(reader.opened.record.id, reader.opened.values).languages : [];
  const language = chosen ?? (spoken.includes('en') && !spoken.includes('uk') ? 'en' : 'uk');

  const savePdf = async () => {
    const saved = await services.savePdf(`leefgeld-${month}.pdf`);
    if (saved === 'saved') addNotice({ tone: 'ok', text: t('print.saved') });
  };
  return (
    <>
      <div className="no-print stack">
        <PageHeading
          title={t('print.title')}
          actions={
            <>
              <Button
                icon={<IconArrowLeft size={18} />}
                onPress={() =>
                  void navigate({
                    to: '/contributions/$familyId',
                    params: { familyId: unit.familyId },
                    search: { month, unit: unit.grownChild ?? undefined },
                  })
                }
              >
                {t('common:action.back')}
              </Button>
              <Button icon={<IconFileTypePdf size={18} />} onPress={() => void savePdf()}>
                {t('common:action.pdf')}
              </Button>
              <Button look="primary" icon={<IconPrinter size={18} />} onPress={() => void services.print()}>
                {t('common:action.print')}
              </Button>
            </>
          }
        />
        <ChoiceField
          id="letterLanguage"
          label={t('print.language')}
          inline
          choices={(['uk', 'en'] as const).map((code) => ({ code, label: languageNames[code] }))}
          value={language}
          onChange={setChosen}
        />
        {reader.state === 'failed' && <Alert tone="error">{errorMessage(reader.error)}</Alert>}
      </div>
      <ContributionLetter facts={facts} languages={['nl', language]} />
    </>
  );
}

/** Of a decided month what was decided, whatever the register says today. */
function useLetterFacts(unit: AssessedFamily, month: IsoMonth): LetterFacts | null {
  const services = useServices();
  const nameOfUser = useUserName();
  const sites = useSites();
  const family = useOpened('family', unit.familyId);
  const [decision] = standingDecisions(useDecisions(), unit, month);
  const site = family.state === 'ready' ? toFamily(unit.familyId, family.opened.values).site : null;
  const assessment = decision?.receipt.assessment ?? (unit.result.ok ? unit.result.value : null);
  if (assessment === null) return null;
  return {
    assessment,
    members: unit.members,
    site: sites.find(({ id }) => id === site)?.name ?? '',
    printedOn: services.today(),
    billMonth: unit.billMonth === month ? null : unit.billMonth,
    decision:
      decision === undefined
        ? null
        : {
            who: nameOfUser(decision.receipt.decidedBy),
            atMs: decision.receipt.decidedAtMs,
            reference: decisionReference(decision.id, month),
          },
  };
}
