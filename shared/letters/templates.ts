import arrangement from './templates/arrangement.json' with { type: 'json' };
import correction from './templates/correction.json' with { type: 'json' };
import decision from './templates/decision.json' with { type: 'json' };
import incomeRequest from './templates/income-request.json' with { type: 'json' };
import intention from './templates/intention.json' with { type: 'json' };
import objection from './templates/objection.json' with { type: 'json' };
import { templateSchema, type LetterKind, type LetterTemplate } from './template.ts';

/** The letters as they come with the app. A wrong file stops the tests, never a letter. */
const templates: Readonly<Record<LetterKind, LetterTemplate>> = {
  intention: templateSchema.parse(intention),
  decision: templateSchema.parse(decision),
  correction: templateSchema.parse(correction),
  'income-request': templateSchema.parse(incomeRequest),
  arrangement: templateSchema.parse(arrangement),
  objection: templateSchema.parse(objection),
};

/** The letter of a kind before a municipality put texts of its own in it. */
export const standardTemplate = (kind: LetterKind): LetterTemplate => templates[kind];
