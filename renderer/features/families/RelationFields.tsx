import { useTranslation } from 'react-i18next';
import { relations, type Relation } from '../../../shared/register/codes.ts';
import type { Mover } from '../../../shared/register/household.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { useNameOf } from '../../use-name-of.ts';

type Props = {
  readonly movers: readonly Mover[];
  readonly onChange: (resident: string, relation: Relation) => void;
};

/** What everybody who comes is to the main person of the household they come to. */
export function RelationFields({ movers, onChange }: Props) {
  const { t } = useTranslation('reception');
  const nameOf = useNameOf();
  return movers.map(({ resident, relation }) => (
    <SelectField
      key={resident}
      id={`relation-${resident}`}
      label={t('families.relationOf', { name: nameOf(resident) })}
      choices={relations.map((code) => ({ code, label: t(`relation.${code}`) }))}
      value={relation}
      onChange={(code) => {
        if (code !== null) onChange(resident, code);
      }}
    />
  ));
}
