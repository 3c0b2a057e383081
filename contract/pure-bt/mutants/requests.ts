import { setTimeout as pause } from 'node:timers/promises';
import type { Wire, WireAnswer } from '../../../spec/http.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Fields } from '../../../spec/pure-bt/reference/fields.ts';
import type { Meant } from '../../mutants/operators.ts';
import { answerInstead, edited, readTextField, requestHeader } from '../../mutants/operators.ts';
import { editingBody, readingFields } from './read-fields.ts';
import type { Mutant } from './server.ts';
import { changed, changedBy, refusal, wired, wiredBy } from './server.ts';

/** Fields that hold text. */
const texts = ['pk', 'dk', 'bindingCode', 'random', 'signature', 'deviceName', 'fid', 'encryptedOldBindingSecret'];

/** The first dk of a body, by the fields that were read from it. */
const signedDks = new WeakMap<Fields, string>();

/** Requests that no client of the operation sends. */
export const requestMutants: readonly Mutant[] = [
  // Bodies that are no request, or too much of one.
  ...changed({
    'robustness/first-dk-signed: verifies the signature over the first of two dks and binds the second -> robustness/duplicate-dk':
      {
        ...readingFields((fields, body) => {
          const [, first = ''] = /"dk":"([^"]*)"/.exec(body) ?? [];
          signedDks.set(fields, first);
          return fields;
        }),
        textToSign: (attempt) => {
          const dk = signedDks.get(attempt.fields) || (attempt.fields.dk ?? '');
          return correct.textToSign({ ...attempt, fields: { ...attempt.fields, dk } });
        },
      },
    'robustness/list-of-one: takes the first of a list of requests -> robustness/array': editingBody((text) =>
      text.replace(/^\[(.*)\]$/s, '$1'),
    ),
    'robustness/mends-the-end: mends a body that lacks its last brace -> robustness/truncated-last': {
      readFields: (body) => correct.readFields(body) ?? correct.readFields(edited(body, (text) => `${text}}`)),
    },
  }),
  ...wiredBy(answering(refusal(5000, 500)), {
    'robustness/500-no-json: answers HTTP 500 to a body that is no JSON -> robustness/not-json robustness/xml': (
      body,
    ) => /^(pk=|<)/.test(body),
    'robustness/500-bad-json: answers HTTP 500 to JSON with a mistake in it -> robustness/double-comma robustness/bad-escape':
      (body) => body.includes(',,') || body.includes('\\x'),
    'robustness/500-empty: answers HTTP 500 to an empty body -> robustness/empty': (body) => body === '',
    'robustness/500-white-space: answers HTTP 500 to a body of white space -> robustness/white-space': (body) =>
      /^\s+$/.test(body),
    'robustness/500-null: answers HTTP 500 to the body null -> robustness/null': (body) => body === 'null',
    'robustness/500-scalar: answers HTTP 500 to a number or text for a body -> robustness/number robustness/string': (
      body,
    ) => /^(\d+|true|".*")$/.test(body),
    'robustness/500-array: answers HTTP 500 to an array for a body -> robustness/empty-array robustness/array': (
      body,
    ) => body.startsWith('['),
    'robustness/500-empty-object: answers HTTP 500 to an object without anything -> robustness/empty-object': (body) =>
      body === '{}',
    'robustness/500-truncated: answers HTTP 500 to a body that ends early -> robustness/truncated robustness/truncated-last':
      isTruncated,
    'robustness/500-deep: answers HTTP 500 to deep nesting -> robustness/deep-arrays robustness/deep-objects robustness/deep-name':
      (body) => body.length > 100_000 && !body.includes('nnnn'),
    'robustness/500-large: answers HTTP 500 to ten megabytes -> robustness/ten-megabytes': (body) =>
      body.length > 2_000_000,
    'robustness/500-nul: answers HTTP 500 to a NUL -> robustness/nul': has('\\u0000'),
    'robustness/500-lone-surrogate: answers HTTP 500 to half a surrogate pair -> robustness/lone-surrogate':
      has('\\ud800'),
    'robustness/500-invalid-utf-8: answers HTTP 500 to bytes that are no UTF-8 -> robustness/invalid-utf-8':
      has('\ufffd'),
    'robustness/500-huge-number: answers HTTP 500 to a number too large for anything -> robustness/huge-number':
      has('1e400'),
    'robustness/500-unknown-key: answers HTTP 500 to a key that it does not know -> robustness/unknown-key robustness/unknown-object':
      has('"extra"'),
    'robustness/500-duplicate-key: answers HTTP 500 to a key that comes twice -> robustness/duplicate-name': (body) =>
      /"deviceName".*"deviceName"/s.test(body),
    'robustness/500-random-absent: answers HTTP 500 to a request without random -> random/absent': (body) =>
      body.startsWith('{"pk"') && !body.includes('"random"'),
  }),
  ...wiredBy(answering('hangs'), {
    'robustness/hangs-truncated: waits for ever for the rest of a cut body -> robustness/truncated robustness/truncated-last':
      isTruncated,
  }),
  ...wiredBy(answering('hangs-up'), {
    'robustness/hangs-up-null: closes the connection at the body null -> robustness/null': (body) => body === 'null',
    'robustness/hangs-up-emoji: closes the connection at an emoji -> bind/name/emoji': has('👩'),
  }),
  ...wired({
    'robustness/slow: takes its time over what it cannot read -> robustness/missing-colon':
      (handle) => async (request) => {
        const answer = handle(request);
        // Prompt is within two seconds.
        if (answer.httpStatus === 400) await pause(2_300);
        return answer;
      },
  }),
  // Fields of another type than is due.
  ...wiredBy(answering(refusal(5000, 500)), {
    'robustness/500-scalar-type: answers HTTP 500 to text for a number -> robustness/capabilitiesBitmask-text':
      has('"capabilitiesBitmask":"'),
    'robustness/500-fraction: answers HTTP 500 to a fraction for a number -> robustness/capabilitiesBitmask-fraction':
      has('Bitmask":1.5'),
    'robustness/500-large-integer: answers HTTP 500 to an integer of 41 bits -> robustness/capabilitiesBitmask-huge': (
      body,
    ) => /"capabilitiesBitmask":\d{12}/.test(body),
  }),
  ...[...texts, 'isCommonDevice'].flatMap((name) => [
    ...wiredBy(answering(refusal(5000, 500)), {
      [`robustness/500-object-${name}: answers HTTP 500 to an object for ${name} -> robustness/${name}-object`]: has(
        `"${name}":{`,
      ),
    }),
    ...changedBy(editingBody, {
      [`robustness/array-${name}: takes an array of one ${name} for a ${name} -> robustness/${name}-array`]: (text) =>
        text.replace(new RegExp(`"${name}":\\[([^\\]]*)\\]`), `"${name}":$1`),
    }),
  ]),
  // Requests that travel unusually: methods, headers, encodings, pieces.
  ...wiredBy(answering(refusal(5000, 500)), {
    'robustness/500-long-token: answers HTTP 500 to a token of 8 KB -> robustness/long-token robustness/long-signature':
      (_, request) => requestHeader(request, 'authorization').length > 8_000,
    'robustness/500-no-content-type: answers HTTP 500 to a body without a content type -> robustness/no-content-type': (
      _,
      request,
    ) => requestHeader(request, 'content-type') === '',
    'robustness/500-other-content-type: answers HTTP 500 to a content type that it does not know -> robustness/content-type-application-xml':
      (_, request) => requestHeader(request, 'content-type').endsWith('/xml'),
    'robustness/500-put: answers HTTP 500 to the method PUT -> robustness/method-put': (_, { method }) =>
      method === 'PUT',
    'robustness/500-bad-token: answers HTTP 500 to a token whose payload is no JSON -> token/payload-not-json': (
      _,
      request,
    ) => requestHeader(request, 'authorization').includes('.Y2xhaW1z.'),
    'robustness/500-wide-random: answers HTTP 500 to a random of 17 bytes -> random/non-ascii': has('"random":"é'),
    'robustness/500-bad-base64: answers HTTP 500 to Base64 that is none -> new-secret/not-base64': (_, request) =>
      readTextField(request, 'encryptedNewBindingSecret').includes('!'),
    'robustness/500-short-cipher: answers HTTP 500 to a ciphertext of 15 bytes -> encrypted-code/bad-length': (
      _,
      request,
    ) => readTextField(request, 'encryptedBindingCode').length === 20,
  }),
  ...wiredBy(answering('hangs'), {
    'robustness/hangs-get: waits for ever for the body of a GET -> robustness/method-get': (_, { method }) =>
      method === 'GET',
  }),
  ...['GET', 'PUT', 'PATCH', 'DELETE'].flatMap((method) => {
    const name = method.toLowerCase();
    const sentence = `robustness/${name}-binds: binds by ${method} -> robustness/method-${name}`;
    return changed({ [sentence]: { methods: ['POST', method] } });
  }),
  ...wiredBy(answering(refusal(5000, 411)), {
    'transport/chunked-refused: wants to know the length of a body beforehand -> transport/chunked transport/two-chunks-slowly':
      (_, request) => requestHeader(request, 'transfer-encoding') === 'chunked',
  }),
  ...wiredBy(answering(refusal(5000, 415)), {
    'transport/charset-refused: wants the bare content type -> transport/charset transport/charset-upper-case': (
      _,
      request,
    ) => requestHeader(request, 'content-type').includes(';'),
    'transport/charset-case: knows utf-8 in lower case alone -> transport/charset-upper-case': (_, request) =>
      requestHeader(request, 'content-type').includes('UTF-8'),
  }),
  ...wiredBy(answering(refusal(5000, 400)), {
    'transport/one-line: reads one line of JSON -> transport/json-indented': has('\n'),
    'transport/escapes: reads no escaped letters -> transport/json-escaped': has('\\u0070'),
    'transport/key-order: wants pk before everything else -> transport/json-reversed': (body) =>
      !body.startsWith('{"pk"'),
  }),
];

/** Some requests get another answer, or none. */
function answering(answer: WireAnswer): (isMeant: Meant) => Wire {
  return (isMeant) => answerInstead(isMeant, answer);
}

function has(text: string): Meant {
  return (body) => body.includes(text);
}

function isTruncated(body: string): boolean {
  return body.startsWith('{"pk":"p1') && !body.endsWith('}');
}
