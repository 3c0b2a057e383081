import type { SimpleFaker } from '@faker-js/faker';
import { faker as english } from '@faker-js/faker/locale/en';
import { sha256 } from '@noble/hashes/sha2.js';
import { createView, utf8ToBytes } from '@noble/hashes/utils.js';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** A source of random values; the same seed gives the same values. */
export type Random = SimpleFaker;

// The parent class of the English instance. Importing it from the package root loads 70 locales (83 ms instead of 15).
const FakerWithoutLocale = Object.getPrototypeOf(english.constructor) as typeof SimpleFaker;

/**
 * A random source for one purpose.
 * The same seed and scope always give the same values; scopes are independent of each other.
 * A run creates tens of thousands of sources: Faker's own generator takes 100 µs to start, this one 10 µs.
 */
export function seededRandom(seed: number, ...scope: readonly (string | number)[]): Random {
  // All 128 bits of the state come from the digest, so that a million scopes do not collide.
  const digest = createView(sha256(utf8ToBytes([seed, ...scope].join('\u0000'))));
  const generator = xoroshiro128plusFromState([0, 4, 8, 12].map((at) => digest.getInt32(at)));
  return new FakerWithoutLocale({ randomizer: { next: () => uniformFloat64(generator), seed: () => undefined } });
}

/** A realistic device name. */
export function inventName(random: Random): string {
  english.seed(random.number.int());
  return `${english.person.firstName()}'s ${english.commerce.productName()}`;
}
