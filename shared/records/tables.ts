import type { RecordKind } from './record.ts';

/** The table of a device in which records of a kind are kept; part of what binds a box to its place. */
export const tableOf: Readonly<Record<RecordKind, string>> = {
  site: 'sites',
  family: 'families',
  resident: 'residents',
  bedStay: 'bedStays',
  absence: 'absences',
  rollCall: 'rollCalls',
  contributionDecision: 'contributionDecisions',
  municipalPolicy: 'municipalPolicies',
  returnIntake: 'returnIntakes',
  finalisedIntake: 'finalisedIntakes',
  nationalSnapshot: 'nationalSnapshots',
  siteReport: 'siteReports',
  letterText: 'letterTexts',
  followUp: 'followUps',
};
