import type { Place } from './model.ts';
import table from './rules.json' with { type: 'json' };

/** How much a change asks for, the gravest first. */
export const severities = ['breaking', 'risky', 'harmless'] as const;

/**
 * `breaking`: what was right by the old document goes wrong by the new one. `risky`: a server has to change first, a client
 * may trip, or structure cannot tell. `harmless`: nobody has to do anything.
 */
export type Severity = (typeof severities)[number];

/** The id of a kind of change. */
export type RuleId = keyof typeof table;

/** Every kind of change: how grave it is, what it means for whom, and what to do about it. */
export const rules: Readonly<Record<RuleId, Pick<Change, 'severity' | 'clients' | 'servers' | 'todo'>>> =
  table as Readonly<Record<RuleId, Pick<Change, 'severity' | 'clients' | 'servers' | 'todo'>>>;

/** What a judge has to say of one difference. */
export type Statement = {
  readonly rule: RuleId;
  /** What happened, after the subject: `is required now`. */
  readonly what: string;
  /** The old text; absent where there was none. */
  readonly before?: string;
  /** The new text; absent where there is none. */
  readonly after?: string;
};

/** One difference between two documents, and what it means. */
export type Change = Statement & {
  readonly severity: Severity;
  /** What it is about, as `request field name` or `code 4004`. */
  readonly subject: string;
  readonly clients: string;
  readonly servers: string;
  readonly todo: string;
  /** Both places, always: for what is gone, the one where it would stand. */
  readonly at: { readonly before: Place; readonly after: Place };
};
