import { expect, test } from 'vitest';
import { dkKinds, imeiDk, initialisationVector, macDk } from '../family/devices.ts';
import { madeUpFixture } from '../family/fixture.ts';
import { capabilityBitmasks, capabilityNames, deviceNameKinds } from '../family/optional-fields.ts';
import { type Random, seededRandom } from '../random.ts';

const secret = /^[0-9A-Za-z]{16}$/;
const members = {
  pk: /^p1[0-9A-Za-z]{4}$/,
  ps: secret,
  dk: /^[0-9A-F]{12}$/,
  bindingCode: /^(?=.*[A-F])[0-9A-F]{16}$/,
  bindingSecret: secret,
  userDomainSecret: /^[0-9A-Za-z]{44}$/,
} as const;

const shapes: readonly (readonly [string, (random: Random) => string, RegExp])[] = [
  ...Object.entries(members).map(
    ([name, shape]) =>
      [name, (random: Random) => madeUpFixture(random, 't')[name as keyof typeof members], shape] as const,
  ),
  ['random', initialisationVector, secret],
  ['dk imei', imeiDk, /^[0-9]{15}$/],
  ...Object.entries(dkKinds).map(([kind, make]) => [`dk ${kind}`, make, /^[0-9A-Za-z]{4,32}$/] as const),
];

test.each(shapes)('makes a valid and reproducible %s for 200 seeds', (_, make, shape) => {
  const values = Array.from({ length: 200 }, (__, seed) => make(seededRandom(seed, 'shape')));
  expect(values.filter((value) => !shape.test(value))).toEqual([]);
  expect(make(seededRandom(7, 'shape'))).toBe(values[7]);
  expect(new Set(values.slice(0, 20)).size).toBeGreaterThan(18);
});

test('ends an IMEI with its Luhn check digit', () => {
  const luhnSum = (digits: string): number =>
    [...digits].reverse().reduce((sum, digit, at) => {
      const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
      return sum + (value > 9 ? value - 9 : value);
    }, 0);
  // The worked example of the standard, and 100 generated ones.
  const imeis = ['490154203237518', ...Array.from({ length: 100 }, (_, seed) => imeiDk(seededRandom(seed)))];
  expect(imeis.filter((imei) => luhnSum(imei) % 10 !== 0)).toEqual([]);
});

test('keeps the scopes of one seed independent', () => {
  const alone = macDk(seededRandom(42, 'b'));
  seededRandom(42, 'a').string.alphanumeric(1000);
  expect(macDk(seededRandom(42, 'b'))).toBe(alone);
  expect(macDk(seededRandom(42, 'a'))).not.toBe(alone);
});

test.each(Object.entries(deviceNameKinds))(
  'keeps a deviceName of kind %s within the limit in every unit',
  (_, make) => {
    expect(new TextEncoder().encode(make(seededRandom(42))).length).toBeLessThanOrEqual(254);
  },
);

test('names the capabilities of a bitmask', () => {
  expect(capabilityBitmasks).toHaveLength(15);
  const names = [1, 2, 4, 8, 7, 15].map(capabilityNames).join(' ');
  expect(names).toBe('WAN LAN BLE Matter WAN+LAN+BLE WAN+LAN+BLE+Matter');
});
