import type { ServedRequest } from '../../../spec/pure-bt/reference/reference.ts';
import { breaksDown, silent } from '../../mutants/breakdown.ts';
import type { Mutant } from '../../mutants/mutant.ts';
import { bodyOf, fieldOf, headerOf, instead, refusal } from '../../mutants/wires.ts';

/** Requests that travel unusually: methods, headers, encodings, pieces. Source: DOMAIN section 6. */
export const requestMutants: readonly Mutant[] = [
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
    'hangs-get',
    'waits for ever for the body of a GET',
    (_, { method }) => method === 'GET',
    'hangs',
    'robustness/method-get',
  ),
  ...['GET', 'PUT', 'PATCH', 'DELETE'].map(
    (method): Mutant => ({
      id: `robustness/${method.toLowerCase()}-binds`,
      breaks: `binds by ${method}`,
      killedBy: [`robustness/method-${method.toLowerCase()}`],
      override: { methods: ['POST', method] },
    }),
  ),
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

function transport(
  name: string,
  breaks: string,
  isMeant: (request: ServedRequest) => boolean,
  httpStatus: number,
  ...killedBy: Mutant['killedBy']
): Mutant {
  return { id: `transport/${name}`, breaks, killedBy, wire: instead(isMeant, refusal(5000, httpStatus)) };
}
