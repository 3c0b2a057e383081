import type { World } from '../../../spec/family/reference/world.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Attempt, Behaviour } from '../../../spec/pure-bt/reference/decision.ts';
import { changed, changedBy, type Mutant, skipped } from './server.ts';

/** Formats of dk and bindingCode: limits, anchors and alphabets that are almost correct. */
export const patternMutants: readonly Mutant[] = [
  // A dk is 4 to 32 letters and digits (status 5361, 5067).
  ...changedBy((dkPattern: RegExp) => ({ dkPattern }), {
    'dk/three-characters: accepts a dk of 3 characters -> dk/too-short': /^[0-9A-Za-z]{3,32}$/,
    'dk/five-at-least: rejects a dk of 4 characters -> bind/dk/shortest': /^[0-9A-Za-z]{5,32}$/,
    'dk/31-at-most: rejects a dk of 32 characters -> bind/dk/longest': /^[0-9A-Za-z]{4,31}$/,
    'dk/33-characters: accepts a dk of 33 characters -> dk/too-long': /^[0-9A-Za-z]{4,33}$/,
    'dk/no-upper-bound: accepts a dk of any length -> dk/too-long dk/far-too-long': /^[0-9A-Za-z]{4,}$/,
    'dk/no-lower-bound: accepts a dk of any length up to 32 -> dk/one-character': /^[0-9A-Za-z]{1,32}$/,
    'dk/start-unanchored: checks only the end of a dk -> dk/hyphen-first': /[0-9A-Za-z]{4,32}$/,
    'dk/end-unanchored: checks only the start of a dk -> dk/hyphen-last': /^[0-9A-Za-z]{4,32}/,
    'dk/unanchored: accepts a text that contains a valid dk -> dk/underscore dk/too-long': /[0-9A-Za-z]{4,32}/,
    'dk/multiline-start: accepts a dk on a second line -> dk/two-lines': /^[0-9A-Za-z]{4,32}$/m,
    'dk/multiline-end: accepts a dk before a second line -> dk/first-of-two-lines': /^[0-9A-Za-z]{4,32}(?:\n|$)/,
    'dk/final-newline: lets $ match before a final newline -> dk/newline': /^[0-9A-Za-z]{4,32}\n?$/,
    'dk/upper-case: rejects a dk in lower case -> bind/dk/lower-case': /^[0-9A-Z]{4,32}$/,
    'dk/hex: accepts only hex digits -> bind/dk/letters-only': /^[0-9A-Fa-f]{4,32}$/,
    'dk/twelve: expects a MAC address as every dk -> bind/dk/imei bind/dk/digits-only': /^[0-9A-Za-z]{12}$/,
    'dk/letter-needed: rejects a dk of only digits -> bind/dk/digits-only': /^\d*[A-Za-z][0-9A-Za-z]*$/,
    'dk/17-to-30: rejects a dk of 17 to 30 characters -> property/any-device': /^(?:\w{4,16}|\w{31,32})$/,
    'dk/word: accepts an underscore as a letter -> dk/underscore': /^\w{4,32}$/,
    'dk/a-to-z: accepts the characters between Z and a as letters -> dk/underscore': /^[0-9A-z]{4,32}$/,
    'dk/separators: accepts a MAC address with separators -> dk/colons dk/hyphen': /^[0-9A-Za-z:-]{4,48}$/,
    'dk/space: accepts spaces inside a dk -> dk/space': /^[0-9A-Za-z ]{4,32}$/,
    'dk/any-letter: accepts the letters of every script -> dk/non-ascii': /^[\p{L}0-9]{4,32}$/u,
    'dk/any-digit: accepts the digits of every script -> dk/arabic-digits': /^[A-Za-z\p{Nd}]{4,32}$/u,
    'dk/wide-digit: accepts full-width digits -> dk/full-width': /^[0-9A-Za-z０-９]{4,32}$/u,
    'dk/folded: ignores the case of letters by Unicode rules -> dk/kelvin-sign dk/long-s': /^[0-9a-z]{4,32}$/iu,
  }),
  ...changed({
    'dk/known-devices-alone: checks the format only of a dk that is on record -> fresh-device/dk-newline fresh-device/dk-far-too-long fresh-device/dk-too-short':
      { dkFormat: (attempt, world) => (isKnown(attempt, world) ? correct.dkFormat(attempt, world) : undefined) },
    'dk/short-unchecked: checks the format only of a dk of 12 or more characters -> dk/too-short dk/one-character dk/blank':
      skipped(['dkFormat'], ({ fields }) => (fields.dk ?? '').length < 12),
    'dk/looked-up-as-malformed: answers 5361 for an unknown dk -> bind/dk/mac bind/dk/shortest': {
      dkFormat: (attempt, world) => (isKnown(attempt, world) ? undefined : 'dkFormat'),
    },
    'dk/separators-ignored: removes separators from a dk before the check -> dk/colons dk/hyphen': {
      dkFormat: ({ fields, behaviour }) =>
        behaviour.dkPattern.test((fields.dk ?? '').replace(/[:-]/g, '')) ? undefined : 'dkFormat',
    },
    'dk/empty-is-malformed: treats an empty dk as malformed -> dk/empty': {
      dkGiven: ({ fields }) => (fields.dk === undefined ? 'dkMissing' : undefined),
    },
    'dk/blank-is-well-formed: accepts a dk of spaces -> dk/blank': skipped(
      ['dkFormat'],
      ({ fields }) => fields.dk?.trim() === '',
    ),
  }),
  // A bindingCode is 16 characters 0-9A-F, plain or encrypted (status 5213, 5179). The looser patterns are detected
  // in the state where any code binds; in other states the code is also compared with the device's.
  ...changedBy((bindingCodePattern: RegExp) => ({ bindingCodePattern }), {
    'code/15-characters: accepts a bindingCode of 15 characters -> fresh-device/code-too-short': /^[0-9A-F]{15,16}$/,
    'code/17-characters: accepts a bindingCode of 17 characters -> fresh-device/code-too-long': /^[0-9A-F]{16,17}$/,
    'code/blocks: accepts several bindingCodes in a row -> fresh-device/code-twice-as-long': /^(?:[0-9A-F]{16})+$/,
    'code/start-unanchored: checks only the end of a bindingCode -> fresh-device/code-too-long fresh-device/code-two-lines':
      /[0-9A-F]{16}$/,
    'code/end-unanchored: checks only the start of a bindingCode -> fresh-device/code-too-long fresh-device/code-newline':
      /^[0-9A-F]{16}/,
    'code/multiline: accepts a bindingCode on one of several lines -> fresh-device/code-two-lines': /^[0-9A-F]{16}$/m,
    'code/final-newline: lets $ match before a final newline -> fresh-device/code-newline': /^[0-9A-F]{16}\n?$/,
    'code/any-case: accepts a bindingCode in lower case -> fresh-device/code-lower-case': /^[0-9A-F]{16}$/i,
    'code/last-case: checks the case of all digits except the last -> fresh-device/code-lower-case-last':
      /^[0-9A-F]{15}[0-9A-Fa-f]$/,
    'code/g: accepts G as a hex digit -> fresh-device/code-not-hex': /^[0-9A-G]{16}$/,
    'code/g-first: checks all digits except the first -> fresh-device/code-not-hex-first': /^[0-9A-Z][0-9A-F]{15}$/,
    'code/g-last: checks all digits except the last -> fresh-device/code-not-hex-last': /^[0-9A-F]{15}[0-9A-Z]$/,
    'code/any-digit: accepts the digits of every script -> fresh-device/code-non-ascii': /^[A-F\p{Nd}]{16}$/u,
    'code/groups: accepts a bindingCode in groups -> fresh-device/code-hyphens': /^(?:[0-9A-F]{4}-?){4}$/,
    'code/space: accepts a space in a bindingCode -> fresh-device/code-space': /^[0-9A-F ]{16}$/,
  }),
  // A separate pattern for the decrypted bindingCode.
  ...changedBy((bindingCodePattern: RegExp) => decryptedWith({ bindingCodePattern }), {
    'encrypted-code/any-length: accepts an encrypted bindingCode of any length -> fresh-device/encrypted-code-too-short fresh-device/encrypted-code-too-long':
      /^[0-9A-F]+$/,
    'encrypted-code/any-case: accepts an encrypted bindingCode in lower case -> fresh-device/encrypted-code-lower-case':
      /^[0-9A-F]{16}$/i,
    'encrypted-code/final-newline: lets $ match before a final newline in a decrypted bindingCode -> fresh-device/encrypted-code-newline':
      /^[0-9A-F]{16}\n?$/,
    'encrypted-code/anything: accepts any content of an encrypted bindingCode -> fresh-device/encrypted-code-not-hex fresh-device/encrypted-code-hyphens':
      /^/,
    'encrypted-code/nothing: accepts an encrypted bindingCode without content -> fresh-device/encrypted-code-nothing':
      /^(?:[0-9A-F]{16})?$/,
  }),
  ...changed({
    'code/empty-is-malformed: treats an empty bindingCode as malformed -> code/empty': {
      bindingCodeGiven: ({ fields }) =>
        fields.bindingCode === undefined && fields.encryptedBindingCode === undefined
          ? 'bindingCodeMissing'
          : undefined,
    },
    'code/not-needed: binds without a bindingCode -> code/absent shift/code-into-pwd': {
      ...skipped(['bindingCodeGiven', 'bindingCodeIsDevices']),
      bindingCodePattern: /^(?:[0-9A-F]{16})?$/,
    },
    'code/upper-cased: converts a bindingCode to upper case before the check -> code/lower-case fresh-device/code-lower-case':
      {
        bindingCodeFormat: (attempt) => {
          if (attempt.fields.encryptedBindingCode) return undefined;
          attempt.code = (attempt.fields.bindingCode ?? '').toUpperCase();
          return attempt.behaviour.bindingCodePattern.test(attempt.code) ? undefined : 'bindingCodeFormat';
        },
      },
    'code/trimmed-after-decryption: trims a decrypted bindingCode -> encrypted-code/newline': decryptedWith({
      decrypt: (...given) => correct.decrypt(...given)?.trim(),
    }),
    'code/boundary-moved: accepts any 15 to 17 digits as a bindingCode -> shift/code-to-pwd shift/dk-to-code': {
      ...skipped(['bindingCodeIsDevices']),
      bindingCodePattern: /^[0-9A-F]{15,17}$/,
    },
    'code/both-refused-by-5412: answers 5412 if both forms of the bindingCode are given -> open/both-codes': {
      bindingCodeGiven: (attempt, world) =>
        attempt.fields.bindingCode && attempt.fields.encryptedBindingCode
          ? 'boundByAnother'
          : correct.bindingCodeGiven(attempt, world),
    },
    'code/never-encrypted: does not support encryptedBindingCode -> bind/code/encrypted bind/home-encrypted': {
      bindingCodeGiven: ({ fields }) => (fields.bindingCode ? undefined : 'bindingCodeMissing'),
    },
  }),
];

function decryptedWith(override: Partial<Behaviour>): Partial<Behaviour> {
  return {
    encryptedBindingCodeReadable: (attempt, world) => {
      const other = { ...attempt, behaviour: { ...attempt.behaviour, ...override } };
      const refusal = correct.encryptedBindingCodeReadable(other, world);
      if (other.code !== undefined) attempt.code = other.code;
      return refusal;
    },
  };
}

function isKnown({ fields }: Attempt, world: World): boolean {
  return correct.findDevice(world, fields.pk ?? '', fields.dk ?? '') !== undefined;
}
