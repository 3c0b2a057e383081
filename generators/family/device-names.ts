import { inventName, type Random } from '../random.ts';

/** Device names that a server must store unchanged, by a short name; each has at most 254 characters in every unit. */
export const deviceNameKinds: Readonly<Record<string, (random: Random) => string>> = {
  plain: inventName,
  'one-character': (random) => random.string.alpha(1),
  accents: () => 'Küchenwaage Größe é ñ ø',
  chinese: () => '客厅的蓝牙秤',
  arabic: () => 'مقياس المطبخ',
  emoji: () => 'Scale ⚖️ 👩‍👩‍👧 🇩🇪',
  combining: () => 'Cafe\u0301',
  'quotes-and-backslashes': () => `"Bob's" \\ <scale> & 'co'; -- {{x}}`,
};

/** An ASCII deviceName of an exact length. The unit of the limit is open; for ASCII all units give the same length. */
export function deviceNameOfLength(random: Random, length: number): string {
  return random.string.alpha(length);
}

/** A name, shortened to fit a limit in every unit: bytes, UTF-16 units and characters. */
export function withinLimit(name: string, limit: number): string {
  return Buffer.byteLength(name, 'utf8') <= limit ? name : [...name].slice(0, Math.floor(limit / 4)).join('');
}
