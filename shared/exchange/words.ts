import type {
  DocumentType,
  NationalityGroup,
  ProofType,
  RegisteredIncomeKind,
  Relation,
  Sex,
} from '../register/codes.ts';
import { reader } from './fact-words.ts';

/** Words that lists use for codes, in three languages. A code itself is always understood. */
const sexWords: Readonly<Record<Sex, readonly string[]>> = {
  F: ['v', 'vrouw', 'female', 'ж', 'жін', 'жінка', 'жіноча'],
  M: ['man', 'male', 'ч', 'чол', 'чоловік', 'чоловіча'],
  X: ['не визначено x'],
  unknown: ['o', 'onbekend', 'невідомо'],
};
const groupWords: Readonly<Record<NationalityGroup, readonly string[]>> = {
  ua: [
    'oekraiens',
    'oekrains',
    'ukrainian',
    'українське',
    'oekraiense nationaliteit',
    'громадянство україни',
    'ukrainian nationality',
  ],
  'permanent-permit': [
    'permanente vergunning',
    'permanent permit',
    'andere nationaliteit permanente vergunning in oekraine',
    'інше громадянство постійний дозвіл в україні',
    'other nationality permanent permit in ukraine',
  ],
  protection: [
    'bescherming in oekraine',
    'international protection',
    'andere nationaliteit bescherming in oekraine',
    'інше громадянство захист в україні',
    'other nationality protection in ukraine',
  ],
  'temporary-permit': [
    'tijdelijke vergunning',
    'derdelander',
    'temporary permit',
    'andere nationaliteit tijdelijke vergunning in oekraine',
    'інше громадянство тимчасовий дозвіл в україні',
    'other nationality temporary permit in ukraine',
  ],
  family: ['gezinslid', 'family member', 'член сімї'],
  unknown: ['onbekend', 'невідомо'],
};
const documentWords: Readonly<Record<DocumentType, readonly string[]>> = {
  passport: ['paspoort', 'закордонний паспорт', 'паспорт'],
  'id-card': ['identiteitskaart', 'id kaart', 'id картка', 'identity card'],
  'internal-passport': ['binnenlands paspoort', 'внутрішній паспорт'],
  'embassy-certificate': [
    'ambassadeverklaring',
    'embassy certificate',
    'verklaring van de ambassade',
    'довідка посольства',
  ],
  'birth-certificate': ['geboorteakte', 'свідоцтво про народження'],
  'parent-declaration': [
    'verklaring ouders',
    'ouderverklaring',
    'verklaring van de ouders',
    'заява батьків',
    'declaration by parents',
  ],
  'o-document': ['o document', 'документ o картка'],
  'sticker-passport': ['sticker', 'sticker in paspoort', 'наклейка в паспорті', 'sticker in passport'],
  'sticker-insert': ['inlegvel', 'sticker op inlegvel', 'наклейка на вкладиші', 'sticker on insert sheet'],
  'extension-letter': [
    'verlengingsbrief',
    'brief ind',
    'verlengingsbrief ind',
    'лист ind про продовження',
    'extension letter from the ind',
  ],
  other: ['anders', 'overig', 'інше', 'ander document', 'інший документ', 'other document'],
};
const proofWords: Readonly<Record<ProofType, readonly string[]>> = {
  'o-document': documentWords['o-document'],
  'sticker-passport': documentWords['sticker-passport'],
  'sticker-insert': documentWords['sticker-insert'],
  'extension-letter': documentWords['extension-letter'],
  other: [...documentWords.other, 'ander bewijs', 'інше підтвердження', 'other proof'],
};
const incomeWords: Readonly<Record<RegisteredIncomeKind, readonly string[]>> = {
  employment: [
    'loon',
    'salaris',
    'arbeid',
    'werk',
    'wages',
    'salary',
    'work',
    'зарплата',
    'робота',
    'loon uit werk',
    'заробітна плата',
    'wages from work',
  ],
  'wage-replacement-benefit': [
    'loondervingsuitkering',
    'ww',
    'ziektewet',
    'wia',
    'benefit',
    'uitkering in plaats van loon ww zw wia',
    'виплата замість зарплати ww zw wia',
    'benefit in place of wages ww zw wia',
  ],
  'supplementary-benefit': [
    'toeslag',
    'toeslagenwet',
    'toeslag van uwv toeslagenwet',
    'доплата від uwv toeslagenwet',
    'supplement from uwv toeslagenwet',
  ],
  pension: ['pensioen', 'пенсія'],
  'student-finance': ['studiefinanciering', 'студентське фінансування'],
  alimony: ['alimentatie', 'аліменти'],
  'site-chores': [
    'vergoeding werkzaamheden',
    'klussen op locatie',
    'klusgeld op de locatie',
    'плата за роботи в центрі',
    'pay for chores on the site',
  ],
  'holiday-pay': ['vakantiegeld', 'vakantietoeslag', 'holiday pay', 'відпускні'],
  bonus: [
    'bonus',
    '13e maand',
    'dertiende maand',
    'премія',
    'bonus of dertiende maand',
    'премія або тринадцята зарплата',
    'bonus or thirteenth month',
  ],
  'expense-allowance': [
    'onkostenvergoeding',
    'reiskosten',
    'expense allowance',
    'відшкодування витрат',
    'vergoeding van reis of andere kosten',
    'відшкодування витрат на проїзд тощо',
    'allowance for travel or other expenses',
  ],
  other: ['anders', 'overig', 'інше', 'ander inkomen', 'інший дохід', 'other income'],
};
const relationWords: Readonly<Record<Relation, readonly string[]>> = {
  'main-person': ['hoofdpersoon', 'hoofdbewoner', 'заявник', 'основна особа'],
  partner: ['echtgenoot', 'echtgenote', 'spouse', 'чоловік', 'дружина', 'чоловік дружина або партнер'],
  child: ['kind', 'zoon', 'dochter', 'son', 'daughter', 'дитина', 'син', 'дочка'],
  parent: ['ouder', 'moeder', 'vader', 'mother', 'father', 'мати', 'батько', 'батько або мати'],
  grandparent: ['grootouder', 'oma', 'opa', 'бабуся', 'дідусь', 'дідусь або бабуся'],
  sibling: [
    'broer',
    'zus',
    'brother',
    'sister',
    'брат',
    'сестра',
    'broer of zus',
    'брат або сестра',
    'brother or sister',
  ],
  'other-relative': ['familielid', 'overig familielid', 'родич', 'ander familielid', 'інший родич'],
  guardian: ['voogd', 'опікун', 'voogd of begeleider', 'опікун або особа що супроводжує', 'guardian or companion'],
};
const countryWords: Readonly<Record<string, readonly string[]>> = {
  UA: [
    'ukr',
    'oekraine',
    'oekraiens',
    'oekraiense',
    'ukraine',
    'ukrainian',
    'україна',
    'українське',
    'громадянин україни',
  ],
  RU: ['rus', 'rusland', 'russisch', 'russia', 'russian', 'росія'],
  BY: ['blr', 'belarus', 'belarussisch', 'білорусь'],
  MD: ['mda', 'moldavie', 'moldavisch', 'moldova', 'молдова'],
  GE: ['geo', 'georgie', 'georgisch', 'georgia', 'грузія'],
  NL: ['nld', 'nederland', 'nederlands', 'nederlandse', 'netherlands', 'dutch'],
  XX: ['staatloos', 'stateless', 'onbekend', 'без громадянства'],
};
const languageWords: Readonly<Record<string, readonly string[]>> = {
  uk: ['oekraiens', 'ukrainian', 'українська'],
  ru: ['russisch', 'russian', 'російська'],
  nl: ['nederlands', 'dutch', 'нідерландська'],
  en: ['engels', 'english', 'англійська'],
  pl: ['pools', 'polish', 'польська'],
  de: ['duits', 'german', 'німецька'],
};

/** The code of a word in a cell; undefined for words nobody has listed. */
export const findSex = reader(sexWords);
export const findNationalityGroup = reader(groupWords);
export const findDocumentType = reader(documentWords);
export const findProofType = reader(proofWords);
export const findIncomeKind = reader(incomeWords);
export const findRelation = reader(relationWords);
const findCountryWord = reader(countryWords);
const findLanguageWord = reader(languageWords);

/** ISO alpha-2 of a country or nationality: the code in capitals, or one of the usual words. */
export const findCountry = (text: string): string | undefined =>
  findCountryWord(text) ?? (/^[A-Z]{2}$/.test(text.trim()) ? text.trim() : undefined);

export const findLanguage = (text: string): string | undefined =>
  findLanguageWord(text) ?? (/^[a-z]{2,3}$/.test(text.trim()) ? text.trim() : undefined);
