import type { Behaviour } from '../../../spec/pure-bt/reference/behaviour.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Mutant } from '../../mutants/mutant.ts';

/** deviceName: bounds, units and scripts (status 5333). */
export const deviceNameMutants: readonly Mutant[] = [
  limit('253-at-most', 'refuses a deviceName of 254 characters', 253, 'bind/name/longest'),
  limit('255-characters', 'takes a deviceName of 255 characters', 255, 'name/too-long'),
  limit(
    'unlimited',
    'takes a deviceName of any length',
    Number.POSITIVE_INFINITY,
    'name/too-long',
    'name/far-too-long',
  ),
  nameRefused(
    'one-byte',
    'keeps the length of a deviceName in one byte',
    (name) => name.length % 256 > 254,
    'name/far-too-long',
  ),
  nameRefused(
    'ascii',
    'refuses a deviceName that is not ASCII',
    (name) => tooLong(name) || /[^\x20-\x7e]/.test(name),
    'bind/name/chinese',
  ),
  nameRefused(
    'latin-1',
    'refuses what is not Latin-1',
    (name) => tooLong(name) || /[^\x20-\xff]/.test(name),
    'bind/name/arabic',
  ),
  nameRefused(
    'first-plane',
    'refuses characters of four bytes',
    (name) => tooLong(name) || /\p{Cs}|[\u{10000}-\u{10ffff}]/u.test(name),
    'bind/name/emoji',
  ),
  nameRefused(
    'combining',
    'refuses combining characters',
    (name) => tooLong(name) || /\p{M}/u.test(name),
    'bind/name/combining',
  ),
  nameRefused(
    'quotes',
    'takes quotes in a deviceName for an attack',
    (name) => tooLong(name) || /['"<>]/.test(name),
    'bind/name/quotes-and-backslashes',
  ),
  nameRefused(
    'two-units',
    'counts Chinese characters in bytes and all others in characters',
    (name) => (/\p{Script=Han}/u.test(name) ? Buffer.byteLength(name) > correct.deviceNameLimit : tooLong(name)),
    'name/one-unit',
  ),
  nameRefused(
    'accents-in-bytes',
    'counts accented letters in bytes and all others in characters',
    (name) => (/[\u00c0-\u00ff]/.test(name) ? Buffer.byteLength(name) > correct.deviceNameLimit : tooLong(name)),
    'name/one-unit',
  ),
  nameRefused(
    'two-at-least',
    'refuses a deviceName of one character',
    (name) => tooLong(name) || name.length === 1,
    'bind/name/one-character',
  ),
];

function tooLong(name: string): boolean {
  return name.length > correct.deviceNameLimit;
}

function limit(name: string, breaks: string, deviceNameLimit: number, ...killedBy: Mutant['killedBy']): Mutant {
  return { id: `name/${name}`, breaks, killedBy, override: { deviceNameLimit } };
}

function nameRefused(
  name: string,
  breaks: string,
  isRefused: (deviceName: string) => boolean,
  ...killedBy: Mutant['killedBy']
): Mutant {
  const override: Partial<Behaviour> = {
    deviceNameFormat: ({ fields }) => (isRefused(fields.deviceName ?? '') ? 'deviceNameTooLong' : undefined),
  };
  return { id: `name/${name}`, breaks, killedBy, override };
}
