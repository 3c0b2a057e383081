import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Mutant } from '../../mutants/mutant.ts';
import { skipped } from './paths.ts';

/**
 * A bindingCode is 16 characters 0-9A-F, in clear or encrypted (status 5213, 5179).
 * The looser patterns are seen where any code binds; elsewhere the device's own code stands in the way.
 */
export const bindingCodeMutants: readonly Mutant[] = [
  pattern('15-characters', 'takes a bindingCode of 15 characters', /^[0-9A-F]{15,16}$/, 'too-short'),
  pattern('17-characters', 'takes a bindingCode of 17 characters', /^[0-9A-F]{16,17}$/, 'too-long'),
  pattern('blocks', 'takes several bindingCodes in a row', /^(?:[0-9A-F]{16})+$/, 'twice-as-long'),
  pattern('start-unanchored', 'looks at the end of a bindingCode alone', /[0-9A-F]{16}$/, 'too-long', 'two-lines'),
  pattern('end-unanchored', 'looks at the start of a bindingCode alone', /^[0-9A-F]{16}/, 'too-long', 'newline'),
  pattern('multiline', 'takes a bindingCode on any of several lines', /^[0-9A-F]{16}$/m, 'two-lines'),
  pattern('final-newline', 'lets $ match before a final newline', /^[0-9A-F]{16}\n?$/, 'newline'),
  pattern('any-case', 'takes a bindingCode in lower case', /^[0-9A-F]{16}$/i, 'lower-case'),
  pattern('last-case', 'looks at the case of all but the last', /^[0-9A-F]{15}[0-9A-Fa-f]$/, 'lower-case-last'),
  pattern('g', 'takes G for a hex digit', /^[0-9A-G]{16}$/, 'not-hex'),
  pattern('g-first', 'looks at all but the first digit', /^[0-9A-Z][0-9A-F]{15}$/, 'not-hex-first'),
  pattern('g-last', 'looks at all but the last digit', /^[0-9A-F]{15}[0-9A-Z]$/, 'not-hex-last'),
  pattern('any-digit', 'takes the digits of every script', /^[A-F\p{Nd}]{16}$/u, 'non-ascii'),
  pattern('groups', 'takes a bindingCode in groups', /^(?:[0-9A-F]{4}-?){4}$/, 'hyphens'),
  pattern('space', 'takes a space in a bindingCode', /^[0-9A-F ]{16}$/, 'space'),
  encrypted('any-length', 'takes an encrypted bindingCode of any length', /^[0-9A-F]+$/, 'too-short', 'too-long'),
  encrypted('any-case', 'takes an encrypted bindingCode in lower case', /^[0-9A-F]{16}$/i, 'lower-case'),
  encrypted('final-newline', 'lets $ match in a decrypted bindingCode', /^[0-9A-F]{16}\n?$/, 'newline'),
  encrypted('anything', 'takes whatever an encrypted bindingCode holds', /^/, 'not-hex', 'hyphens'),
  encrypted('nothing', 'takes an encrypted bindingCode that holds nothing', /^(?:[0-9A-F]{16})?$/, 'nothing'),
  {
    id: 'code/empty-is-malformed',
    breaks: 'takes an empty bindingCode for a malformed one',
    killedBy: ['code/empty'],
    override: {
      bindingCodeGiven: ({ fields }) =>
        fields.bindingCode === undefined && fields.encryptedBindingCode === undefined
          ? 'bindingCodeMissing'
          : undefined,
    },
  },
  {
    id: 'code/not-needed',
    breaks: 'binds without a bindingCode',
    killedBy: ['code/absent', 'shift/code-into-pwd'],
    override: {
      ...skipped('bindingCodeGiven', 'bindingCodeIsDevices'),
      bindingCodePattern: /^(?:[0-9A-F]{16})?$/,
    },
  },
  {
    id: 'code/upper-cased',
    breaks: 'puts a bindingCode into upper case before it looks at it',
    killedBy: ['code/lower-case', 'fresh-device/code-lower-case'],
    override: {
      bindingCodeFormat: (attempt) => {
        if (attempt.fields.encryptedBindingCode) return undefined;
        attempt.code = (attempt.fields.bindingCode ?? '').toUpperCase();
        return attempt.behaviour.bindingCodePattern.test(attempt.code) ? undefined : 'bindingCodeFormat';
      },
    },
  },
  {
    id: 'code/trimmed-after-decryption',
    breaks: 'trims a decrypted bindingCode',
    killedBy: ['encrypted-code/newline'],
    override: {
      encryptedBindingCodeReadable: (attempt, world) => {
        const decrypt: typeof correct.decrypt = (...given) => correct.decrypt(...given)?.trim();
        const trimming = { ...attempt, behaviour: { ...attempt.behaviour, decrypt } };
        const refusal = correct.encryptedBindingCodeReadable(trimming, world);
        if (trimming.code !== undefined) attempt.code = trimming.code;
        return refusal;
      },
    },
  },
  {
    id: 'code/boundary-moved',
    breaks: 'takes 15 to 17 digits for a bindingCode and asks no device for its own',
    killedBy: ['shift/code-to-pwd', 'shift/dk-to-code'],
    override: { ...skipped('bindingCodeIsDevices'), bindingCodePattern: /^[0-9A-F]{15,17}$/ },
  },
  {
    id: 'code/both-refused-by-5412',
    breaks: 'answers 5412 where both forms of the bindingCode are given',
    killedBy: ['open/both-codes'],
    override: {
      bindingCodeGiven: (attempt, world) =>
        attempt.fields.bindingCode && attempt.fields.encryptedBindingCode
          ? 'boundByAnother'
          : correct.bindingCodeGiven(attempt, world),
    },
  },
  {
    id: 'code/never-encrypted',
    breaks: 'knows no encryptedBindingCode',
    killedBy: ['bind/code/encrypted', 'bind/home-encrypted'],
    override: {
      bindingCodeGiven: ({ fields }) => (fields.bindingCode ? undefined : 'bindingCodeMissing'),
    },
  },
];

function pattern(
  name: string,
  breaks: string,
  bindingCodePattern: RegExp,
  ...kinds: readonly [string, ...string[]]
): Mutant {
  const [first, ...others] = kinds.map((kind) => `fresh-device/code-${kind}`);
  return { id: `code/${name}`, breaks, killedBy: [first ?? '', ...others], override: { bindingCodePattern } };
}

/** Another pattern for what was decrypted than for what came in clear. */
function encrypted(name: string, breaks: string, pattern: RegExp, ...kinds: readonly [string, ...string[]]): Mutant {
  const [first, ...others] = kinds.map((kind) => `fresh-device/encrypted-code-${kind}`);
  return {
    id: `encrypted-code/${name}`,
    breaks,
    killedBy: [first ?? '', ...others],
    override: {
      encryptedBindingCodeReadable: (attempt, world) => {
        const looser = { ...attempt, behaviour: { ...attempt.behaviour, bindingCodePattern: pattern } };
        const refusal = correct.encryptedBindingCodeReadable(looser, world);
        if (looser.code !== undefined) attempt.code = looser.code;
        return refusal;
      },
    },
  };
}
