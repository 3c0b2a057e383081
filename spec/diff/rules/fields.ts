import type { Rule } from './rule.ts';

/** The ids of changes of fields and forms. */
export type FieldRuleId =
  | 'request-field-removed'
  | 'request-field-renamed'
  | 'request-field-moved'
  | 'request-field-added-required'
  | 'request-field-added'
  | 'request-field-required'
  | 'request-field-optional'
  | 'response-field-removed'
  | 'response-field-renamed'
  | 'response-field-added'
  | 'response-field-added-optional'
  | 'response-field-optional'
  | 'response-field-required'
  | 'request-form-removed'
  | 'request-form-added'
  | 'response-form-removed'
  | 'response-form-added'
  | 'body-choice-changed';

/** Fields, parameters and the alternatives of a body: their coming and going, and whether they must be there. */
export const fieldRules: Readonly<Record<FieldRuleId, Rule>> = {
  'request-field-removed': {
    severity: 'breaking',
    clients: 'what they send there is refused or ignored',
    servers: 'must no longer need it',
    todo: 'stop sending it; ask whether something takes its place',
  },
  'request-field-renamed': {
    severity: 'breaking',
    clients: 'send the old name: the value is missing under the new one',
    servers: 'must read the new name; one that takes both spares old clients',
    todo: 'let servers take both names, then move clients',
  },
  'request-field-moved': {
    severity: 'breaking',
    clients: 'send it where it is no longer looked for',
    servers: 'must look for it in the new place; one that takes both spares old clients',
    todo: 'let servers take both places, then move clients',
  },
  'request-field-added-required': {
    severity: 'breaking',
    clients: 'do not send it: every request of theirs is refused',
    servers: 'must refuse a request without it, and with it old clients',
    todo: 'release clients that send it before servers insist on it',
  },
  'request-field-added': {
    severity: 'risky',
    clients: 'nothing: they may leave it out',
    servers: 'have to take it and honour it; one that ignores it does not do what new clients ask for',
    todo: 'implement it in servers; add a valid form and faults for it',
  },
  'request-field-required': {
    severity: 'breaking',
    clients: 'that leave it out, as they may, are refused now',
    servers: 'must refuse a request without it, and with it old clients',
    todo: 'release clients that always send it before servers insist on it',
  },
  'request-field-optional': {
    severity: 'risky',
    clients: 'nothing: they may go on sending it',
    servers: 'must take a request without it, which they refuse now',
    todo: 'say in servers what holds when it is left out; the code for the missing field may fall away',
  },
  'response-field-removed': {
    severity: 'breaking',
    clients: 'that read it find nothing',
    servers: 'nothing must change; one that goes on sending it spares old clients',
    todo: 'find who reads it before it goes',
  },
  'response-field-renamed': {
    severity: 'breaking',
    clients: 'read the old name and find nothing',
    servers: 'must send the new name; one that sends both spares old clients',
    todo: 'let servers send both names, then move clients',
  },
  'response-field-added': {
    severity: 'risky',
    clients: 'nothing, unless they refuse fields that they do not know',
    servers: 'have to send it: a new client counts on it',
    todo: 'send it from servers before clients read it',
  },
  'response-field-added-optional': {
    severity: 'harmless',
    clients: 'nothing, unless they refuse fields that they do not know',
    servers: 'nothing: they may leave it out',
    todo: 'nothing',
  },
  'response-field-optional': {
    severity: 'breaking',
    clients: 'that count on it may find nothing',
    servers: 'may leave it out now',
    todo: 'let clients do without it',
  },
  'response-field-required': {
    severity: 'risky',
    clients: 'nothing',
    servers: 'must always send it',
    todo: 'send it from servers in every case',
  },
  'request-form-removed': {
    severity: 'breaking',
    clients: 'that send this form of the body are refused',
    servers: 'must no longer take it',
    todo: 'move clients to another form first',
  },
  'request-form-added': {
    severity: 'risky',
    clients: 'nothing: they may go on with the form they use',
    servers: 'have to take this form too',
    todo: 'implement it in servers; add valid forms and faults for it',
  },
  'response-form-removed': {
    severity: 'risky',
    clients: 'nothing: they meet one form less',
    servers: 'must no longer answer so',
    todo: 'change servers',
  },
  'response-form-added': {
    severity: 'breaking',
    clients: 'meet an answer of a shape that they do not know',
    servers: 'may answer so now',
    todo: 'teach clients the new form before servers use it',
  },
  'body-choice-changed': {
    severity: 'risky',
    clients: 'a body that fits several forms, or none, is judged otherwise',
    servers: 'the same',
    todo: 'try the bodies that fit more than one form',
  },
};
