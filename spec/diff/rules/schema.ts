import type { Rule } from './rule.ts';

/** The ids of changes of what values are right. */
export type SchemaRuleId =
  | 'request-tighter'
  | 'request-looser'
  | 'request-other'
  | 'response-tighter'
  | 'response-looser'
  | 'response-value-added'
  | 'response-other'
  | 'request-default-changed'
  | 'request-default-added'
  | 'response-default-changed'
  | 'keyword-changed'
  | 'deprecated-changed';

/** What values are right: types, listed values, limits. Tighter breaks who writes; looser breaks who reads. */
export const schemaRules: Readonly<Record<SchemaRuleId, Rule>> = {
  'request-tighter': {
    severity: 'breaking',
    clients: 'values that they may send today are refused',
    servers: 'must refuse what they take today',
    todo: 'check the values that clients send against the new bound before servers enforce it',
  },
  'request-looser': {
    severity: 'risky',
    clients: 'nothing: what they send stays right',
    servers: 'must take values that they refuse today',
    todo: 'widen the check in servers, and the columns and buffers behind it',
  },
  'request-other': {
    severity: 'breaking',
    clients: 'values that they may send today can be refused',
    servers: 'must check by the new rule',
    todo: 'check the values that clients send against the new rule before servers enforce it',
  },
  'response-tighter': {
    severity: 'risky',
    clients: 'nothing: they understand more than they will meet',
    servers: 'must no longer send values that they may send today',
    todo: 'check what servers send against the new bound',
  },
  'response-looser': {
    severity: 'breaking',
    clients: 'meet values that were ruled out, where they parse, store or decide by them',
    servers: 'may send them now',
    todo: 'widen clients before servers use it',
  },
  'response-value-added': {
    severity: 'risky',
    clients: 'meet a value that they do not know; one that has no default branch fails there',
    servers: 'may have to send it',
    todo: 'give clients a branch for it before servers send it',
  },
  'response-other': {
    severity: 'breaking',
    clients: 'meet values that they cannot read by the old rule',
    servers: 'must send by the new rule',
    todo: 'let clients read both before servers switch',
  },
  'request-default-changed': {
    severity: 'breaking',
    clients: 'that leave it out get something else than before, without an error',
    servers: 'must act by the new default',
    todo: 'let clients that count on the old default send it',
  },
  'request-default-added': {
    severity: 'risky',
    clients: 'that leave it out get what is written now, which may not be what they got',
    servers: 'must act by it when the field is left out',
    todo: 'check what servers do today when it is left out',
  },
  'response-default-changed': {
    severity: 'harmless',
    clients: 'nothing: an answer says what it says',
    servers: 'nothing',
    todo: 'nothing',
  },
  'keyword-changed': {
    severity: 'risky',
    clients: 'cannot be told: this keyword has no rule here',
    servers: 'cannot be told: this keyword has no rule here',
    todo: 'read both places',
  },
  'deprecated-changed': {
    severity: 'risky',
    clients: 'nothing today: it may go with a later version',
    servers: 'must keep it until then',
    todo: 'plan the way off it, or back to it',
  },
};
