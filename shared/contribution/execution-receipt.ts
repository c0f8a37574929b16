import { firstDayOf, type IsoDate } from '../kernel/dates.ts';
import type { ContributionReceipt } from './receipt-schema.ts';

type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };
type Trace = {
  readonly name: string;
  readonly article: string;
  readonly inputs: { readonly [key: string]: number | string };
  readonly output: number;
  readonly source: string;
  readonly confidence: 'H' | 'M' | 'L';
};

/**
 * The execution receipt of regelrecht (MinBZK, RFC-013 of 2026-04-02): its names, filled from a decision of ours. What
 * has no place there stands under `onderdak`. The README of this folder has the table of fields.
 */
export type ExecutionReceipt = {
  readonly provenance: {
    readonly engine: 'onderdak';
    readonly engine_version: string;
    readonly schema_version: 'onderdak-receipt-1';
    readonly regulation_id: string;
    readonly regulation_valid_from: IsoDate;
    readonly regulation_hash: string;
  };
  readonly engine_config: {
    readonly connectivity: 'solo';
    readonly legal_status: 'authoritative';
    readonly untranslatable_mode: 'error';
    readonly identity: { readonly name: string; readonly organisation_id: string; readonly type: 'INSTANCE' };
  };
  readonly scope: {
    readonly sources: readonly { readonly id: string; readonly ref: string; readonly tree_hash: string }[];
    readonly loaded_regulations: readonly {
      readonly id: string;
      readonly valid_from: IsoDate;
      readonly hash: string;
    }[];
    readonly scopes: readonly { readonly type: 'gemeente_code'; readonly value: string }[];
  };
  readonly execution: {
    readonly calculation_date: IsoDate;
    readonly parameters: { readonly [key: string]: Plain };
    readonly reference_date: IsoDate;
  };
  readonly results: {
    readonly outputs: { readonly [key: string]: number | string | null };
    readonly trace: { readonly steps: readonly Trace[] };
  };
  readonly accepted_values: readonly [];
  readonly timestamp: string;
  readonly onderdak: { readonly [key: string]: Plain };
};

/** `decidedOn` and `timestamp` (RFC 3339, UTC) are `decidedAtMs` as a day and a moment; `sha256` gives lower-case hex. */
export type ExecutionReceiptTools = {
  readonly decisionId: string;
  readonly decidedOn: IsoDate;
  readonly timestamp: string;
  readonly sha256: (text: string) => string;
};

/** Regeling opvang ontheemden Oekraïne, as the national law database names it. */
const regulationId = 'BWBR0046503';

/** The fields of a decision under the names of regelrecht's execution receipt; amounts stay whole cents. */
export function toExecutionReceipt(receipt: ContributionReceipt, tools: ExecutionReceiptTools): ExecutionReceipt {
  const { facts, rows, assessment, appVersion } = receipt;
  const hash = (value: unknown) => `sha256:${tools.sha256(canonicalText(value))}`;
  const days = [...new Set(rows.map(({ from }) => from))].sort();
  const municipality = `GM${facts.policy.municipality}`;
  return {
    provenance: {
      engine: 'onderdak',
      engine_version: appVersion,
      schema_version: 'onderdak-receipt-1',
      regulation_id: regulationId,
      regulation_valid_from: days.at(-1) ?? firstDayOf(facts.month),
      regulation_hash: hash(rows),
    },
    engine_config: {
      connectivity: 'solo',
      legal_status: 'authoritative',
      untranslatable_mode: 'error',
      identity: { name: `gemeente ${facts.policy.municipality}`, organisation_id: municipality, type: 'INSTANCE' },
    },
    scope: {
      sources: [{ id: 'onderdak-parameters', ref: appVersion, tree_hash: hash(rows) }],
      loaded_regulations: days.map((from) => ({
        id: regulationId,
        valid_from: from,
        hash: hash(rows.filter((row) => row.from === from)),
      })),
      scopes: [{ type: 'gemeente_code', value: municipality }],
    },
    execution: {
      calculation_date: firstDayOf(facts.month),
      parameters: {
        month: facts.month,
        reception: facts.reception,
        catered: facts.catered,
        members: facts.members.map((member) => ({ ...member })),
        incomes: facts.incomes.map((income) => ({ ...income })),
        policy: {
          income_basis: facts.policy.incomeBasis,
          extra_grounds: facts.policy.extraGrounds,
          excluded_kinds: facts.policy.excludedKinds ?? [],
          overrides: facts.policy.overrides.map((override) => ({ ...override })),
        },
        judgement: facts.judgement === undefined ? null : { ...facts.judgement },
      },
      reference_date: tools.decidedOn,
    },
    results: {
      outputs: {
        hoogte_leefgeld: assessment.allowanceCents,
        hoogte_eigen_bijdrage: assessment.contributionCents,
        drempel_leefgeld: assessment.thresholds?.withdrawFrom ?? null,
        drempel_eigen_bijdrage: assessment.thresholds?.fullContributionFrom ?? null,
        zone: assessment.zone,
      },
      trace: {
        steps: assessment.steps.map(({ rule, article, inputs, amount, source, confidence }) => ({
          name: rule,
          article,
          inputs,
          output: amount,
          source,
          confidence,
        })),
      },
    },
    accepted_values: [],
    timestamp: tools.timestamp,
    onderdak: {
      decision_id: tools.decisionId,
      family_id: receipt.familyId,
      grown_child: receipt.grownChild,
      replaces: receipt.replaces,
      ...(receipt.alsoReplaces === undefined ? {} : { alsoReplaces: receipt.alsoReplaces }),
      decided_by: receipt.decidedBy,
      confirmed_until: receipt.confirmedUntil,
      warnings: assessment.warnings,
      confirmations: receipt.confirmations.map((confirmation) => ({ ...confirmation })),
      rows: rows.map((row) => ({ ...row })),
    },
  };
}

/** JSON with the keys of every object in order, so that equal values have one hash wherever they come from. */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalText(inner)}`).join(',')}}`;
}
