import type { Random } from '../random.ts';

const hexUpper = [...'0123456789ABCDEF'];
const hexLetters = [...'ABCDEF'];

/** A dk that looks like a Bluetooth MAC address: 12 upper-case hex digits. */
export function macDk(random: Random): string {
  return random.string.fromCharacters(hexUpper, 12);
}

/** A dk that looks like an IMEI: 15 digits, the last one the Luhn check digit. */
export function imeiDk(random: Random): string {
  const digits = random.string.numeric({ length: 14, allowLeadingZeros: false });
  return digits + luhnDigit(digits);
}

/** Dks of the usual kinds, by a short name; the dialect's pattern decides which are well formed. */
export const dkKinds: Readonly<Record<string, (random: Random) => string>> = {
  mac: macDk,
  imei: imeiDk,
  'lower-case': (random) => macDk(random).toLowerCase().replace(/^./, 'a'),
  'digits-only': (random) => random.string.numeric({ length: 8, allowLeadingZeros: true }),
  'letters-only': (random) => random.string.alpha({ length: 10, casing: 'mixed' }),
};

/**
 * A different text of the same shape: digits stay digits, letters keep their case, and a text with no letter after F keeps to
 * hex digits. Used for a second device or code that is as well formed as the first.
 */
export function similarText(text: string, random: Random): string {
  const letters = /[G-Zg-z]/.test(text) ? 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' : 'ABCDEF';
  return text
    .replace(/[A-Z]/g, () => random.string.fromCharacters([...letters], 1))
    .replace(/[a-z]/g, () => random.string.fromCharacters([...letters.toLowerCase()], 1))
    .replace(/[0-9]/g, () => random.string.numeric({ length: 1, allowLeadingZeros: true }));
}

/** A bindingCode: 16 characters `0-9A-F`, with at least one letter, so that a wrong letter case is possible. */
export function bindingCode(random: Random): string {
  const digits = random.string.fromCharacters(hexUpper, 15);
  const letter = random.string.fromCharacters(hexLetters, 1);
  const at = random.number.int({ min: 0, max: 15 });
  return digits.slice(0, at) + letter + digits.slice(at);
}

/** A bindingSecret: 16 letters and digits. */
export function bindingSecret(random: Random): string {
  return random.string.alphanumeric(16);
}

/** A value for `random`, the AES initialisation vector: 16 letters and digits. */
export function initialisationVector(random: Random): string {
  return random.string.alphanumeric(16);
}

/** A pk as real ones look: `p1` and four letters or digits. */
export function productKey(random: Random): string {
  return `p1${random.string.alphanumeric(4)}`;
}

/** A productSecret (PS): 16 ASCII letters and digits, the AES-128 key as raw bytes. */
export function productSecret(random: Random): string {
  return random.string.alphanumeric(16);
}

/** A userDomainSecret: 44 letters and digits. */
export function userDomainSecret(random: Random): string {
  return random.string.alphanumeric(44);
}

function luhnDigit(digits: string): string {
  let sum = 0;
  for (const [index, character] of [...digits].reverse().entries()) {
    const doubled = Number(character) * (index % 2 === 0 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return String((10 - (sum % 10)) % 10);
}
