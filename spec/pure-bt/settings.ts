import { familySettings, oneOf, pattern } from '../dialect.ts';
import type { Setting } from '../operation.ts';

/** One reading of everything that this operation's page leaves open. */
export type DialectValues = {
  readonly successCode: 200 | 0 | 'any';
  readonly refusalStatus: 200 | 'any';
  readonly signedBindingCode: 'transmitted' | 'decrypted';
  readonly bothBindingCodes: 'encrypted-wins' | 'refuse';
  readonly signatureCase: 'lower' | 'any';
  /** Source of a regular expression that every well-formed dk matches as a whole. */
  readonly dkPattern: string;
  /** Source of a regular expression that every well-formed bindingCode matches as a whole. */
  readonly bindingCodePattern: string;
  /** Source of a regular expression that every acceptable pwd matches as a whole. */
  readonly pwdPattern: string;
  /** Most characters of a deviceName that is accepted. */
  readonly deviceNameLimit: number;
  readonly unknownDk: 'binds' | 'refused';
  readonly oldSecretWhenUnbound: 5052 | 'ignored';
  readonly siblingCodes: 'accept' | 'refuse';
};

/** Every dialect setting. Defaults come first in `choices`. */
export const dialectSettings: { readonly [Key in keyof DialectValues]: Setting<DialectValues[Key]> } = {
  successCode: familySettings.successCode,
  refusalStatus: familySettings.refusalStatus,
  signedBindingCode: oneOf({
    choices: ['transmitted', 'decrypted'],
    decisive: ['transmitted', 'decrypted'],
    question: 'With encryptedBindingCode, which text takes the place of bindingCode in the signature?',
    source: 'the Chinese original: the value as transmitted; the English text can be read either way',
  }),
  bothBindingCodes: oneOf({
    choices: ['encrypted-wins', 'refuse'],
    question: 'What happens when bindingCode and encryptedBindingCode are both given?',
    source: 'field rows: "choose one"; what a server does then is not said',
  }),
  signatureCase: oneOf({
    choices: ['lower', 'any'],
    question: 'May the hex digits of the signature be upper case?',
    source: 'worked examples of sibling pages are lower case',
  }),
  dkPattern: pattern(
    '[0-9A-Za-z]{4,32}',
    'Which dk is well formed (5361)?',
    'sibling pages: 4 to 32 letters and digits; this page names no format',
  ),
  bindingCodePattern: pattern(
    '[0-9A-F]{16}',
    'Which bindingCode is well formed (5213)?',
    'sibling pages: 16 characters 0-9A-F; this page names no format',
  ),
  pwdPattern: pattern(
    '[\\x20-\\x7e]{1,64}',
    'Which pwd is well formed (5357)?',
    'no source; a password of 1 to 64 printable ASCII characters',
  ),
  deviceNameLimit: {
    default: 254,
    choices: '254 | a whole number from 1 to 100000',
    question: 'How many characters may a deviceName have (5333)?',
    source: 'sibling code 5069 names 254; the unit is open, so only ASCII names probe the bound',
    read: (text) => (/^[1-9]\d{0,5}$/.test(text) && Number(text) <= 100_000 ? Number(text) : undefined),
  },
  unknownDk: oneOf({
    choices: ['binds', 'refused'],
    question: 'Does a dk that the cloud has never seen bind?',
    source: 'inferred: a pure-Bluetooth device may first appear at its first bind',
  }),
  oldSecretWhenUnbound: oneOf({
    choices: [5052, 'ignored'],
    question: 'What does an old bindingSecret earn on a device that is not bound?',
    source: 'inferred from the meaning of 5052',
  }),
  siblingCodes: familySettings.siblingCodes,
};
