import { setTimeout as pause } from 'node:timers/promises';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Fields } from '../../../spec/pure-bt/reference/fields.ts';
import { breaksDown, silent } from '../../mutants/breakdown.ts';
import type { Mutant } from '../../mutants/mutant.ts';
import { mended } from '../../mutants/wires.ts';

/** The first dk of a body, by the fields that were read from it. */
const signedDks = new WeakMap<Fields, string>();

/** Bodies that are no request, or too much of one. Source: DOMAIN section 6. */
export const bodyMutants: readonly Mutant[] = [
  {
    id: 'robustness/first-dk-signed',
    breaks: 'verifies the signature over the first of two dks and binds the second',
    killedBy: ['robustness/duplicate-dk'],
    override: {
      readFields: (body) => {
        const fields = correct.readFields(body);
        const [, first] = /"dk":"([^"]*)"/.exec(Buffer.from(body).toString()) ?? [];
        if (fields !== undefined && first !== undefined) signedDks.set(fields, first);
        return fields;
      },
      textToSign: (attempt) => {
        const dk = signedDks.get(attempt.fields) ?? attempt.fields.dk ?? '';
        return correct.textToSign({ ...attempt, fields: { ...attempt.fields, dk } });
      },
    },
  },
  breaksDown(
    'no-json',
    'a body that is no JSON',
    (body) => /^(pk=|<)/.test(body),
    'robustness/not-json',
    'robustness/xml',
  ),
  breaksDown('bad-json', 'JSON with a mistake in it', isBad, 'robustness/double-comma', 'robustness/bad-escape'),
  breaksDown('empty', 'an empty body', (body) => body === '', 'robustness/empty'),
  breaksDown(
    'white-space',
    'a body of white space',
    (body) => body !== '' && body.trim() === '',
    'robustness/white-space',
  ),
  breaksDown('null', 'the body null', (body) => body === 'null', 'robustness/null'),
  breaksDown(
    'scalar',
    'a number or text for a body',
    (body) => /^(\d+|true|".*")$/.test(body),
    'robustness/number',
    'robustness/string',
  ),
  breaksDown(
    'array',
    'an array for a body',
    (body) => body.startsWith('['),
    'robustness/empty-array',
    'robustness/array',
  ),
  breaksDown('empty-object', 'an object without anything', (body) => body === '{}', 'robustness/empty-object'),
  breaksDown('truncated', 'a body that ends early', isTruncated, 'robustness/truncated', 'robustness/truncated-last'),
  breaksDown(
    'deep',
    'deep nesting',
    (body) => body.length > 100_000 && !body.includes('nnnn'),
    'robustness/deep-arrays',
    'robustness/deep-objects',
    'robustness/deep-name',
  ),
  breaksDown('large', 'ten megabytes', (body) => body.length > 2_000_000, 'robustness/ten-megabytes'),
  breaksDown('nul', 'a NUL', (body) => body.includes('\\u0000'), 'robustness/nul'),
  breaksDown(
    'lone-surrogate',
    'half a surrogate pair',
    (body) => body.includes('\\ud800'),
    'robustness/lone-surrogate',
  ),
  breaksDown('invalid-utf-8', 'bytes that are no UTF-8', (body) => body.includes('\ufffd'), 'robustness/invalid-utf-8'),
  breaksDown(
    'huge-number',
    'a number too large for anything',
    (body) => body.includes('1e400'),
    'robustness/huge-number',
  ),
  breaksDown(
    'unknown-key',
    'a key that it does not know',
    (body) => body.includes('"extra"'),
    'robustness/unknown-key',
    'robustness/unknown-object',
  ),
  breaksDown(
    'duplicate-key',
    'a key that comes twice',
    (body) => body.split('"deviceName"').length > 2,
    'robustness/duplicate-name',
  ),
  breaksDown(
    'random-absent',
    'a request without random',
    (body) => body.startsWith('{"pk"') && !body.includes('"random"'),
    'random/absent',
  ),
  silent(
    'hangs-truncated',
    'waits for ever for the rest of a cut body',
    isTruncated,
    'hangs',
    'robustness/truncated',
    'robustness/truncated-last',
  ),
  silent(
    'hangs-up-null',
    'closes the connection at the body null',
    (body) => body === 'null',
    'hangs-up',
    'robustness/null',
  ),
  silent(
    'hangs-up-emoji',
    'closes the connection at an emoji',
    (body) => body.includes('👩'),
    'hangs-up',
    'bind/name/emoji',
  ),
  {
    id: 'robustness/slow',
    breaks: 'takes its time over what it cannot read',
    killedBy: ['robustness/missing-colon'],
    wire: (handle) => async (request) => {
      const answer = handle(request);
      // Prompt is within two seconds.
      if (answer.httpStatus === 400) await pause(2_300);
      return answer;
    },
  },
  {
    id: 'robustness/list-of-one',
    breaks: 'takes the first of a list of requests',
    killedBy: ['robustness/array'],
    override: { readFields: (body) => correct.readFields(mended(body, (text) => text.replace(/^\[(.*)\]$/s, '$1'))) },
  },
  {
    id: 'robustness/mends-the-end',
    breaks: 'mends a body that lacks its last brace',
    killedBy: ['robustness/truncated-last'],
    override: {
      readFields: (body) => correct.readFields(body) ?? correct.readFields(mended(body, (text) => `${text}}`)),
    },
  },
];

function isTruncated(body: string): boolean {
  return body.startsWith('{"pk":"p1') && !body.endsWith('}');
}

function isBad(body: string): boolean {
  return body.includes(',,') || body.includes('\\x');
}
