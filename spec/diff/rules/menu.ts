import { type CodeRuleId, codeRules } from './codes.ts';
import { type FieldRuleId, fieldRules } from './fields.ts';
import { type OperationRuleId, operationRules } from './operation.ts';
import type { Rule } from './rule.ts';
import { type SchemaRuleId, schemaRules } from './schema.ts';
import { type TextRuleId, textRules } from './text.ts';

/** The id of a rule. */
export type RuleId = CodeRuleId | FieldRuleId | SchemaRuleId | TextRuleId | OperationRuleId;

/** Every kind of change that is told, by its id. */
export const rules: Readonly<Record<RuleId, Rule>> = {
  ...codeRules,
  ...fieldRules,
  ...schemaRules,
  ...textRules,
  ...operationRules,
};
