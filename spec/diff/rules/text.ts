import type { Rule } from './rule.ts';

/** The ids of changes of descriptions. */
export type TextRuleId =
  | 'algorithm-changed'
  | 'algorithm-text-changed'
  | 'algorithm-reworded'
  | 'value-meaning-changed'
  | 'values-swapped'
  | 'request-value-removed'
  | 'request-value-added'
  | 'response-value-removed'
  | 'stated-limit-changed'
  | 'stated-limit-changed-in-response'
  | 'stated-default-changed'
  | 'description-changed'
  | 'description-reworded'
  | 'description-translated'
  | 'remark-changed';

/** Descriptions, by what in them changed: the structure in a text decides, never how much of it changed. */
export const textRules: Readonly<Record<TextRuleId, Rule>> = {
  'algorithm-changed': {
    severity: 'breaking',
    clients: 'compute by the old formula: their signature or ciphertext does not fit any more',
    servers: 'must check by the new formula, and with it refuse every old client',
    todo: 'change clients and servers together, with vectors computed by hand; servers that take both for a while spare old clients',
  },
  'algorithm-text-changed': {
    severity: 'breaking',
    clients: 'compute by the old words, which say something else about operands, encoding or order',
    servers: 'must check by the new words',
    todo: 'work one example through by both texts; if the results agree, take the new text over',
  },
  'algorithm-reworded': {
    severity: 'risky',
    clients: 'nothing, if the new words mean the same computation',
    servers: 'nothing, if the new words mean the same computation',
    todo: 'work one example through by both texts',
  },
  'value-meaning-changed': {
    severity: 'breaking',
    clients: 'send or read the number for what it meant before, without an error',
    servers: 'must take and send it for the new meaning',
    todo: 'compare the two meanings: if only the words changed, take them over; else change clients and servers together',
  },
  'values-swapped': {
    severity: 'breaking',
    clients: 'mean one value and say the other, without an error',
    servers: 'must read both the other way round',
    todo: 'change clients and servers together, or ask the vendor for new values',
  },
  'request-value-removed': {
    severity: 'breaking',
    clients: 'that send it are refused or misread',
    servers: 'must no longer take it',
    todo: 'find who sends it before it goes',
  },
  'request-value-added': {
    severity: 'risky',
    clients: 'nothing: they need not send it',
    servers: 'have to take it and honour it',
    todo: 'implement it in servers; add a valid form for it',
  },
  'response-value-removed': {
    severity: 'risky',
    clients: 'nothing: a branch of theirs is never reached again',
    servers: 'must no longer send it',
    todo: 'check what servers send; drop the branch from clients',
  },
  'stated-limit-changed': {
    severity: 'breaking',
    clients: 'values by the old bound can be refused',
    servers: 'must check by the new bound',
    todo: 'put the new bound into the checks of clients and servers, and into the schema',
  },
  'stated-limit-changed-in-response': {
    severity: 'risky',
    clients: 'can meet values beyond the old bound',
    servers: 'must keep the new bound',
    todo: 'check what clients make room for',
  },
  'stated-default-changed': {
    severity: 'breaking',
    clients: 'that leave it out get something else than before, without an error',
    servers: 'must act by the new default',
    todo: 'let clients that count on the old default send it',
  },
  'description-changed': {
    severity: 'risky',
    clients: 'may have to do something else: a figure, a name or a word such as "not" changed',
    servers: 'may have to do something else: a figure, a name or a word such as "not" changed',
    todo: 'read both texts',
  },
  'description-reworded': {
    severity: 'harmless',
    clients: 'nothing: no figure, name, formula, value or bound changed',
    servers: 'nothing',
    todo: 'nothing',
  },
  'description-translated': {
    severity: 'harmless',
    clients: 'nothing: formulas and values were compared, the prose is in another language',
    servers: 'nothing',
    todo: 'compare two documents of one language',
  },
  'remark-changed': {
    severity: 'harmless',
    clients: 'nothing: it binds nobody',
    servers: 'nothing',
    todo: 'nothing',
  },
};
