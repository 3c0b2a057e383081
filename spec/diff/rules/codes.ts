import type { Rule } from './rule.ts';

/** The ids of changes of codes. */
export type CodeRuleId =
  | 'code-removed'
  | 'codes-all-removed'
  | 'codes-all-added'
  | 'code-added'
  | 'code-renumbered'
  | 'codes-swapped'
  | 'code-reused'
  | 'code-meaning-changed'
  | 'code-reworded'
  | 'codes-translated';

/** Codes: no general tool sees these changes or thinks them grave, and here the code is the outcome. */
export const codeRules: Readonly<Record<CodeRuleId, Rule>> = {
  'code-removed': {
    severity: 'breaking',
    clients: 'what they do on this code is never reached again, and its fault arrives under another code or none',
    servers: 'must not answer it any more; the document no longer says what to answer instead',
    todo: 'ask the vendor which code the fault has now; drop the code from clients, servers and cases',
  },
  'codes-all-removed': {
    severity: 'breaking',
    clients: 'no outcome is documented any more',
    servers: 'nothing says what to answer',
    todo: 'check that the new document lists its codes: x-codes, examples named E5361, or a status table',
  },
  'codes-all-added': {
    severity: 'risky',
    clients: 'nothing, if these are the codes that they know',
    servers: 'have to answer these codes: nothing said so before',
    todo: 'check that the old document lists its codes: x-codes, examples named E5361, or a status table',
  },
  'code-added': {
    severity: 'risky',
    clients: 'meet a code that they do not know; one that has no default branch fails there',
    servers: 'have to answer it where it is due: until then the contract is not kept',
    todo: 'give it a message in clients, implement it in servers, add a case for it',
  },
  'code-renumbered': {
    severity: 'breaking',
    clients: 'wait for the old number and take the new one for something unknown',
    servers: 'must answer the new number: old clients will not understand them',
    todo: 'accept both numbers in clients first, then switch servers',
  },
  'codes-swapped': {
    severity: 'breaking',
    clients: 'still know every number and now do the wrong thing for each, without an error',
    servers: 'must change all of these at once; one that does not tells new clients the wrong thing',
    todo: 'treat these codes as new ones: change clients and servers together, or ask the vendor for new numbers',
  },
  'code-reused': {
    severity: 'breaking',
    clients:
      'do the old thing on a number that means another now; the old meaning arrives under a number they do not know',
    servers: 'must answer the new number for the old fault, and the old number for another',
    todo: 'change clients and servers together; no order of releases is safe',
  },
  'code-meaning-changed': {
    severity: 'breaking',
    clients: 'still know the number and do the wrong thing for it, without an error',
    servers: 'must answer it for another fault than before',
    todo: 'compare the two meanings: if only the words changed, take the new document over; else change clients and servers',
  },
  'code-reworded': {
    severity: 'harmless',
    clients: 'nothing: the same words in another order',
    servers: 'nothing; a message shown to users may be worded anew',
    todo: 'nothing',
  },
  'codes-translated': {
    severity: 'risky',
    clients: 'nothing, if the translation is true',
    servers: 'nothing, if the translation is true',
    todo: 'compare two documents of one language, or read these meanings side by side',
  },
};
