import type { Decision } from './decision.ts';

type FormatDecision =
  | 'bindingCodeGiven'
  | 'bindingCodeFormat'
  | 'pwdFormat'
  | 'randomFormat'
  | 'signatureGiven'
  | 'newSecretGiven';

/** Decisions from the format of the fields, before anything is looked up or decrypted. */
export const formats: { readonly [Name in FormatDecision]: Decision } = {
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
};
