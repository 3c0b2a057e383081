import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Behaviour } from '../../../spec/pure-bt/reference/decision.ts';
import { changed, changedBy, type Mutant, nullsIn, refusingFields, skipped } from './server.ts';

/** The other fields. */
export const fieldMutants: readonly Mutant[] = [
  // deviceName: limits, units and scripts (status 5333).
  ...changedBy((deviceNameLimit: number) => ({ deviceNameLimit }), {
    'name/253-at-most: rejects a deviceName of 254 characters -> bind/name/longest': 253,
    'name/255-characters: accepts a deviceName of 255 characters -> name/too-long': 255,
    'name/unlimited: accepts a deviceName of any length -> name/too-long name/far-too-long': Number.POSITIVE_INFINITY,
  }),
  ...changed({
    'name/one-byte: stores the length of a deviceName in one byte -> name/far-too-long': {
      deviceNameFormat: ({ fields }) =>
        (fields.deviceName ?? '').length % 256 > 254 ? 'deviceNameTooLong' : undefined,
    },
  }),
  ...changedBy(refuseNames, {
    'name/ascii: rejects a deviceName that is not ASCII -> bind/name/chinese': /[^\x20-\x7e]/,
    'name/latin-1: rejects a deviceName that is not Latin-1 -> bind/name/arabic': /[^\x20-\xff]/,
    'name/first-plane: rejects characters of four bytes -> bind/name/emoji': /\p{Cs}|[\u{10000}-\u{10ffff}]/u,
    'name/combining: rejects combining characters -> bind/name/combining': /\p{M}/u,
    'name/quotes: rejects quotes in a deviceName as an attack -> bind/name/quotes-and-backslashes': /['"<>]/,
    'name/two-at-least: rejects a deviceName of one character -> bind/name/one-character': /^.$/,
  }),
  ...changedBy(inBytes, {
    'name/two-units: counts Chinese characters in bytes and all others in characters -> name/one-unit':
      /\p{Script=Han}/u,
    'name/accents-in-bytes: counts accented letters in bytes and all others in characters -> name/one-unit':
      /[\u00c0-\u00ff]/,
  }),
  // pwd, random, capabilitiesBitmask, isCommonDevice, frid, and null.
  ...changed({
    'pwd/unchecked: accepts any pwd -> pwd/malformed': skipped(['pwdFormat']),
    'pwd/required: requires a pwd for every device -> bind/plain': {
      pwdFormat: ({ fields, behaviour }) => (behaviour.pwdPattern.test(fields.pwd ?? '') ? undefined : 'pwdFormat'),
    },
    'random/cut-to-16: uses the first 16 characters of a longer random -> random/too-long': {
      randomPattern: /^[0-9A-Za-z]{16,}$/,
      decrypt: (base64, key, iv) => correct.decrypt(base64, key, iv.slice(0, 16)),
    },
    'fields/two-at-once: rejects a deviceName together with a capabilitiesBitmask -> property/valid': refusingFields(
      (fields) => fields.deviceName !== undefined && fields.capabilitiesBitmask !== undefined,
    ),
    'fields/common-false-refused: rejects isCommonDevice false -> bind/common/false bind/home-not-common':
      refusingFields(({ isCommonDevice }) => isCommonDevice === false),
    'fields/room-required: requires a room if a home is given -> bind/home-without-room': refusingFields(
      ({ fid, frid }) => fid !== undefined && frid === undefined,
    ),
    'null/pk-as-text: reads a null pk as the text "null" -> pk/null': nullsIn(['pk'], 'null'),
    'null/dk-as-text: reads a null dk as the text "null" -> dk/null': nullsIn(['dk'], 'null'),
    'null/bindingCode-as-text: reads a null bindingCode as the text "null" -> code/null': nullsIn(
      ['bindingCode'],
      'null',
    ),
  }),
  ...changedBy(bitmask, {
    'capabilities/no-matter: does not know the bit for Matter -> bind/capabilities/8 bind/capabilities/15': (mask) =>
      mask > 7,
    'capabilities/14-at-most: rejects the sum of all capabilities -> bind/capabilities/15': (mask) => mask > 14,
    'capabilities/2-at-least: rejects the lowest capability -> bind/capabilities/1': (mask) => mask < 2,
    'capabilities/ble-needed: requires the Bluetooth bit -> bind/capabilities/3': (mask) => (mask & 4) === 0,
    'capabilities/one-bit: accepts only one capability -> bind/capabilities/5': (mask) => (mask & (mask - 1)) !== 0,
  }),
];

function refuseNames(pattern: RegExp): Partial<Behaviour> {
  return {
    deviceNameFormat: (attempt, world) =>
      pattern.test(attempt.fields.deviceName ?? '') ? 'deviceNameTooLong' : correct.deviceNameFormat(attempt, world),
  };
}

function inBytes(pattern: RegExp): Partial<Behaviour> {
  return {
    deviceNameFormat: ({ fields: { deviceName = '' } }) => {
      const units = pattern.test(deviceName) ? Buffer.byteLength(deviceName) : deviceName.length;
      return units > correct.deviceNameLimit ? 'deviceNameTooLong' : undefined;
    },
  };
}

function bitmask(isRefused: (mask: number) => boolean): Partial<Behaviour> {
  return refusingFields(({ capabilitiesBitmask: mask }) => mask !== undefined && isRefused(mask));
}
