import type { Place } from './model.ts';
import table from './rules.json' with { type: 'json' };

/** The severities of changes, the most severe first. */
export const severities = ['breaking', 'risky', 'harmless'] as const;

/**
 * `breaking`: something that was right under the old document is wrong under the new one. `risky`: servers must change
 * first, some clients may fail, or the effect is unknown. `harmless`: no one has to change anything.
 */
export type Severity = (typeof severities)[number];

/** The id of a kind of change. */
export type RuleId = keyof typeof table;

/** Every kind of change: its severity, its meaning for clients and servers, and what to do. */
export const rules = table as Readonly<Record<RuleId, Pick<Change, 'severity' | 'clients' | 'servers' | 'todo'>>>;

/** The description of one difference. */
export type Statement = {
  readonly rule: RuleId;
  /** What happened, after the subject: `is now required`. */
  readonly what: string;
  /** The old text; absent if there was no text. */
  readonly before?: string;
  /** The new text; absent if there is no text. */
  readonly after?: string;
};

/** One difference between two documents, with its meaning. */
export type Change = Statement & {
  readonly severity: Severity;
  /** The changed thing, such as `request field name` or `code 4004`. */
  readonly subject: string;
  readonly clients: string;
  readonly servers: string;
  readonly todo: string;
  /** Both places. For something that was removed or added, the other place is where it would be. */
  readonly at: { readonly before: Place; readonly after: Place };
  /** The acceptance of a team: until then, the change does not count. */
  readonly accepted?: { readonly until: string; readonly owner: string; readonly reason: string };
};

/** The number of changes of each severity that are not accepted. */
export function countSeverities(changes: readonly Change[]): Readonly<Record<Severity, number>> {
  const counts = { breaking: 0, risky: 0, harmless: 0 };
  for (const { severity, accepted } of changes) if (accepted === undefined) counts[severity] += 1;
  return counts;
}
