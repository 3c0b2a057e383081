import type { Decision } from './decision.ts';

type FormatDecision =
  | 'pkGiven'
  | 'dkGiven'
  | 'bindingCodeGiven'
  | 'dkFormat'
  | 'bindingCodeFormat'
  | 'deviceNameFormat'
  | 'pwdFormat'
  | 'randomFormat'
  | 'signatureGiven'
  | 'newSecretGiven';

/** Decisions from the format of the fields, before anything is looked up or decrypted. */
export const formats: { readonly [Name in FormatDecision]: Decision } = {
  pkGiven: ({ fields }) => (fields.pk ? undefined : 'pkMissing'),
  dkGiven: ({ fields }) => (fields.dk ? undefined : 'dkMissing'),
  bindingCodeGiven: ({ fields, behaviour }) => {
    if (!fields.bindingCode && !fields.encryptedBindingCode) return 'bindingCodeMissing';
    const both = fields.bindingCode && fields.encryptedBindingCode;
    return both && behaviour.bothBindingCodes === 'refuse' ? 'bindingCodeFormat' : undefined;
  },
  dkFormat: ({ fields, behaviour }) => (behaviour.dkPattern.test(fields.dk ?? '') ? undefined : 'dkFormat'),
  bindingCodeFormat: (attempt) => {
    const { fields, behaviour } = attempt;
    // If both forms are given, the encrypted one is used and this one is not checked.
    if (fields.encryptedBindingCode) return undefined;
    attempt.code = fields.bindingCode ?? '';
    return behaviour.bindingCodePattern.test(attempt.code) ? undefined : 'bindingCodeFormat';
  },
  // The unit of the limit is open; this server counts UTF-16 units.
  deviceNameFormat: ({ fields, behaviour }) =>
    (fields.deviceName ?? '').length <= behaviour.deviceNameLimit ? undefined : 'deviceNameTooLong',
  // Absent, null and empty all mean "no password".
  pwdFormat: ({ fields, behaviour }) =>
    !fields.pwd || behaviour.pwdPattern.test(fields.pwd) ? undefined : 'pwdFormat',
  randomFormat: ({ fields, behaviour }) =>
    behaviour.randomPattern.test(fields.random ?? '') ? undefined : 'randomFormat',
  signatureGiven: ({ fields }) => (fields.signature ? undefined : 'signatureMissing'),
  newSecretGiven: ({ fields }) => (fields.encryptedNewBindingSecret ? undefined : 'newSecretMissing'),
};
