import { describe, expect, test } from 'vitest';
import { madeUpFixture } from '../../../../generators/family/fixture.ts';
import { buildRequest, type Change } from '../../../../generators/pure-bt/request.ts';
import { startPlatform } from '../../../../generators/pure-bt/testing/platform.ts';
import { encryptedCode, forms, withOldSecret } from '../../../../generators/pure-bt/valid-forms.ts';
import { seededRandom } from '../../../../generators/random.ts';
import type { BuiltRequest } from '../../../../generators/request.ts';
import type { Fixture } from '../../../../spec/family/states.ts';
import { type Dialect, defaultDialect } from '../../../../spec/pure-bt/dialect.ts';
import { explain } from '../explain.ts';
import type { Explanation } from '../explanation.ts';
import { wrongParts } from './device.ts';

const platform = await startPlatform();
const now = Math.floor(Date.now() / 1000);

/** Makes a request and the fixture that it is for; the same seed gives the same one. */
export function made(
  seed: number,
  changes: readonly Change[],
  dialect: Dialect,
): { readonly fixture: Fixture; readonly request: BuiltRequest } {
  const random = seededRandom(seed, 'explain');
  const fixture = { ...madeUpFixture(random, platform.token), ...(seed % 2 === 0 ? { pwd: 'pwd-of-the-device' } : {}) };
  return { fixture, request: buildRequest({ fixture, dialect, random, keys: platform.keys }, changes) };
}

/** Explains a request with the secrets of its fixture. */
export function explainMade({ fixture, request }: ReturnType<typeof made>, dialect: Dialect): Explanation {
  const headers = request.http.headers.map(([name, value]) => [name, value] as const);
  return explain({
    request: { source: 'made', headers, body: request.body },
    secrets: fixture,
    dialect,
    showSecrets: false,
    now,
  });
}

/** Tests that nothing is wrong in correct requests, of each form in each dialect and coding as many as asked for. */
export function testCorrectRequests(draws: number): void {
  describe('finds nothing wrong in a correct request', () => {
    const seeds = Array.from({ length: draws }, (_, index) => 1000 + index);
    const dialects = (['transmitted', 'decrypted'] as const).map((signedBindingCode) => ({
      ...defaultDialect,
      signedBindingCode,
    }));
    test.each(forms)('$id', ({ id, changes: form }) => {
      const encrypted = id.startsWith('code/') ? [] : [[encryptedCode, ...form]];
      const codings: readonly (readonly Change[])[] = [form, [withOldSecret, ...form], ...encrypted];
      for (const seed of seeds) {
        for (const dialect of dialects) {
          for (const changes of codings) {
            expect(wrongParts(explainMade(made(seed, changes, dialect), dialect)), `seed ${seed}`).toEqual([]);
          }
        }
      }
    });
  });
}
