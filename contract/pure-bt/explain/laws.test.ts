import { describe, expect, test } from 'vitest';
import { madeUpFixture } from '../../../generators/family/fixture.ts';
import { faultsUnder } from '../../../generators/pure-bt/faults/all-faults.ts';
import type { Change } from '../../../generators/pure-bt/request.ts';
import { buildRequest } from '../../../generators/pure-bt/request.ts';
import { startPlatform } from '../../../generators/pure-bt/testing/platform.ts';
import { encryptedCode, forms, withOldSecret } from '../../../generators/pure-bt/valid-forms.ts';
import { seededRandom } from '../../../generators/random.ts';
import type { BuiltRequest } from '../../../generators/request.ts';
import type { Fixture } from '../../../spec/family/states.ts';
import type { Dialect } from '../../../spec/pure-bt/dialect.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { explain } from './explain.ts';
import type { Explanation, Part } from './explanation.ts';
import { isClean } from './explanation.ts';
import { explained, signedBody, wrongParts } from './testing/device.ts';

const platform = await startPlatform();
const now = Math.floor(Date.now() / 1000);

type Made = { readonly fixture: Fixture; readonly request: BuiltRequest };

function made(seed: number, changes: readonly Change[], dialect: Dialect): Made {
  const random = seededRandom(seed, 'explain');
  const fixture = { ...madeUpFixture(random, platform.token), ...(seed % 2 === 0 ? { pwd: 'pwd-of-the-device' } : {}) };
  return { fixture, request: buildRequest({ fixture, dialect, random, keys: platform.keys }, changes) };
}

function explainMade({ fixture, request }: Made, dialect: Dialect): Explanation {
  const headers = request.http.headers.map(([name, value]) => [name, value] as const);
  return explain({
    request: { source: 'made', headers, body: request.body },
    secrets: fixture,
    dialect,
    showSecrets: false,
    now,
  });
}

describe('finds nothing wrong in a correct request', () => {
  const seeds = Array.from({ length: 12 }, (_, index) => 1000 + index);
  const dialects = (['transmitted', 'decrypted'] as const).map((signedBindingCode) => ({
    ...defaultDialect,
    signedBindingCode,
  }));
  test.each(forms)('$id', ({ id, change }) => {
    const encrypted = id.startsWith('code/') ? [] : [[encryptedCode, change]];
    const codings: readonly (readonly Change[])[] = [[change], [withOldSecret, change], ...encrypted];
    for (const seed of seeds) {
      for (const dialect of dialects) {
        for (const changes of codings) {
          expect(wrongParts(explainMade(made(seed, changes, dialect), dialect)), `seed ${seed}`).toEqual([]);
        }
      }
    }
  });
});

describe('finds something wrong in every fault', () => {
  /** Faults that only the platform can see: it knows its tokens and its products. */
  const invisible = /^token\/(tampered-|foreign-key|embedded-key)|^pk\/unknown$/;
  /** The part of the explanation for a broken field. */
  const partOf: Readonly<Record<string, Part>> = { token: 'token', signature: 'signature' };
  const visible = faultsUnder(defaultDialect).filter(({ id }) => !invisible.test(id));

  test.each(visible)('$id', ({ changes, breaks }) => {
    const { fixture, request } = made(7, changes, defaultDialect);
    const { signature } = request.body;
    // A request without a signature is rejected before it is explained.
    if (typeof signature !== 'string' || signature === '') return;
    const explanation = explainMade({ fixture, request }, defaultDialect);
    expect(isClean(explanation)).toBe(false);
    const part = partOf[breaks];
    if (part !== undefined) expect(wrongParts(explanation)).toEqual([part]);
  });
});

test.each<[string, Record<string, unknown>]>([
  ['lone surrogates', { pwd: 'ab\ud800cd', deviceName: '\udfff', dk: '\ud800' }],
  [
    'control characters and escapes',
    { dk: '\u001b[31m\n::error::x', pk: '\u202e\u0000', pwd: '\u0007\u0007\u0007\u0007' },
  ],
  ['objects and lists', { pk: {}, dk: [[]], random: { a: 1 }, pwd: [null], encryptedBindingCode: {} }],
  ['numbers and booleans', { pk: 1, dk: true, bindingCode: 0, random: -1.5, pwd: false }],
  ['long texts', { pwd: 'x'.repeat(100_000), encryptedNewBindingSecret: 'A'.repeat(100_000) }],
  ['property names of Object', JSON.parse('{"__proto__":{"pk":1},"constructor":"x","hasOwnProperty":"y"}')],
  ['empty fields', Object.fromEntries(['pk', 'dk', 'bindingCode', 'random'].map((name) => [name, '']))],
])('prints safe lines for a hostile request: %s', (_, changes) => {
  const explanation = explained({ ...signedBody(), ...changes });
  const lines = explanation.parts.flatMap(({ says, made = '', due = '', findings }) => [
    says,
    made,
    due,
    ...findings.map((finding) => finding.says),
  ]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the test looks for control characters
  for (const line of lines) expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  for (const line of lines) expect(line.length).toBeLessThan(2_500);
});
