import { expect, test } from 'vitest';
import type { Random } from '../random.ts';
import { seededRandom } from '../random.ts';
import { capabilityBitmasks, capabilityNames } from './capabilities.ts';
import { deviceNameKinds } from './device-names.ts';
import {
  bindingCode,
  bindingSecret,
  dkKinds,
  imeiDk,
  initialisationVector,
  macDk,
  productKey,
  productSecret,
  userDomainSecret,
} from './devices.ts';

const shapes: readonly (readonly [string, (random: Random) => string, RegExp])[] = [
  ['macDk', macDk, /^[0-9A-F]{12}$/],
  ['imeiDk', imeiDk, /^[0-9]{15}$/],
  ['bindingCode', bindingCode, /^(?=.*[A-F])[0-9A-F]{16}$/],
  ['bindingSecret', bindingSecret, /^[0-9A-Za-z]{16}$/],
  ['random', initialisationVector, /^[0-9A-Za-z]{16}$/],
  ['productKey', productKey, /^p1[0-9A-Za-z]{4}$/],
  ['productSecret', productSecret, /^[0-9A-Za-z]{16}$/],
  ['userDomainSecret', userDomainSecret, /^[0-9A-Za-z]{44}$/],
  ...Object.entries(dkKinds).map(([kind, make]) => [`dk ${kind}`, make, /^[0-9A-Za-z]{4,32}$/] as const),
];

test.each(shapes)('%s has its shape for 200 seeds', (_, make, shape) => {
  for (let seed = 0; seed < 200; seed += 1) expect(make(seededRandom(seed, 'shape'))).toMatch(shape);
});

test.each(shapes)('%s is the same for the same seed and varies over seeds', (_, make) => {
  const values = Array.from({ length: 20 }, (__, seed) => make(seededRandom(seed, 'vary')));
  expect(values).toEqual(Array.from({ length: 20 }, (__, seed) => make(seededRandom(seed, 'vary'))));
  expect(new Set(values).size).toBeGreaterThan(18);
});

test('an IMEI ends with its Luhn digit', () => {
  // Worked example of the IMEI check digit: 49015420323751 → 8.
  const luhnSum = (digits: string): number =>
    [...digits].reverse().reduce((sum, digit, at) => {
      const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
      return sum + (value > 9 ? value - 9 : value);
    }, 0);
  expect(luhnSum('490154203237518') % 10).toBe(0);
  for (let seed = 0; seed < 100; seed += 1) expect(luhnSum(imeiDk(seededRandom(seed))) % 10).toBe(0);
});

test('scopes of one seed do not influence each other', () => {
  const alone = macDk(seededRandom(42, 'b'));
  seededRandom(42, 'a').string.alphanumeric(1000);
  expect(macDk(seededRandom(42, 'b'))).toBe(alone);
  expect(macDk(seededRandom(42, 'a'))).not.toBe(alone);
});

test.each(Object.entries(deviceNameKinds))('a deviceName of kind %s is within the limit in every unit', (_, make) => {
  expect(new TextEncoder().encode(make(seededRandom(42))).length).toBeLessThanOrEqual(254);
});

test('capabilities name their bits', () => {
  expect(capabilityBitmasks).toHaveLength(15);
  expect([1, 2, 4, 8, 7, 15].map(capabilityNames)).toEqual([
    'WAN',
    'LAN',
    'BLE',
    'Matter',
    'WAN+LAN+BLE',
    'WAN+LAN+BLE+Matter',
  ]);
});
