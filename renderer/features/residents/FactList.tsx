import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { factsOf, holdsOn, type Fact, type FactKind } from '../../../shared/register/fact-kind.ts';
import { useServices, type OpenedRecord } from '../../services.tsx';
import { Button } from '../../ui/Button.tsx';
import { FactDialog } from './FactDialog.tsx';
import { useFactTexts } from './use-fact-texts.ts';

type Props = { readonly kind: FactKind; readonly opened: OpenedRecord; readonly readOnly?: boolean };

/** The facts of one kind, the newest first; what is over is still there. */
export function FactList({ kind, opened, readOnly = false }: Props) {
  const { t, kindName, oneName, periodText, detailText } = useFactTexts();
  const services = useServices();
  const [edited, setEdited] = useState<Fact | 'new' | null>(null);
  const today = services.today();
  const facts = factsOf(kind, opened.values);
  if (readOnly && facts.length === 0) return null;
  const mayAdd = !readOnly && (kind.keyed !== 'once' || facts.length === 0);
  return (
    <div className="facts">
      <div className="panel__head">
        <h3 className="nl-heading nl-heading--level-3">{kindName(kind)}</h3>
        {mayAdd && (
          <Button
            look="subtle"
            icon={<IconPlus size={18} />}
            aria-label={t('facts:addTo', { what: oneName(kind) })}
            onPress={() => setEdited('new')}
          >
            {t('facts:add')}
          </Button>
        )}
      </div>
      {facts.length > 0 && (
        <ul className="plain-list plain-list--ruled">
          {facts.map((fact) => {
            const period = periodText(kind, fact);
            const detail = detailText(kind, fact);
            return (
              <li key={fact.key} className={`plain-list__row ${holdsOn(fact, today) ? '' : 'muted'}`}>
                <span>
                  {detail === '' ? period : detail}
                  {detail !== '' && period !== '' && <span className="facts__period">{period}</span>}
                </span>
                {!readOnly && (
                  <Button
                    look="subtle"
                    icon={<IconPencil size={18} />}
                    aria-label={t('facts:changeWhich', { what: oneName(kind), which: detail })}
                    onPress={() => setEdited(fact)}
                  >
                    {t('facts:change')}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {edited !== null && (
        <FactDialog
          kind={kind}
          opened={opened}
          fact={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </div>
  );
}
