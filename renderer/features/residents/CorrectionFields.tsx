import type { Value } from '../../../shared/records/record.ts';
import type { Provenance } from '../../../shared/register/correction.ts';
import { correctionFacts } from '../../../shared/register/facts.ts';
import { ChoiceField } from '../../ui/ChoiceField.tsx';
import { FactInput } from './FactInput.tsx';
import { useFactTexts } from './use-fact-texts.ts';

/** What the form asks; the rest of a correction follows from what was changed. */
export const provenanceParts = correctionFacts.parts.filter(({ name }) =>
  ['askedOn', 'askedBy', 'source', 'why'].includes(name),
);

type Props = {
  /** Null for a change that nobody asked for. */
  readonly provenance: Provenance | null;
  readonly onChange: (provenance: Provenance | null) => void;
  readonly start: () => Provenance;
  readonly errorOf: (fieldId: string) => string | undefined;
};

/** Whether a change puts right what was wrong, and then at whose request and on what ground. */
export function CorrectionFields({ provenance, onChange, start, errorOf }: Props) {
  const { t } = useFactTexts();
  return (
    <fieldset className="form__section">
      <legend className="nl-heading nl-heading--level-2">{t('facts:changeKind.title')}</legend>
      <ChoiceField
        id="changeKind"
        label={t('facts:changeKind.question')}
        choices={(['change', 'correction'] as const).map((code) => ({
          code,
          label: t(`facts:changeKind.kind.${code}`),
        }))}
        value={provenance === null ? 'change' : 'correction'}
        onChange={(code) => onChange(code === 'correction' ? start() : null)}
        error={errorOf('changeKind')}
      />
      {provenance !== null && (
        <div className="form__pair">
          {provenanceParts.map((part) => (
            <FactInput
              key={part.name}
              part={part}
              value={provenance[part.name] ?? null}
              onChange={(value: Value) => onChange({ ...provenance, [part.name]: value })}
              error={errorOf(`fact-${part.name}`)}
            />
          ))}
        </div>
      )}
    </fieldset>
  );
}
