import { hash, timingSafeEqual } from 'node:crypto';
import type { Decision } from './decision.ts';

type ProofDecision = 'signatureMatches' | 'encryptedBindingCodeReadable' | 'newSecretReadable' | 'oldSecretReadable';

/** Decisions from what only the owner of the secrets can make: the signature and the ciphertexts. */
export const proofs: { readonly [Name in ProofDecision]: Decision } = {
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

/** Compares two texts; the time does not depend on the position of the first difference. */
export function sameText(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
