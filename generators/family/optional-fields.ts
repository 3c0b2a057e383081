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

/** A name, shortened to fit a limit in every unit: bytes, UTF-16 units and characters. */
export function withinLimit(name: string, limit: number): string {
  return Buffer.byteLength(name, 'utf8') <= limit ? name : [...name].slice(0, Math.floor(limit / 4)).join('');
}

/** Every value the document lists for `capabilitiesBitmask`: 1 to 15. */
export const capabilityBitmasks: readonly number[] = Array.from({ length: 15 }, (_, index) => index + 1);

/** The names of a bitmask's capabilities, for titles: `WAN+BLE`. The bits are derived from the sums that the document lists. */
export function capabilityNames(bitmask: number): string {
  return ['WAN', 'LAN', 'BLE', 'Matter'].filter((_, bit) => bitmask & (1 << bit)).join('+');
}
