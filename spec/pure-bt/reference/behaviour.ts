import { access } from '../../family/reference/access.ts';
import { record } from '../../family/reference/bind.ts';
import { sharedFormats } from '../../family/reference/formats.ts';
import { identity } from '../../family/reference/identity.ts';
import { claimsHold, parseToken, tokenIsSigned } from '../../family/reference/token.ts';
import { findBindings, findDevice } from '../../family/reference/world.ts';
import { bind, bindDecisions } from './bind.ts';
import { decrypt, secretFor } from './ciphertext.ts';
import type { Behaviour } from './decision.ts';
import { codes, decisionOrder } from './decision.ts';
import { answer, envelope } from './envelope.ts';
import { readFields } from './fields.ts';
import { formats } from './formats.ts';
import { proofs, sameText } from './proofs.ts';

/** The behaviour of the reference server: every dialect setting has its default. */
export const correct: Behaviour = {
  ...identity,
  ...sharedFormats,
  ...formats,
  ...access,
  ...proofs,
  ...bindDecisions,
  methods: ['POST'],
  readFields,
  order: decisionOrder,
  parseToken,
  tokenIsSigned,
  claimsHold,
  dkPattern: /^[0-9A-Za-z]{4,32}$/,
  bindingCodePattern: /^[0-9A-F]{16}$/,
  randomPattern: /^[0-9A-Za-z]{16}$/,
  pwdPattern: /^[\x20-\x7e]{1,64}$/,
  deviceNameLimit: 254,
  codes,
  // The transmitted ciphertext replaces bindingCode; an absent field counts as the empty string.
  textToSign: ({ fields, domainSecret }) =>
    [fields.pk, fields.dk, fields.encryptedBindingCode || fields.bindingCode, fields.pwd, domainSecret].join(''),
  sameSignature: sameText,
  decrypt,
  secretFor,
  unknownDk: 'binds',
  oldSecretWhenUnbound: 'refused',
  bothBindingCodes: 'encrypted-wins',
  findDevice,
  findBindings,
  bind,
  bindOrder: ['notBoundByUser', 'oldSecretIsStored', 'modeAllows'],
  record,
  answer,
  envelope,
  contentType: 'application/json; charset=utf-8',
  successCode: 200,
};
