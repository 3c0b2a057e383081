import { setTimeout as pause } from 'node:timers/promises';
import { correct } from '../../spec/reference/behaviour.ts';
import type { ServedRequest } from '../../spec/reference/reference.ts';
import type { Mutant } from './mutant.ts';
import { bodyOf, fieldOf, headerOf, instead, refusal } from './wires.ts';

/** What the document never mentions: bodies that are no request, and requests that travel unusually. Source: DOMAIN section 6. */
export const robustnessMutants: readonly Mutant[] = [
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
    'scalar-type',
    'text for a number',
    (body) => /"capabilitiesBitmask":"/.test(body),
    'robustness/capabilitiesBitmask-text',
  ),
  breaksDown(
    'fraction',
    'a fraction for a number',
    (body) => /"capabilitiesBitmask":1\.5/.test(body),
    'robustness/capabilitiesBitmask-fraction',
  ),
  breaksDown(
    'large-integer',
    'an integer of 41 bits',
    (body) => /"capabilitiesBitmask":\d{12}/.test(body),
    'robustness/capabilitiesBitmask-huge',
  ),
  ...[
    'pk',
    'dk',
    'bindingCode',
    'random',
    'signature',
    'deviceName',
    'isCommonDevice',
    'fid',
    'encryptedOldBindingSecret',
  ].flatMap((name) => [
    breaksDown(
      `object-${name}`,
      `an object for ${name}`,
      (body) => body.includes(`"${name}":{`),
      `robustness/${name}-object`,
    ),
    unwrapping(name),
  ]),
  breaksDown(
    'long-token',
    'a token of 8 KB',
    (_, request) => headerOf(request, 'authorization').length > 8_000,
    'robustness/long-token',
    'robustness/long-signature',
  ),
  breaksDown(
    'no-content-type',
    'a body without a content type',
    (_, request) => headerOf(request, 'content-type') === '',
    'robustness/no-content-type',
  ),
  breaksDown(
    'other-content-type',
    'a content type that it does not know',
    (_, request) => headerOf(request, 'content-type').endsWith('/xml'),
    'robustness/content-type-application-xml',
  ),
  breaksDown('put', 'the method PUT', (_, { method }) => method === 'PUT', 'robustness/method-put'),
  breaksDown(
    'bad-token',
    'a token whose payload is no JSON',
    (_, request) => headerOf(request, 'authorization').includes('.Y2xhaW1z.'),
    'token/payload-not-json',
  ),
  breaksDown(
    'random-absent',
    'a request without random',
    (body) => body.startsWith('{"pk"') && !body.includes('"random"'),
    'random/absent',
  ),
  breaksDown(
    'wide-random',
    'a random of 17 bytes',
    (_, request) => fieldOf(request, 'random').startsWith('é'),
    'random/non-ascii',
  ),
  breaksDown(
    'bad-base64',
    'Base64 that is none',
    (_, request) => fieldOf(request, 'encryptedNewBindingSecret').includes('!'),
    'new-secret/not-base64',
  ),
  breaksDown(
    'short-cipher',
    'a ciphertext of 15 bytes',
    (_, request) => fieldOf(request, 'encryptedBindingCode').length === 20,
    'encrypted-code/bad-length',
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
  silent(
    'hangs-get',
    'waits for ever for the body of a GET',
    (_, { method }) => method === 'GET',
    'hangs',
    'robustness/method-get',
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
  ...['GET', 'PUT', 'PATCH', 'DELETE'].map(
    (method): Mutant => ({
      id: `robustness/${method.toLowerCase()}-binds`,
      breaks: `binds by ${method}`,
      killedBy: [`robustness/method-${method.toLowerCase()}`],
      override: { methods: ['POST', method] },
    }),
  ),
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
  transport(
    'chunked-refused',
    'wants to know the length of a body beforehand',
    (request) => headerOf(request, 'transfer-encoding') === 'chunked',
    411,
    'transport/chunked',
    'transport/two-chunks-slowly',
  ),
  transport(
    'charset-refused',
    'wants the bare content type',
    (request) => headerOf(request, 'content-type').includes(';'),
    415,
    'transport/charset',
    'transport/charset-upper-case',
  ),
  transport(
    'charset-case',
    'knows utf-8 in lower case alone',
    (request) => headerOf(request, 'content-type').includes('UTF-8'),
    415,
    'transport/charset-upper-case',
  ),
  transport(
    'one-line',
    'reads one line of JSON',
    (request) => bodyOf(request).includes('\n'),
    400,
    'transport/json-indented',
  ),
  transport(
    'escapes',
    'reads no escaped letters',
    (request) => bodyOf(request).includes('\\u0070'),
    400,
    'transport/json-escaped',
  ),
  transport(
    'key-order',
    'wants pk before everything else',
    (request) => !bodyOf(request).startsWith('{"pk"'),
    400,
    'transport/json-reversed',
  ),
];

type Meant = (body: string, request: ServedRequest) => boolean;

function breaksDown(name: string, what: string, isMeant: Meant, ...killedBy: Mutant['killedBy']): Mutant {
  return {
    id: `robustness/500-${name}`,
    breaks: `answers HTTP 500 to ${what}`,
    killedBy,
    wire: instead((request) => isMeant(bodyOf(request), request), refusal(5000, 500)),
  };
}

function silent(
  name: string,
  breaks: string,
  isMeant: Meant,
  how: 'hangs' | 'hangs-up',
  ...killedBy: Mutant['killedBy']
): Mutant {
  return {
    id: `robustness/${name}`,
    breaks,
    killedBy,
    wire: instead((request) => isMeant(bodyOf(request), request), how),
  };
}

function transport(
  name: string,
  breaks: string,
  isMeant: (request: ServedRequest) => boolean,
  httpStatus: number,
  ...killedBy: Mutant['killedBy']
): Mutant {
  return { id: `transport/${name}`, breaks, killedBy, wire: instead(isMeant, refusal(5000, httpStatus)) };
}

/** A scalar in an array is taken for the scalar. */
function unwrapping(name: string): Mutant {
  return {
    id: `robustness/array-${name}`,
    breaks: `takes an array of one ${name} for a ${name}`,
    killedBy: [`robustness/${name}-array`],
    override: {
      readFields: (body) =>
        correct.readFields(
          mended(body, (text) => text.replace(new RegExp(`"${name}":\\[([^\\]]*)\\]`), `"${name}":$1`)),
        ),
    },
  };
}

function mended(body: Uint8Array, mend: (text: string) => string): Uint8Array {
  return Buffer.from(mend(Buffer.from(body).toString()));
}

function isTruncated(body: string): boolean {
  return body.startsWith('{"pk":"p1') && !body.endsWith('}');
}

function isBad(body: string): boolean {
  return body.includes(',,') || body.includes('\\x');
}
