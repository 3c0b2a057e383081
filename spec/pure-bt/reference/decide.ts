import { createDecipheriv, hash, timingSafeEqual } from 'node:crypto';
import { sharedBindDecisions, sharedDecisions } from '../../family/reference/shared-decisions.ts';
import type { Behaviour, BindDecisionName, DecisionName } from './decision.ts';

/** The decisions about a request, in any order (see `needs`): those of the platform, formats, signature and ciphertexts. */
export const decisions: Pick<Behaviour, DecisionName> = {
  ...sharedDecisions,
  bindingCodeGiven: ({ fields, behaviour }) => {
    if (!fields.bindingCode && !fields.encryptedBindingCode) return 'bindingCodeMissing';
    const both = fields.bindingCode && fields.encryptedBindingCode;
    return both && behaviour.bothBindingCodes === 'refuse' ? 'bindingCodeFormat' : undefined;
  },
  bindingCodeFormat: (attempt) => {
    const { fields, behaviour } = attempt;
    // If both forms are given, the encrypted one is used and this one is not checked.
    if (fields.encryptedBindingCode) return undefined;
    attempt.code = fields.bindingCode ?? '';
    return behaviour.bindingCodePattern.test(attempt.code) ? undefined : 'bindingCodeFormat';
  },
  // Absent, null and empty all mean "no password".
  pwdFormat: ({ fields, behaviour }) =>
    !fields.pwd || behaviour.pwdPattern.test(fields.pwd) ? undefined : 'pwdFormat',
  randomFormat: ({ fields, behaviour }) =>
    behaviour.randomPattern.test(fields.random ?? '') ? undefined : 'randomFormat',
  signatureGiven: ({ fields }) => (fields.signature ? undefined : 'signatureMissing'),
  newSecretGiven: ({ fields }) => (fields.encryptedNewBindingSecret ? undefined : 'newSecretMissing'),
  signatureMatches: (attempt) => {
    const expected = hash('sha256', attempt.behaviour.textToSign(attempt), 'hex');
    return attempt.behaviour.sameSignature(attempt.fields.signature ?? '', expected) ? undefined : 'signatureWrong';
  },
  encryptedBindingCodeReadable: (attempt) => {
    const { fields, behaviour } = attempt;
    if (!fields.encryptedBindingCode) return undefined;
    const code = behaviour.decrypt(fields.encryptedBindingCode, attempt.product?.ps ?? '', fields.random ?? '') ?? '';
    if (!behaviour.bindingCodePattern.test(code)) return 'bindingCodeFormat';
    attempt.code = code;
    return undefined;
  },
  newSecretReadable: (attempt) => {
    const { fields, behaviour } = attempt;
    const { pk = '', dk = '', encryptedNewBindingSecret = '', random = '' } = fields;
    const plaintext = behaviour.decrypt(encryptedNewBindingSecret, attempt.product?.ps ?? '', random);
    const secret = behaviour.secretFor(pk, dk, plaintext);
    if (secret === undefined) return 'newSecretBad';
    attempt.newSecret = secret;
    return undefined;
  },
  oldSecretReadable: (attempt) => {
    const { fields, behaviour } = attempt;
    const { pk = '', dk = '', encryptedOldBindingSecret, random = '' } = fields;
    if (!encryptedOldBindingSecret) return undefined;
    const plaintext = behaviour.decrypt(encryptedOldBindingSecret, attempt.product?.ps ?? '', random);
    const secret = behaviour.secretFor(pk, dk, plaintext);
    if (secret === undefined) return 'oldSecretBad';
    attempt.oldSecret = secret;
    return undefined;
  },
};

/** Decisions from the stored binds: codes 5049, 5052 and 5412, and the binding modes. */
export const bindDecisions: Pick<Behaviour, BindDecisionName> = {
  ...sharedBindDecisions,
  oldSecretIsStored: ({ oldSecret, behaviour }, bindings) => {
    if (oldSecret === undefined) return undefined;
    if (bindings.size === 0) return behaviour.oldSecretWhenUnbound === 'refused' ? 'notBound' : undefined;
    return [...bindings.values()].some((stored) => sameText(oldSecret, stored)) ? undefined : 'oldSecretBad';
  },
};

/** Compares two texts; the time does not depend on the position of the first difference. */
export function sameText(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * The plaintext of a ciphertext field, or undefined.
 *
 * Bad padding and any other error give the same result: if the caller could see a difference, the field would be a
 * padding oracle (the ciphertext is not authenticated).
 * @param key the productSecret, 16 raw ASCII bytes.
 * @param iv the request's `random`, 16 raw ASCII bytes.
 */
export function decrypt(base64: string, key: string, iv: string): string | undefined {
  const bytes = strictBase64(base64);
  if (bytes === undefined || bytes.length === 0 || bytes.length % 16 !== 0) return undefined;
  // With any order of checks, a bad random or an unknown product must not crash the process.
  const [keyBytes, ivBytes] = [Buffer.from(key, 'utf8'), Buffer.from(iv, 'utf8')];
  if (keyBytes.length !== 16 || ivBytes.length !== 16) return undefined;
  const decipher = createDecipheriv('aes-128-cbc', keyBytes, ivBytes);
  try {
    return Buffer.concat([decipher.update(bytes), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

/** The bytes of canonical Base64 (RFC 4648 section 4: standard alphabet, padded, one line, unused bits zero), or undefined. */
function strictBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

/** The bindingSecret in `PK,DK,bindingSecret`; undefined if it is empty or the plaintext names another device. */
export function secretFor(pk: string, dk: string, plaintext: string | undefined): string | undefined {
  const parts = plaintext?.split(',') ?? [];
  const [namedPk, namedDk, secret] = parts;
  if (parts.length !== 3 || namedPk !== pk || namedDk !== dk || secret === undefined || secret === '') return undefined;
  return secret;
}
