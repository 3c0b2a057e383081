import type { Severity } from '../change.ts';

/** What a kind of change means: how grave it is, for whom and why, and what to do about it. */
export type Rule = {
  readonly severity: Severity;
  readonly clients: string;
  readonly servers: string;
  readonly todo: string;
};
