import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Mutant } from '../../mutants/mutant.ts';

/** A dk is 4 to 32 letters and digits (status 5361, 5067): bounds, anchors and alphabets that are almost right. */
export const dkMutants: readonly Mutant[] = [
  pattern('three-characters', 'takes a dk of 3 characters', /^[0-9A-Za-z]{3,32}$/, 'dk/too-short'),
  pattern('five-at-least', 'refuses a dk of 4 characters', /^[0-9A-Za-z]{5,32}$/, 'bind/dk/shortest'),
  pattern('31-at-most', 'refuses a dk of 32 characters', /^[0-9A-Za-z]{4,31}$/, 'bind/dk/longest'),
  pattern('33-characters', 'takes a dk of 33 characters', /^[0-9A-Za-z]{4,33}$/, 'dk/too-long'),
  pattern('no-upper-bound', 'takes a dk of any length', /^[0-9A-Za-z]{4,}$/, 'dk/too-long', 'dk/far-too-long'),
  pattern('no-lower-bound', 'takes a dk of any length up to 32', /^[0-9A-Za-z]{1,32}$/, 'dk/one-character'),
  pattern('start-unanchored', 'looks at the end of a dk alone', /[0-9A-Za-z]{4,32}$/, 'dk/hyphen-first'),
  pattern('end-unanchored', 'looks at the start of a dk alone', /^[0-9A-Za-z]{4,32}/, 'dk/hyphen-last'),
  pattern('unanchored', 'looks for a dk anywhere', /[0-9A-Za-z]{4,32}/, 'dk/underscore', 'dk/too-long'),
  pattern('multiline-start', 'takes a dk on a second line', /^[0-9A-Za-z]{4,32}$/m, 'dk/two-lines'),
  pattern('multiline-end', 'takes a dk before a second line', /^[0-9A-Za-z]{4,32}(?:\n|$)/, 'dk/first-of-two-lines'),
  pattern('final-newline', 'lets $ match before a final newline', /^[0-9A-Za-z]{4,32}\n?$/, 'dk/newline'),
  pattern('upper-case', 'refuses a dk in lower case', /^[0-9A-Z]{4,32}$/, 'bind/dk/lower-case'),
  pattern('hex', 'takes hex digits alone', /^[0-9A-Fa-f]{4,32}$/, 'bind/dk/letters-only'),
  pattern('twelve', 'takes every dk for a MAC address', /^[0-9A-Za-z]{12}$/, 'bind/dk/imei', 'bind/dk/digits-only'),
  pattern('letter-needed', 'refuses a dk of digits alone', /^\d*[A-Za-z][0-9A-Za-z]*$/, 'bind/dk/digits-only'),
  pattern('17-to-30', 'refuses a dk of 17 to 30 characters', /^(?:\w{4,16}|\w{31,32})$/, 'property/any-device'),
  pattern('word', 'takes an underscore for a letter', /^\w{4,32}$/, 'dk/underscore'),
  pattern('a-to-z', 'takes what stands between Z and a for letters', /^[0-9A-z]{4,32}$/, 'dk/underscore'),
  pattern('separators', 'takes a MAC with its separators', /^[0-9A-Za-z:-]{4,48}$/, 'dk/colons', 'dk/hyphen'),
  pattern('space', 'takes spaces inside a dk', /^[0-9A-Za-z ]{4,32}$/, 'dk/space'),
  pattern('any-letter', 'takes the letters of every script', /^[\p{L}0-9]{4,32}$/u, 'dk/non-ascii'),
  pattern('any-digit', 'takes the digits of every script', /^[A-Za-z\p{Nd}]{4,32}$/u, 'dk/arabic-digits'),
  pattern('wide-digit', 'takes full-width digits', /^[0-9A-Za-z０-９]{4,32}$/u, 'dk/full-width'),
  pattern('folded', 'folds the case of letters by Unicode', /^[0-9a-z]{4,32}$/iu, 'dk/kelvin-sign', 'dk/long-s'),
  {
    id: 'dk/known-devices-alone',
    breaks: 'looks at the format of a dk that is on record alone',
    killedBy: ['fresh-device/dk-newline', 'fresh-device/dk-far-too-long', 'fresh-device/dk-too-short'],
    override: {
      dkFormat: (attempt, world) =>
        correct.findDevice(world, attempt.fields.pk ?? '', attempt.fields.dk ?? '') === undefined
          ? undefined
          : correct.dkFormat(attempt, world),
    },
  },
  {
    id: 'dk/short-unchecked',
    breaks: 'looks at the format of a dk of 12 characters or more',
    killedBy: ['dk/too-short', 'dk/one-character', 'dk/blank'],
    override: {
      dkFormat: (attempt, world) =>
        (attempt.fields.dk ?? '').length < 12 ? undefined : correct.dkFormat(attempt, world),
    },
  },
  {
    id: 'dk/looked-up-as-malformed',
    breaks: 'answers 5361 for a dk that it has not seen',
    killedBy: ['bind/dk/mac', 'bind/dk/shortest'],
    override: {
      dkFormat: (attempt, world) =>
        correct.findDevice(world, attempt.fields.pk ?? '', attempt.fields.dk ?? '') === undefined
          ? 'dkFormat'
          : undefined,
    },
  },
  {
    id: 'dk/separators-ignored',
    breaks: 'takes separators out of a dk before it looks at it',
    killedBy: ['dk/colons', 'dk/hyphen'],
    override: {
      dkFormat: ({ fields, behaviour }) =>
        behaviour.dkPattern.test((fields.dk ?? '').replace(/[:-]/g, '')) ? undefined : 'dkFormat',
    },
  },
  {
    id: 'dk/empty-is-malformed',
    breaks: 'takes an empty dk for a malformed one',
    killedBy: ['dk/empty'],
    override: { dkGiven: ({ fields }) => (fields.dk === undefined ? 'dkMissing' : undefined) },
  },
  {
    id: 'dk/blank-is-well-formed',
    breaks: 'takes a dk of spaces',
    killedBy: ['dk/blank'],
    override: {
      dkFormat: ({ fields, behaviour }) =>
        fields.dk?.trim() === '' || behaviour.dkPattern.test(fields.dk ?? '') ? undefined : 'dkFormat',
    },
  },
];

function pattern(name: string, breaks: string, dkPattern: RegExp, ...killedBy: Mutant['killedBy']): Mutant {
  return { id: `dk/${name}`, breaks, killedBy, override: { dkPattern } };
}
