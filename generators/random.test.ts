import { SimpleFaker } from '@faker-js/faker';
import { expect, test } from 'vitest';
import { type Random, randomSource, seededRandom } from './random.ts';

const draws: readonly ((random: Random) => string | number)[] = [
  ({ string }) => string.alphanumeric(16),
  ({ string }) => string.fromCharacters([...'0123456789ABCDEF'], 12),
  ({ string }) => string.fromCharacters(['a'], 3),
  ({ string }) => string.alphanumeric(),
  ({ string }) => string.alphanumeric({ length: { min: 0, max: 9 } }),
  ({ string }) => string.numeric(10),
  ({ string }) => string.numeric({ length: 4, allowLeadingZeros: false }),
  ({ string }) => string.fromCharacters('xyz', 5),
  ({ number }) => number.int(1_000),
];

test('texts are those of Faker', () => {
  const numbers = seededRandom(7, 'numbers');
  const faker = new SimpleFaker({ randomizer: { next: () => numbers.number.float(), seed: () => undefined } });
  const ours = seededRandom(7, 'numbers');
  for (let round = 0; round < 50; round += 1) {
    for (const draw of draws) expect(draw(ours)).toBe(draw(faker));
  }
  expect(() => ours.string.fromCharacters([], 3)).toThrow('No characters to select from');
});

test('a source that is seeded again gives the values of a new one', () => {
  const { random, reseed } = randomSource();
  for (const index of [3, 1, 2, 1]) {
    reseed(42, 'payload', index);
    const fresh = seededRandom(42, 'payload', index);
    expect([random.string.alphanumeric(20), random.number.int()]).toEqual([
      fresh.string.alphanumeric(20),
      fresh.number.int(),
    ]);
  }
});
