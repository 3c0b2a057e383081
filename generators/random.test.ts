import { SimpleFaker } from '@faker-js/faker';
import { expect, test } from 'vitest';
import { randomSource, seededRandom } from './random.ts';

/** Draws the same numbers with Faker's own code. */
function plainFaker(): SimpleFaker {
  const numbers = seededRandom(7, 'numbers');
  return new SimpleFaker({ randomizer: { next: () => numbers.number.float(), seed: () => undefined } });
}

test('texts are those of Faker', () => {
  const [ours, faker] = [seededRandom(7, 'numbers'), plainFaker()];
  for (let round = 0; round < 50; round += 1) {
    expect(ours.string.alphanumeric(16)).toBe(faker.string.alphanumeric(16));
    expect(ours.string.fromCharacters([...'0123456789ABCDEF'], 12)).toBe(
      faker.string.fromCharacters([...'0123456789ABCDEF'], 12),
    );
    expect(ours.string.fromCharacters(['a'], 3)).toBe(faker.string.fromCharacters(['a'], 3));
    expect(ours.string.alphanumeric()).toBe(faker.string.alphanumeric());
    expect(ours.string.alphanumeric({ length: { min: 0, max: 9 } })).toBe(
      faker.string.alphanumeric({ length: { min: 0, max: 9 } }),
    );
    expect(ours.string.numeric(10)).toBe(faker.string.numeric(10));
    expect(ours.string.numeric({ length: 4, allowLeadingZeros: false })).toBe(
      faker.string.numeric({ length: 4, allowLeadingZeros: false }),
    );
    expect(ours.string.fromCharacters('xyz', 5)).toBe(faker.string.fromCharacters('xyz', 5));
    expect(ours.number.int(1_000)).toBe(faker.number.int(1_000));
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
