import type { FactKind, FactPart } from './fact-kind.ts';

const from: FactPart = { name: 'from', type: 'day', required: true };
/** The last day on which it holds; open while it goes on. */
const to: FactPart = { name: 'to', type: 'day' };
const note: FactPart = { name: 'note', type: 'text', max: 500 };

/** Identity papers; they have no start, so each has a key of its own. */
export const documentFacts: FactKind = {
  stem: 'document',
  keyed: 'id',
  parts: [
    { name: 'type', type: 'code', list: 'documentType', required: true },
    { name: 'number', type: 'text', max: 40, blank: true },
    { name: 'issuingCountry', type: 'country' },
    { name: 'validUntil', type: 'day' },
    { name: 'seenOn', type: 'day', past: true },
  ],
};

/** A public body verifies that a BSN belongs to the person: Wabb art. 12. */
export const bsnVerifiedFact: FactKind = {
  stem: 'bsnVerified',
  keyed: 'once',
  parts: [
    { name: 'on', type: 'day', required: true, past: true },
    { name: 'against', type: 'text', max: 100, required: true },
  ],
};

/** Registration in the BRP: who comes back gets a new period (register.md §5). */
export const brpFacts: FactKind = {
  stem: 'brp',
  keyed: 'id',
  parts: [
    from,
    { name: 'municipality', type: 'text', max: 10, required: true },
    to,
    { name: 'reason', type: 'code', list: 'deregistrationReason', onlyWith: 'to' },
    { name: 'destination', type: 'country', onlyWith: 'to' },
  ],
};

export const protectionFact: FactKind = {
  stem: 'protection',
  keyed: 'once',
  parts: [
    { name: 'status', type: 'code', list: 'protectionStatus', required: true },
    { name: 'since', type: 'day' },
    { name: 'proofType', type: 'code', list: 'proofType' },
    { name: 'validUntil', type: 'day' },
    { name: 'successor', type: 'code', list: 'successor' },
  ],
};

/** The asylum request that rests while there is temporary protection (register.md §1). */
export const asylumFacts: FactKind = {
  stem: 'asylum',
  keyed: 'start',
  parts: [
    from,
    { name: 'state', type: 'code', list: 'asylumState', required: true },
    { name: 'reference', type: 'text', max: 40 },
  ],
};

/** A new end of the own proof, with the decision it rests on; made for many people at once. */
export const extensionFacts: FactKind = {
  stem: 'extension',
  keyed: 'start',
  parts: [
    from,
    { name: 'until', type: 'day', required: true },
    { name: 'formerUntil', type: 'day' },
    { name: 'legalAct', type: 'text', max: 200, required: true },
  ],
};

/** Guardian or companion of a child without parents here, or that the child was reported and nobody is named yet. */
export const guardianFacts: FactKind = {
  stem: 'guardian',
  keyed: 'start',
  parts: [
    from,
    { name: 'guardianKind', type: 'code', list: 'guardianKind', required: true },
    { name: 'guardianName', type: 'text', max: 100 },
    { name: 'organisation', type: 'text', max: 100 },
    { name: 'contact', type: 'text', max: 100 },
    { name: 'reference', type: 'text', max: 40 },
    to,
  ],
};

export const workFacts: FactKind = {
  stem: 'work',
  keyed: 'start',
  parts: [
    from,
    to,
    { name: 'occupation', type: 'occupation' },
    { name: 'employer', type: 'text', max: 100 },
    { name: 'contract', type: 'code', list: 'contract' },
    { name: 'hours', type: 'count', max: 80 },
    { name: 'workLevel', type: 'code', list: 'workLevel' },
  ],
};

export const goalFacts: FactKind = {
  stem: 'goal',
  keyed: 'start',
  parts: [
    from,
    { name: 'area', type: 'code', list: 'goalArea', required: true },
    { name: 'goal', type: 'text', max: 200, required: true },
    { name: 'outcome', type: 'code', list: 'outcome' },
    to,
  ],
};

/** `from` is the day of the assessment; a later one does not replace it. */
export const languageLevelFacts: FactKind = {
  stem: 'languageLevel',
  keyed: 'start',
  parts: [
    from,
    { name: 'language', type: 'code', list: 'language', required: true },
    { name: 'level', type: 'code', list: 'languageLevel', required: true },
    { name: 'assessedBy', type: 'code', list: 'assessedBy' },
  ],
};

/** Language lessons, voluntary civic integration and training. */
export const courseFacts: FactKind = {
  stem: 'course',
  keyed: 'start',
  parts: [
    from,
    { name: 'courseKind', type: 'code', list: 'courseKind', required: true },
    { name: 'provider', type: 'text', max: 100 },
    { name: 'targetLevel', type: 'code', list: 'languageLevel' },
    { name: 'hours', type: 'count', max: 80 },
    to,
    { name: 'outcome', type: 'code', list: 'outcome' },
    { name: 'diploma', type: 'text', max: 100 },
  ],
};

/** Education that was had; `from` is the day it was written down. */
export const educationFacts: FactKind = {
  stem: 'education',
  keyed: 'start',
  parts: [
    from,
    { name: 'educationLevel', type: 'code', list: 'educationLevel', required: true },
    { name: 'subject', type: 'text', max: 100 },
    { name: 'country', type: 'country' },
    { name: 'finished', type: 'code', list: 'yesNoUnknown' },
    { name: 'diplomaValued', type: 'code', list: 'diplomaValued' },
  ],
};

export const schoolFacts: FactKind = {
  stem: 'school',
  keyed: 'start',
  parts: [
    from,
    { name: 'schoolKind', type: 'code', list: 'schoolKind', required: true },
    { name: 'school', type: 'text', max: 100 },
    to,
  ],
};

/** By which scheme care is paid (register.md §14, §15). */
export const careRouteFacts: FactKind = {
  stem: 'careRoute',
  keyed: 'start',
  parts: [from, { name: 'route', type: 'code', list: 'careRoute', required: true }, to, note],
};

/** To whom somebody was referred; no complaint and no diagnosis (register.md §14). */
export const careFacts: FactKind = {
  stem: 'care',
  keyed: 'start',
  parts: [
    from,
    { name: 'careKind', type: 'code', list: 'careKind', required: true },
    { name: 'provider', type: 'text', max: 100 },
    { name: 'interpreter', type: 'code', list: 'yesNoUnknown' },
    to,
  ],
};

export const provisionFacts: FactKind = {
  stem: 'provision',
  keyed: 'start',
  parts: [
    from,
    { name: 'provision', type: 'code', list: 'provision', required: true },
    { name: 'count', type: 'count', max: 999 },
    note,
  ],
};

/**
 * Steps to work in a regulated profession: LOGO statement, BIG register; for psychologists also the supervising BIG
 * professional and the care provider's agreement under the RMO.
 */
export const professionFacts: FactKind = {
  stem: 'profession',
  keyed: 'start',
  parts: [
    from,
    { name: 'profession', type: 'code', list: 'regulatedProfession', required: true },
    { name: 'step', type: 'code', list: 'professionStep', required: true },
    { name: 'reference', type: 'text', max: 40 },
    note,
  ],
};

/** Only where the territory list says that it may be kept (register.md §14). */
export const lastResidenceFacts: FactKind = {
  stem: 'lastResidence',
  keyed: 'start',
  parts: [from, { name: 'oblast', type: 'oblast', required: true }, { name: 'raion', type: 'text', max: 80 }, to],
};

/** Not kept as a fact: two single fields of the resident, looked for as if they were one. */
export const leftUkraineFacts: FactKind = {
  stem: 'leftUkraineOn',
  keyed: 'once',
  parts: [from, { name: 'livedInUkraine', type: 'code', list: 'yesNoUnknown' }],
};

/**
 * What somebody asked to be put right: about which field, by whom, on what ground, and what became of it. A refusal
 * keeps what the person says; a dispute marks the field until it is settled (security.md §5.5).
 */
export const correctionFacts: FactKind = {
  stem: 'correction',
  keyed: 'id',
  parts: [
    { name: 'askedOn', type: 'day', required: true, past: true },
    { name: 'about', type: 'code', list: 'correctedField', required: true },
    { name: 'correctionOutcome', type: 'code', list: 'correctionOutcome', required: true },
    { name: 'askedBy', type: 'code', list: 'askedBy', required: true },
    { name: 'source', type: 'text', max: 200, required: true },
    { name: 'why', type: 'text', max: 500, required: true },
    { name: 'statement', type: 'text', max: 1000 },
  ],
};

/** What a person decided about keeping or erasing this file; nothing goes by itself. */
export const retentionFacts: FactKind = {
  stem: 'retention',
  keyed: 'id',
  parts: [
    { name: 'decidedOn', type: 'day', required: true, past: true },
    { name: 'retentionDecision', type: 'code', list: 'retentionDecision', required: true },
    { name: 'why', type: 'text', max: 500, required: true },
  ],
};

/** Every kind of fact, in the order of the resident's page. */
export const factKinds: readonly FactKind[] = [
  bsnVerifiedFact,
  documentFacts,
  brpFacts,
  protectionFact,
  asylumFacts,
  extensionFacts,
  lastResidenceFacts,
  guardianFacts,
  workFacts,
  goalFacts,
  professionFacts,
  languageLevelFacts,
  courseFacts,
  educationFacts,
  schoolFacts,
  careRouteFacts,
  careFacts,
  provisionFacts,
  correctionFacts,
  retentionFacts,
];
