import type { Place } from './model.ts';
import type { RuleId } from './rules/menu.ts';

/** How much a change asks for, the gravest first. */
export const severities = ['breaking', 'risky', 'harmless'] as const;

/**
 * `breaking`: what was right by the old document goes wrong by the new one. `risky`: a server has to change first, a client
 * may trip, or structure cannot tell. `harmless`: nobody has to do anything.
 */
export type Severity = (typeof severities)[number];

/** One difference between two documents, and what it means. */
export type Change = {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** What it is about, as `request field dk` or `code 5361`. */
  readonly subject: string;
  /** What happened, after the subject: `is required now`. */
  readonly what: string;
  /** The old text; absent where there was none. */
  readonly before?: string;
  /** The new text; absent where there is none. */
  readonly after?: string;
  readonly clients: string;
  readonly servers: string;
  readonly todo: string;
  /** Both places, always: for what is gone, the one where it would stand. */
  readonly at: { readonly before: Place; readonly after: Place };
};
