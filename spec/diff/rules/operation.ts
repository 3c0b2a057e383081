import type { Rule } from './rule.ts';

/** The ids of changes of the operation. */
export type OperationRuleId =
  | 'operation-removed'
  | 'operation-added'
  | 'path-changed'
  | 'method-changed'
  | 'request-media-removed'
  | 'request-media-added'
  | 'request-media-changed'
  | 'response-media-removed'
  | 'response-media-added'
  | 'response-media-changed'
  | 'http-status-removed'
  | 'http-status-added'
  | 'security-added'
  | 'security-removed'
  | 'security-choice-added'
  | 'security-choice-removed'
  | 'security-changed'
  | 'server-changed'
  | 'line-not-understood';

/** The operation itself and what surrounds its bodies. */
export const operationRules: Readonly<Record<OperationRuleId, Rule>> = {
  'operation-removed': {
    severity: 'breaking',
    clients: 'call something that is no longer there',
    servers: 'need not offer it any more; one that goes on spares old clients',
    todo: 'find who calls it before it goes',
  },
  'operation-added': {
    severity: 'risky',
    clients: 'nothing',
    servers: 'have to offer it',
    todo: 'implement it in servers',
  },
  'path-changed': {
    severity: 'breaking',
    clients: 'call the old path and get 404',
    servers: 'must answer on the new path; one that answers on both spares old clients',
    todo: 'let servers answer on both paths, then move clients',
  },
  'method-changed': {
    severity: 'breaking',
    clients: 'use the old method and get 405',
    servers: 'must take the new method; one that takes both spares old clients',
    todo: 'let servers take both methods, then move clients',
  },
  'request-media-removed': {
    severity: 'breaking',
    clients: 'that send this content type get 415',
    servers: 'must no longer take it',
    todo: 'move clients to another content type first',
  },
  'request-media-added': {
    severity: 'risky',
    clients: 'nothing: they may go on with the one they use',
    servers: 'have to take it too',
    todo: 'implement it in servers',
  },
  'request-media-changed': {
    severity: 'breaking',
    clients: 'send a content type that is refused',
    servers: 'must read the new one; one that reads both spares old clients',
    todo: 'let servers read both, then move clients',
  },
  'response-media-removed': {
    severity: 'breaking',
    clients: 'that ask for this content type do not get it',
    servers: 'must no longer send it',
    todo: 'move clients to another content type first',
  },
  'response-media-added': {
    severity: 'risky',
    clients: 'nothing, if they say what they accept',
    servers: 'may send it',
    todo: 'let clients send an Accept header',
  },
  'response-media-changed': {
    severity: 'breaking',
    clients: 'get a body that they cannot read',
    servers: 'must send the new content type',
    todo: 'let clients read both before servers switch',
  },
  'http-status-removed': {
    severity: 'breaking',
    clients: 'wait for an HTTP status that does not come',
    servers: 'must answer with another one',
    todo: 'let clients take both before servers switch',
  },
  'http-status-added': {
    severity: 'risky',
    clients: 'meet an HTTP status that they do not know',
    servers: 'may have to answer with it',
    todo: 'give clients a branch for it',
  },
  'security-added': {
    severity: 'breaking',
    clients: 'do not send it: they are refused',
    servers: 'must ask for it',
    todo: 'release clients that send it before servers insist on it',
  },
  'security-removed': {
    severity: 'risky',
    clients: 'nothing: they may go on sending it',
    servers: 'no longer have to ask for it: check that this is meant',
    todo: 'ask the vendor; an operation without a token is open to everybody',
  },
  'security-choice-added': {
    severity: 'risky',
    clients: 'nothing: they may go on with the way they use',
    servers: 'have to take this way too',
    todo: 'implement it in servers',
  },
  'security-choice-removed': {
    severity: 'breaking',
    clients: 'that prove who they are in this way are refused',
    servers: 'must no longer take it',
    todo: 'move clients to another way first',
  },
  'security-changed': {
    severity: 'breaking',
    clients: 'prove who they are in the old way and are refused',
    servers: 'must ask for the new way',
    todo: 'let servers take both for a while',
  },
  'server-changed': {
    severity: 'risky',
    clients: 'that take the address from the document go elsewhere',
    servers: 'nothing, if they answer there',
    todo: 'check that both addresses answer',
  },
  'line-not-understood': {
    severity: 'risky',
    clients: 'cannot be told: the reader found no place for this line',
    servers: 'cannot be told: the reader found no place for this line',
    todo: 'read the line in both documents',
  },
};
