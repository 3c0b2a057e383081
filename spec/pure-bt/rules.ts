/**
 * Every claim that a case tests, with its source, which decides if a difference fails or warns. The tables are rules.json
 * and, for what every operation of the family claims, ../family/rules.json; cases, findings, reports, `--list` and
 * docs/operation.md read them.
 */
import shared from '../family/rules.json' with { type: 'json' };
import type { Rule } from '../rule.ts';
import own from './rules.json' with { type: 'json' };

/** The id of a rule. */
export type RuleId = keyof typeof shared | keyof typeof own;

const table = { ...shared, ...own };

/** Every rule by its id; a test checks the table against the type. */
export const rules: Readonly<Record<RuleId, Rule>> = table as unknown as Readonly<Record<RuleId, Rule>>;

/** The ids of all rules, in the order of the table. */
export const ruleIds: readonly RuleId[] = Object.keys(table) as RuleId[];

/** The rule with an id. @throws Error for an unknown id. */
export function findRule(id: string): Rule {
  if (!Object.hasOwn(rules, id)) throw new Error(`no rule is called "${id}"`);
  return rules[id as RuleId];
}
