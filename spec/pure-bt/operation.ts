import { hash } from 'node:crypto';
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
  fixture: {
    token: { about: 'access token', secret: true, token: true },
    pk: { about: 'product key', identity: true },
    ps: {
      about: '16 ASCII characters',
      secret: true,
      format: { pattern: /^[\x20-\x7e]{16}$/, says: '16 printable ASCII characters' },
    },
    dk: { about: '4 to 32 letters and digits, new each time', identity: true, declaredBy: 'dkPattern' },
    bindingCode: { about: '16 characters 0-9A-F', secret: true, declaredBy: 'bindingCodePattern' },
    bindingSecret: { about: 'any text without a comma', secret: true },
    userDomainSecret: { about: 'the last part of the signed text', secret: true },
    oldBindingSecret: { about: 'the stored secret, or a random one', secret: true, optional: true },
    otherToken: { about: "another user's access token", secret: true, token: true, optional: true },
    pwd: { about: 'password of the device', secret: true, optional: true },
    fid: { about: 'home (family) id', optional: true },
    frid: { about: 'room id', optional: true },
  },
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
