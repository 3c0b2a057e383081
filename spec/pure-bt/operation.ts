import { hash } from 'node:crypto';
import { fixtureMembers } from '../family/fixture-members.ts';
import { states } from '../family/states.ts';
import type { Operation } from '../operation.ts';
import { documentedCodes, siblingCodes } from './catalogue.ts';
import { textToSign } from './formulas.ts';
import { operationPath } from './path.ts';
import { rules } from './rules.ts';
import { dialectSettings } from './settings.ts';
import { responseProblems } from './validate.ts';

/** The operation that binds a pure-Bluetooth device, for the engine. */
export const operation: Operation = {
  id: 'deviceBindingByPureBt',
  method: 'POST',
  path: operationPath,
  codes: documentedCodes,
  siblingCodes,
  rules,
  settings: dialectSettings,
  states,
  readyState: 'a device ready to bind',
  expiredState: 'an expired token',
  fixture: fixtureMembers,
  secretFields: ['bindingCode', 'pwd'],
  neverRepeated: ['pwd'],
  responseProblems,
  proofs: (body, plaintexts, { userDomainSecret = '' }) => {
    const text = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
    const { pk, dk, pwd } = { pk: text('pk'), dk: text('dk'), pwd: text('pwd') };
    const codes = [text('encryptedBindingCode') || text('bindingCode'), plaintexts['encryptedBindingCode'] ?? ''];
    return codes.map((bindingCode) => hash('sha256', textToSign({ pk, dk, bindingCode, pwd }, userDomainSecret)));
  },
  saysSuccess: ({ verified }) => !(verified === undefined || [null, 0, '0', ''].some((none) => none === verified)),
};
