import { useTranslation } from 'react-i18next';
import { headerOf } from '../../../shared/exchange/columns.ts';
import type { ExportColumn } from '../../../shared/exchange/export-table.ts';
import { isImportColumn, type ResidentSurroundings, type WordList } from '../../../shared/exchange/resident-export.ts';
import { membersOn } from '../../../shared/register/family.ts';
import { residentCode } from '../../../shared/register/resident.ts';
import { findCodeLabel } from '../../../shared/questionnaire/code-lists.ts';
import { safetyRegionsOn } from '../../../shared/reception/safety-regions.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { findBedPlace } from '../../../shared/reception/site.ts';
import { useServices } from '../../services.tsx';
import { useFamilies, useSites } from '../../stores/register-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { sensitivityOfKey, type ExportKey, type FactColumns } from './export-columns.ts';

const nothing: ResidentSurroundings = {
  household: '',
  relation: '',
  site: '',
  building: '',
  room: '',
  bed: '',
  status: '',
  safetyRegion: '',
  shelter: '',
};

/** The words of a file that is written: its columns, the codes, and what other records say about a resident. */
export function useExportTexts(facts: FactColumns | null) {
  const { t } = useTranslation(['register', 'reception', 'reports', 'contributions', 'facts']);
  const services = useServices();
  const sites = useSites();
  const families = useFamilies();

  const labelOf = (key: ExportKey): string => {
    switch (key) {
      case 'code':
        return t('register:column.code');
      case 'status':
        return t('register:list.status');
      case 'safetyRegion':
        return t('register:export.region');
      case 'shelter':
        return t('register:export.shelter');
      case 'fact':
        return facts?.label ?? '';
      case 'period':
        return t('facts:search.period');
      default:
        return t(`register:importColumn.${key}`);
    }
  };
  const columnOf = (key: ExportKey): ExportColumn & { readonly key: ExportKey } => ({
    key,
    header: isImportColumn(key) ? headerOf(key, labelOf(key)) : labelOf(key),
    type: key === 'incomeAmount' ? 'number' : 'text',
    sensitive: sensitivityOfKey(key, facts),
  });
  const wordOf = (list: WordList, code: string): string => {
    switch (list) {
      case 'relation':
        return t(`reception:relation.${code as 'child'}`);
      case 'incomeKind':
        return t(`contributions:kind.${code as 'other'}`);
      case 'sex':
        return t(`register:sex.${code as 'F'}`);
      case 'nationalityGroup':
        return t(`register:nationalityGroup.${code as 'ua'}`);
      case 'documentType':
        return t(`register:documentType.${code as 'other'}`);
      case 'proofType':
        return t(`register:proofType.${code as 'other'}`);
      case 'protectionStatus':
        return t(`register:protectionStatus.${code as 'arrived'}`);
      case 'deregistrationReason':
        return t(`register:deregistrationReason.${code as 'other'}`);
      case 'departureReason':
        return t(`register:departureReason.${code as 'other'}`);
      case 'successor':
        return t(`facts:code.successor.${code as 'other'}`);
      case 'guardianKind':
        return t(`facts:code.guardianKind.${code as 'court'}`);
      case 'asylumState':
        return t(`facts:code.asylumState.${code as 'filed'}`);
      case 'yesNoUnknown':
        return t(`facts:code.yesNoUnknown.${code as 'yes'}`);
    }
  };

  const territoryOf = (code: string) => findCodeLabel('ua_oblast', code)?.[currentLanguage()] ?? code;
  const regions = new Map(safetyRegionsOn(services.today()).map(({ code, name }) => [code, name]));
  const regionName = (code: string | null) => (code === null ? '' : (regions.get(code) ?? code));

  /** As things stand now; households of one name are told apart by their code. */
  const surroundings = (): ((id: string) => ResidentSurroundings) => {
    const { residents } = useWorkspace.getState();
    const siteById = new Map(sites.map((site) => [site.id, site]));
    const familyById = new Map(families.map((family) => [family.id, family]));
    const times = new Map<string, number>();
    for (const { label } of families) times.set(label, (times.get(label) ?? 0) + 1);
    const today = services.today();
    return (id) => {
      const summary = residents.get(id);
      if (summary === undefined) return nothing;
      const site = summary.site === null ? undefined : siteById.get(summary.site);
      const place = site === undefined || summary.bed === null ? undefined : findBedPlace(site, summary.bed);
      const family = summary.familyId === null ? undefined : familyById.get(summary.familyId);
      const member = family && membersOn(family, today).find(({ resident }) => resident === id);
      const code = family === undefined ? '' : residentCode(family.id);
      const isAlone = family !== undefined && family.label !== '' && times.get(family.label) === 1;
      return {
        household: isAlone ? family.label : [family?.label ?? '', code].filter((part) => part !== '').join(' '),
        relation: member?.relation ?? '',
        site: site?.name ?? '',
        building: place?.building ?? '',
        room: place?.room ?? '',
        bed: place?.bed ?? '',
        status: t(`register:status.${summary.status}`),
        safetyRegion: regionName(site?.safetyRegion ?? null),
        shelter: site === undefined ? '' : t(`reports:regions.shelter.${site.shelter}`),
      };
    };
  };
  return { labelOf, columnOf, words: { wordOf, territoryOf }, surroundings };
}
