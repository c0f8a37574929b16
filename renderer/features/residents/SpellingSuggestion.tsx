import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { cyrillicCandidates } from '../../../shared/names/cyrillic-candidates.ts';
import type { CyrillicPart } from '../../../shared/register/resident-fields.ts';
import { Button } from '../../ui/Button.tsx';
import { ChoiceField } from '../../ui/ChoiceField.tsx';
import type { ResidentFormValues } from './resident-form.ts';

type Props = {
  readonly form: ResidentFormValues;
  readonly set: (change: Partial<ResidentFormValues>) => void;
};

const latinOf = {
  familyCyrillic: 'family',
  givenCyrillic: 'given',
  patronymicCyrillic: 'patronymic',
} as const satisfies Readonly<Record<CyrillicPart, keyof ResidentFormValues>>;
const parts = ['familyCyrillic', 'givenCyrillic', 'patronymicCyrillic'] as const;
/** Few enough to compare with a document; the usual ones come first. */
const offered = 6;
const none = 'none';

/**
 * Ukrainian spellings that the Latin name can come from, for who has no document that shows it. Nothing is filled in
 * until somebody chooses, what was chosen is marked, and what was typed or read from a document is never touched.
 */
export function SpellingSuggestion({ form, set }: Props) {
  const open = parts.filter((part) => form[part].trim() === '' || isProposed(form, part));
  const shown = open.filter((part) => form[latinOf[part]].trim() !== '');
  if (shown.length === 0) return null;
  return (
    <div className="stack">
      {shown.map((part, at) => (
        <PartSuggestion key={part} part={part} isFirst={at === 0} form={form} set={set} />
      ))}
    </div>
  );
}

export const isProposed = (form: ResidentFormValues, part: CyrillicPart): boolean =>
  form[part] !== '' && form.proposed[part] === form[part];

function PartSuggestion({ part, isFirst, form, set }: Props & { part: CyrillicPart; isFirst: boolean }) {
  const { t } = useTranslation('register');
  const latin = form[latinOf[part]].trim();
  const candidates = useMemo(() => cyrillicCandidates(latin, offered), [latin]);
  const isChosen = isProposed(form, part);
  const proposed = (text: string) => ({ ...form.proposed, [part]: text });
  if (candidates.length === 0 && !isChosen) return null;
  // A spelling that was chosen for a Latin name that was typed otherwise since stays to be seen.
  const all = !isChosen || candidates.includes(form[part]) ? candidates : [form[part], ...candidates];
  return (
    <div className="stack">
      <ChoiceField
        id={`spelling-${part}`}
        label={t('spelling.of', { field: t(`control.${part}`), latin })}
        hint={isFirst ? t('spelling.hint') : undefined}
        inline
        choices={[
          ...all.map((text) => ({ code: text, label: text, lang: 'uk' })),
          { code: none, label: t('spelling.none') },
        ]}
        value={isChosen ? form[part] : null}
        onChange={(text) => {
          const chosen = text === none ? '' : text;
          set({ [part]: chosen, proposed: proposed(chosen) });
        }}
      />
      {isChosen && (
        <div className="row">
          <p className="muted">{t('spelling.chosen')}</p>
          <Button look="subtle" onPress={() => set({ proposed: proposed('') })}>
            {t('spelling.seen')}
          </Button>
        </div>
      )}
    </div>
  );
}
