/** What the explanation of a made request must say. laws.slow.test.ts draws more requests. */
import { describe, expect, test } from 'vitest';
import { faultsUnder } from '../../../generators/pure-bt/faults/all-faults.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { isClean, type Part } from './explanation.ts';
import { explained, signedBody, wrongParts } from './testing/device.ts';
import { explainMade, made, testCorrectRequests } from './testing/made-requests.ts';

testCorrectRequests(3);

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
