import { describe, expect, test } from 'vitest';
import { fastCrypto, nobleCrypto } from '../../generators/crypto.ts';
import { madeUpFixture } from '../../generators/family/fixture.ts';
import { buildParts } from '../../generators/pure-bt/request.ts';
import { seededRandom } from '../../generators/random.ts';
import { foreignKeyPem } from '../../generators/tokens.ts';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { payloads } from '../payload.ts';
import { namedRequests, payload, requestMaker } from './payload.ts';

describe.each([0, 1, 2, 3])('with seed %d', (seed) => {
  test('both libraries make the same of every form and fault', async () => {
    const keys = { foreignKeyPem: await foreignKeyPem() };
    for (const named of namedRequests()) {
      // Their token needs a key of the platform.
      if (named.needs !== undefined) continue;
      const [slow, fast] = [nobleCrypto, fastCrypto].map((crypto) => {
        const random = seededRandom(seed, named.id);
        const fixture = madeUpFixture(random, 'made.up.token');
        return buildParts({ fixture, dialect: defaultDialect, random, keys }, named.changes, crypto);
      });
      expect(fast, named.id).toEqual(slow);
    }
  });
});

test('yields the same with and without promises', async () => {
  const bodies: unknown[] = [];
  for await (const { body } of payload({ count: 3, seed: 5 })) bodies.push(body);
  expect(Array.from(await payloads(requestMaker, { count: 3, seed: 5 }), ({ body }) => body)).toEqual(bodies);
  expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(3);
});
