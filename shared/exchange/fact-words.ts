import {
  type departureReasons,
  type deregistrationReasons,
  type protectionStatuses,
  type successorTypes,
} from '../register/codes.ts';
import { type factCodes } from '../register/fact-codes.ts';
import { headerKey } from './header-key.ts';

type Words<Code extends string> = Readonly<Record<Code, readonly string[]>>;

const statusWords: Words<(typeof protectionStatuses)[number]> = {
  announced: ['aangekondigd', 'повідомлено про прибуття'],
  arrived: ['aangekomen', 'прибуття'],
  registered: ['ingeschreven in de BRP', 'реєстрація в BRP', 'registered in the BRP'],
  'rtb-proven': [
    'bewijs van tijdelijke bescherming',
    'є підтвердження тимчасового захисту',
    'temporary protection proven',
  ],
  transition: ['overgang', 'перехідний період'],
  departed: ['vertrokken', 'виїзд'],
  deregistered: ['uitgeschreven', 'знято з реєстрації'],
  'rtb-refused': ['bescherming geweigerd', 'у захисті відмовлено', 'protection refused'],
  'successor-status': ['andere verblijfsstatus', 'інший статус перебування', 'other residence status'],
};
const successorWords: Words<(typeof successorTypes)[number]> = {
  asylum: ['asiel', 'притулок'],
  labour: ['arbeid', 'робота'],
  study: ['studie', 'навчання'],
  humanitarian: ['humanitair', 'гуманітарні підстави'],
  'transition-document': ['transitiedocument', 'перехідний документ'],
  other: ['andere status', 'інший статус', 'other status'],
};
const deregistrationWords: Words<(typeof deregistrationReasons)[number]> = {
  'left-country': ['vertrokken uit Nederland', 'виїзд з Нідерландів', 'left the Netherlands'],
  moved: ['verhuisd', 'переїзд'],
  'ex-officio': [
    'ambtshalve',
    'door de gemeente zelf ambtshalve',
    'за рішенням муніципалітету ambtshalve',
    'by the municipality itself ambtshalve',
  ],
  died: ['overleden', 'смерть'],
  other: ['andere reden', 'інша причина', 'other reason'],
};
const departureWords: Words<(typeof departureReasons)[number]> = {
  'return-to-ukraine': ['terug naar Oekraïne', 'повернення в Україну'],
  'other-country': ['naar een ander land', 'до іншої країни', 'to another country'],
  'other-municipality': ['naar een andere gemeente', 'до іншого муніципалітету', 'to another municipality'],
  'own-housing': ['eigen woning', 'власне житло'],
  'host-family': ['naar een gastgezin', 'до родини, що приймає', 'to a host family'],
  died: ['overleden', 'смерть'],
  unknown: ['onbekend', 'невідомо'],
  other: ['andere reden', 'інша причина', 'other reason'],
};
const guardianWords: Words<(typeof factCodes.guardianKind)[number]> = {
  institution: [
    'Nidos',
    'voogd van de voogdij-instelling (Nidos)',
    'опікун від установи опіки (Nidos)',
    'guardian of the guardianship institution (Nidos)',
  ],
  court: [
    'voogd',
    'voogd benoemd door de Nederlandse rechter',
    'опікун, призначений судом Нідерландів',
    'guardian appointed by a Dutch court',
  ],
  foreign: [
    'gezag volgens een Oekraïens besluit',
    'опіка за рішенням української влади',
    'authority by a Ukrainian decision',
  ],
  companion: [
    'begeleider',
    'begeleider met een brief van de ouders (geen gezag)',
    'супровід з листом від батьків (без опіки)',
    'companion with a letter of the parents (no authority)',
  ],
  reported: [
    'gemeld bij de voogdij-instelling, nog geen voogd',
    'повідомлено установі опіки, опікуна ще немає',
    'reported to the guardianship institution, no guardian yet',
  ],
};
const asylumWords: Words<(typeof factCodes.asylumState)[number]> = {
  filed: ['ingediend', 'подано'],
  suspended: ['beslissing opgeschort', 'рішення відкладено', 'decision suspended'],
  resumed: ['weer in behandeling', 'розгляд відновлено', 'taken up again'],
  withdrawn: ['ingetrokken', 'відкликано'],
  granted: ['toegekend', 'задоволено'],
  refused: ['afgewezen', 'відмовлено'],
};
const answerWords: Words<'yes' | 'no' | 'unknown'> = {
  yes: ['ja', 'j', 'y', 'так', 'x', 'true', 'waar', '1'],
  no: ['nee', 'n', 'ні', 'false', 'onwaar', '0'],
  unknown: ['onbekend', 'невідомо'],
};

/** The code of a word in a cell; undefined for words nobody has listed. A code itself is always understood. */
export function reader<Code extends string>(table: Words<Code>): (text: string) => Code | undefined {
  const codes = new Map<string, Code>();
  for (const code of Object.keys(table) as Code[]) {
    codes.set(headerKey(code), code);
    for (const word of table[code]) codes.set(headerKey(word), code);
  }
  return (text) => codes.get(headerKey(text));
}

export const findProtectionStatus = reader(statusWords);
export const findSuccessor = reader(successorWords);
export const findDeregistrationReason = reader(deregistrationWords);
export const findDepartureReason = reader(departureWords);
export const findGuardianKind = reader(guardianWords);
export const findAsylumState = reader(asylumWords);
export const findAnswer = reader(answerWords);
