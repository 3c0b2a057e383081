import { hash } from 'node:crypto';
import type { Faker, SimpleFaker } from '@faker-js/faker';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { loadLater } from '../spec/load-later.ts';

/** A source of random values; the same seed gives the same values. */
export type Random = SimpleFaker;

/** A random source that can begin again with another seed. */
export type RandomSource = {
  readonly random: Random;
  /** Continues as {@link seededRandom} of the same seed and scope. */
  readonly reseed: (seed: number, ...scope: readonly (string | number)[]) => void;
};

// The package root loads 70 locales (83 ms). English has texts for names (15 ms), the base none (5 ms).
const base = loadLater<{ readonly faker: Faker }>('@faker-js/faker/locale/base');
const english = loadLater<{ readonly faker: Faker }>('@faker-js/faker/locale/en');

const digits = [...'0123456789'];
const digitsAndLetters = [...digits, ...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/**
 * A random source for one purpose.
 * The same seed and scope always give the same values; scopes are independent of each other.
 */
export function seededRandom(seed: number, ...scope: readonly (string | number)[]): Random {
  const { random, reseed } = randomSource();
  reseed(seed, ...scope);
  return random;
}

/**
 * A random source to be seeded again and again: a Faker takes longer to make than most values that are drawn from it.
 * A run creates tens of thousands of sources: Faker's own generator takes 100 µs to start, this one 2 µs.
 */
export function randomSource(): RandomSource {
  let generator = xoroshiro128plusFromState([1, 0, 0, 0]);
  const next = (): number => uniformFloat64(generator);
  const FakerWithoutLocale = Object.getPrototypeOf(base().faker.constructor) as typeof SimpleFaker;
  const random = new FakerWithoutLocale({ randomizer: { next, seed: () => undefined } });
  drawFast(random, next);
  return {
    random,
    reseed: (seed, ...scope) => {
      // All 128 bits of the state come from the digest, so that a million scopes do not collide.
      const digest = hash('sha256', [seed, ...scope].join('\u0000'), 'binary');
      generator = xoroshiro128plusFromState([0, 4, 8, 12].map((at) => readInt32(digest, at)));
    },
  };
}

/** Four bytes of a text in Latin-1, the highest first. */
function readInt32(text: string, at: number): number {
  const byte = (offset: number): number => text.charCodeAt(at + offset);
  return (byte(0) << 24) | (byte(1) << 16) | (byte(2) << 8) | byte(3);
}

/** Draws texts as Faker does, character by character from the same numbers, without its checks of every character. */
function drawFast(random: Random, next: () => number): void {
  const { string } = random;
  const { fromCharacters, alphanumeric, numeric } = string;
  const draw = (characters: readonly string[], length: number): string => {
    let text = '';
    // Faker draws nothing from a single character.
    for (let at = 0; at < length; at += 1) {
      text += characters.length > 1 ? characters[Math.floor(next() * characters.length)] : characters[0];
    }
    return text;
  };
  string.fromCharacters = (characters, length = 1) =>
    typeof length === 'number' && typeof characters !== 'string' && characters.length > 0
      ? draw(characters, length)
      : fromCharacters.call(string, characters, length);
  string.alphanumeric = (options = 1) =>
    typeof options === 'number' ? draw(digitsAndLetters, options) : alphanumeric.call(string, options);
  string.numeric = (options = 1) =>
    typeof options === 'number' ? draw(digits, options) : numeric.call(string, options);
}

/** A realistic device name. */
export function inventName(random: Random): string {
  const { faker } = english();
  faker.seed(random.number.int());
  return `${faker.person.firstName()}'s ${faker.commerce.productName()}`;
}
