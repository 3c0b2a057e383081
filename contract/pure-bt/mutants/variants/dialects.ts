import type { Behaviour } from '../../../../spec/pure-bt/reference/behaviour.ts';
import { correct } from '../../../../spec/pure-bt/reference/behaviour.ts';
import type { Variant } from '../../../mutants/mutant.ts';

/** The order in which the decrypted code is known before the signature is verified. */
const codeBeforeSignature: Partial<Behaviour> = {
  order: correct.order.flatMap((name) => {
    if (name === 'encryptedBindingCodeReadable') return [];
    return name === 'signatureMatches' ? ['encryptedBindingCodeReadable', name] : [name];
  }),
};

/** The other reading of each dialect setting; under the default dialect too, where that reading is a warning there. */
export const dialectVariants: readonly Variant[] = [
  {
    id: 'dialect/success-0',
    differs: 'takes 0 for success',
    dialects: [{ successCode: 0 }],
    override: { successCode: 0 },
  },
  {
    id: 'dialect/success-any',
    differs: 'answers 0 in a home and 200 elsewhere where it has bound',
    dialects: [{ successCode: 'any' }],
    override: {
      answer: (ending) => correct.answer(ending.bound && ending.attempt?.fields.fid ? { ...ending, code: 0 } : ending),
    },
  },
  {
    id: 'dialect/signed-decrypted',
    differs: 'signs the decrypted bindingCode',
    dialects: [{ signedBindingCode: 'decrypted' }],
    override: {
      ...codeBeforeSignature,
      textToSign: ({ fields, code, domainSecret }) => [fields.pk, fields.dk, code, fields.pwd, domainSecret].join(''),
    },
  },
  {
    id: 'dialect/signed-either',
    differs: 'takes a signature over the bindingCode in either form',
    override: {
      ...codeBeforeSignature,
      signatureMatches: (attempt, world) => {
        if (correct.signatureMatches(attempt, world) === undefined) return undefined;
        const { encryptedBindingCode: _, ...fields } = attempt.fields;
        return correct.signatureMatches({ ...attempt, fields: { ...fields, bindingCode: attempt.code ?? '' } }, world);
      },
    },
  },
  {
    id: 'dialect/both-codes-refused',
    differs: 'refuses both forms of the bindingCode at once',
    dialects: [{ bothBindingCodes: 'refuse' }, {}],
    override: { bothBindingCodes: 'refuse' },
  },
  {
    id: 'dialect/signature-any-case',
    differs: 'takes a signature in upper case',
    dialects: [{ signatureCase: 'any' }, {}],
    override: { sameSignature: (given, due) => correct.sameSignature(given.toLowerCase(), due) },
  },
  {
    id: 'dialect/pwd-six-digits',
    differs: 'has passwords of six digits',
    dialects: [{ pwdPattern: '[0-9]{6}' }, {}],
    override: { pwdPattern: /^[0-9]{6}$/ },
  },
  {
    id: 'dialect/name-limit-64',
    differs: 'takes a deviceName of 64 characters',
    dialects: [{ deviceNameLimit: 64 }],
    override: { deviceNameLimit: 64 },
  },
  {
    id: 'dialect/other-units',
    differs: 'counts the bytes of a deviceName, and takes a pwd in any script',
    override: {
      pwdPattern: /^\P{Cc}{1,100}$/u,
      deviceNameFormat: ({ fields }) =>
        Buffer.byteLength(fields.deviceName ?? '') <= 254 ? undefined : 'deviceNameTooLong',
    },
  },
  {
    id: 'dialect/unknown-dk-refused',
    differs: 'refuses a dk that it has never seen',
    dialects: [{ unknownDk: 'refused' }, {}],
    override: { unknownDk: 'refused' },
  },
  {
    id: 'dialect/old-secret-ignored',
    differs: 'ignores an old bindingSecret of a device nobody has bound',
    dialects: [{ oldSecretWhenUnbound: 'ignored' }, {}],
    override: { oldSecretWhenUnbound: 'ignored' },
  },
  {
    id: 'dialect/no-sibling-codes',
    differs: 'is judged without the codes of sibling pages',
    dialects: [{ siblingCodes: 'refuse' }],
  },
];
