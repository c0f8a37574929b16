import type { FollowUp } from '../../shared/follow-up/follow-up.ts';
import type { RegisterReader } from './assess-family.ts';
import { followUpsIn } from './follow-ups-in.ts';

/** A person is opened once, and follow-ups are gathered once, for a long piece of work, not once per month or family. */
export function remembering(reader: RegisterReader): RegisterReader {
  const opened = new Map<string, ReturnType<RegisterReader['resident']>>();
  let followUps: readonly FollowUp[] | undefined;
  return {
    followUps: () => (followUps ??= reader.followUps?.() ?? followUpsIn(reader.records())),
    records: reader.records,
    resident: (id) => {
      const known = opened.get(id) ?? reader.resident(id);
      opened.set(id, known);
      return known;
    },
  };
}
