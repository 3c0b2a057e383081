import { familySettings, oneOf, pattern } from '../dialect.ts';
import { platformSettings } from '../family/settings.ts';
import type { Setting } from '../operation.ts';

/** One reading of everything that this operation's page leaves open. */
export type DialectValues = {
  readonly successCode: 200 | 0 | 'any';
  readonly refusalStatus: 200 | 'any';
  readonly signedBindingCode: 'transmitted' | 'decrypted';
  readonly bothBindingCodes: 'encrypted-wins' | 'refuse';
  readonly signatureCase: 'lower' | 'any';
  /** Source of a regular expression that must match a complete dk. */
  readonly dkPattern: string;
  /** Source of a regular expression that must match a complete bindingCode. */
  readonly bindingCodePattern: string;
  /** Source of a regular expression that must match a complete pwd. */
  readonly pwdPattern: string;
  /** The maximum length of a deviceName, in characters. */
  readonly deviceNameLimit: number;
  readonly unknownDk: 'binds' | 'refused';
  readonly oldSecretWhenUnbound: 5052 | 'ignored';
  readonly siblingCodes: 'accept' | 'refuse';
};

/** Every dialect setting. The default is first in `choices`. */
export const dialectSettings: { readonly [Key in keyof DialectValues]: Setting<DialectValues[Key]> } = {
  successCode: familySettings.successCode,
  refusalStatus: familySettings.refusalStatus,
  signedBindingCode: oneOf({
    choices: ['transmitted', 'decrypted'],
    decisive: ['transmitted', 'decrypted'],
    question: 'With encryptedBindingCode, which text takes the place of bindingCode in the signature?',
    source: 'the Chinese original: the value as transmitted; the English text allows both readings',
  }),
  bothBindingCodes: oneOf({
    choices: ['encrypted-wins', 'refuse'],
    question: 'What happens when bindingCode and encryptedBindingCode are both given?',
    source: 'field rows: "choose one"; the page does not say what a server does with both',
  }),
  signatureCase: oneOf({
    choices: ['lower', 'any'],
    question: 'May the hex digits of the signature be upper case?',
    source: 'examples of sibling pages are in lower case',
  }),
  dkPattern: platformSettings.dkPattern,
  bindingCodePattern: platformSettings.bindingCodePattern,
  pwdPattern: pattern(
    '[\\x20-\\x7e]{1,64}',
    'Which pwd is well formed (5357)?',
    'no source; a password of 1 to 64 printable ASCII characters',
  ),
  deviceNameLimit: platformSettings.deviceNameLimit,
  unknownDk: oneOf({
    choices: ['binds', 'refused'],
    question: 'Can a device with a dk that is new to the cloud be bound?',
    source: 'inferred: the cloud may first see a pure-Bluetooth device when it is bound',
  }),
  oldSecretWhenUnbound: oneOf({
    choices: [5052, 'ignored'],
    question: 'How is an old bindingSecret answered for a device that is not bound?',
    source: 'inferred from the meaning of 5052',
  }),
  siblingCodes: familySettings.siblingCodes,
};
