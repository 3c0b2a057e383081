import { setTimeout as pause } from 'node:timers/promises';
import type { Wire, WireAnswer } from '../../../spec/http.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Fields } from '../../../spec/pure-bt/reference/fields.ts';
import type { Meant } from '../../mutants/operators.ts';
import { answerInstead, edited, readTextField, requestHeader } from '../../mutants/operators.ts';
import { editingBody, readingFields } from './read-fields.ts';
import type { Mutant } from './server.ts';
import { changed, changedBy, refusal } from './server.ts';

/** Text fields. */
const texts = ['pk', 'dk', 'bindingCode', 'random', 'signature', 'deviceName', 'fid', 'encryptedOldBindingSecret'];

/** The first dk of a body, by its fields. */
const signedDks = new WeakMap<Fields, string>();

/** Requests that a normal client never sends. */
export const requestMutants: readonly Mutant[] = [
  // Bodies that are not a valid request.
  ...changed({
    'robustness/first-dk-signed: verifies the signature with the first of two dks but binds the second -> robustness/duplicate-dk':
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
    'robustness/list-of-one: accepts a list with one request -> robustness/array': editingBody((text) =>
      text.replace(/^\[(.*)\]$/s, '$1'),
    ),
    'robustness/mends-the-end: adds a missing last brace to a body -> robustness/truncated-last': {
      readFields: (body) => correct.readFields(body) ?? correct.readFields(edited(body, (text) => `${text}}`)),
    },
  }),
  ...changedBy(answering(refusal(5000, 500)), {
    'robustness/500-no-json: answers HTTP 500 to a body that is not JSON -> robustness/not-json robustness/xml': (
      body,
    ) => /^(pk=|<)/.test(body),
    'robustness/500-bad-json: answers HTTP 500 to JSON with a mistake in it -> robustness/double-comma robustness/bad-escape':
      (body) => body.includes(',,') || body.includes('\\x'),
    'robustness/500-empty: answers HTTP 500 to an empty body -> robustness/empty': (body) => body === '',
    'robustness/500-white-space: answers HTTP 500 to a body of only white space -> robustness/white-space': (body) =>
      /^\s+$/.test(body),
    'robustness/500-null: answers HTTP 500 to the body null -> robustness/null': (body) => body === 'null',
    'robustness/500-scalar: answers HTTP 500 to a number or text as the body -> robustness/number robustness/string': (
      body,
    ) => /^(\d+|true|".*")$/.test(body),
    'robustness/500-array: answers HTTP 500 to an array as the body -> robustness/empty-array robustness/array': (
      body,
    ) => body.startsWith('['),
    'robustness/500-empty-object: answers HTTP 500 to an empty object -> robustness/empty-object': (body) =>
      body === '{}',
    'robustness/500-truncated: answers HTTP 500 to a truncated body -> robustness/truncated robustness/truncated-last':
      isTruncated,
    'robustness/500-deep: answers HTTP 500 to deep nesting -> robustness/deep-arrays robustness/deep-objects robustness/deep-name':
      (body) => body.length > 100_000 && !body.includes('nnnn'),
    'robustness/500-large: answers HTTP 500 to ten megabytes -> robustness/ten-megabytes': (body) =>
      body.length > 2_000_000,
    'robustness/500-nul: answers HTTP 500 to a NUL -> robustness/nul': has('\\u0000'),
    'robustness/500-lone-surrogate: answers HTTP 500 to half a surrogate pair -> robustness/lone-surrogate':
      has('\\ud800'),
    'robustness/500-invalid-utf-8: answers HTTP 500 to invalid UTF-8 -> robustness/invalid-utf-8': has('\ufffd'),
    'robustness/500-huge-number: answers HTTP 500 to a number that is too large -> robustness/huge-number':
      has('1e400'),
    'robustness/500-unknown-key: answers HTTP 500 to an unknown key -> robustness/unknown-key robustness/unknown-object':
      has('"extra"'),
    'robustness/500-duplicate-key: answers HTTP 500 to a key that is given twice -> robustness/duplicate-name': (
      body,
    ) => /"deviceName".*"deviceName"/s.test(body),
    'robustness/500-random-absent: answers HTTP 500 to a request without random -> random/absent': (body) =>
      body.startsWith('{"pk"') && !body.includes('"random"'),
  }),
  ...changedBy(answering('hangs'), {
    'robustness/hangs-truncated: waits forever for the rest of a truncated body -> robustness/truncated robustness/truncated-last':
      isTruncated,
  }),
  ...changedBy(answering('hangs-up'), {
    'robustness/hangs-up-null: closes the connection after the body null -> robustness/null': (body) => body === 'null',
    'robustness/hangs-up-emoji: closes the connection after an emoji -> bind/name/emoji': has('👩'),
  }),
  ...changed({
    'robustness/slow: answers slowly if it cannot read the body -> robustness/missing-colon':
      (handle) => async (request) => {
        const answer = handle(request);
        // The case expects an answer within two seconds.
        if (answer.httpStatus === 400) await pause(2_300);
        return answer;
      },
  }),
  // Fields with a wrong type.
  ...changedBy(answering(refusal(5000, 500)), {
    'robustness/500-scalar-type: answers HTTP 500 to text instead of a number -> robustness/capabilitiesBitmask-text':
      has('"capabilitiesBitmask":"'),
    'robustness/500-fraction: answers HTTP 500 to a fraction instead of an integer -> robustness/capabilitiesBitmask-fraction':
      has('Bitmask":1.5'),
    'robustness/500-large-integer: answers HTTP 500 to an integer of 41 bits -> robustness/capabilitiesBitmask-huge': (
      body,
    ) => /"capabilitiesBitmask":\d{12}/.test(body),
  }),
  ...[...texts, 'isCommonDevice'].flatMap((name) => [
    ...changedBy(answering(refusal(5000, 500)), {
      [`robustness/500-object-${name}: answers HTTP 500 to an object as ${name} -> robustness/${name}-object`]: has(
        `"${name}":{`,
      ),
    }),
    ...changedBy(editingBody, {
      [`robustness/array-${name}: accepts an array of one ${name} as ${name} -> robustness/${name}-array`]: (text) =>
        text.replace(new RegExp(`"${name}":\\[([^\\]]*)\\]`), `"${name}":$1`),
    }),
  ]),
  // Unusual requests: methods, headers, encodings, chunks.
  ...changedBy(answering(refusal(5000, 500)), {
    'robustness/500-long-token: answers HTTP 500 to a token of 8 KB -> robustness/long-token robustness/long-signature':
      (_, request) => requestHeader(request, 'authorization').length > 8_000,
    'robustness/500-no-content-type: answers HTTP 500 to a body without a content type -> robustness/no-content-type': (
      _,
      request,
    ) => requestHeader(request, 'content-type') === '',
    'robustness/500-other-content-type: answers HTTP 500 to an unknown content type -> robustness/content-type-application-xml':
      (_, request) => requestHeader(request, 'content-type').endsWith('/xml'),
    'robustness/500-put: answers HTTP 500 to the method PUT -> robustness/method-put': (_, { method }) =>
      method === 'PUT',
    'robustness/500-bad-token: answers HTTP 500 to a token with a payload that is not JSON -> token/payload-not-json': (
      _,
      request,
    ) => requestHeader(request, 'authorization').includes('.Y2xhaW1z.'),
    'robustness/500-wide-random: answers HTTP 500 to a random of 17 bytes -> random/non-ascii': has('"random":"é'),
    'robustness/500-bad-base64: answers HTTP 500 to invalid Base64 -> new-secret/not-base64': (_, request) =>
      readTextField(request, 'encryptedNewBindingSecret').includes('!'),
    'robustness/500-short-cipher: answers HTTP 500 to a ciphertext of 15 bytes -> encrypted-code/bad-length': (
      _,
      request,
    ) => readTextField(request, 'encryptedBindingCode').length === 20,
  }),
  ...changedBy(answering('hangs'), {
    'robustness/hangs-get: waits forever for the body of a GET -> robustness/method-get': (_, { method }) =>
      method === 'GET',
  }),
  ...['GET', 'PUT', 'PATCH', 'DELETE'].flatMap((method) => {
    const name = method.toLowerCase();
    const sentence = `robustness/${name}-binds: accepts ${method} requests -> robustness/method-${name}`;
    return changed({ [sentence]: { methods: ['POST', method] } });
  }),
  ...changedBy(answering(refusal(5000, 411)), {
    'transport/chunked-refused: requires a content-length -> transport/chunked transport/two-chunks-slowly': (
      _,
      request,
    ) => requestHeader(request, 'transfer-encoding') === 'chunked',
  }),
  ...changedBy(answering(refusal(5000, 415)), {
    'transport/charset-refused: requires a content type without parameters -> transport/charset transport/charset-upper-case':
      (_, request) => requestHeader(request, 'content-type').includes(';'),
    'transport/charset-case: accepts the charset utf-8 only in lower case -> transport/charset-upper-case': (
      _,
      request,
    ) => requestHeader(request, 'content-type').includes('UTF-8'),
  }),
  ...changedBy(answering(refusal(5000, 400)), {
    'transport/one-line: reads only one line of JSON -> transport/json-indented': has('\n'),
    'transport/escapes: cannot read escaped letters -> transport/json-escaped': has('\\u0070'),
    'transport/key-order: requires pk as the first key -> transport/json-reversed': (body) => !body.startsWith('{"pk"'),
  }),
];

/** Gives some requests another answer, or none. */
function answering(answer: WireAnswer): (isMeant: Meant) => Wire {
  return (isMeant) => answerInstead(isMeant, answer);
}

function has(text: string): Meant {
  return (body) => body.includes(text);
}

function isTruncated(body: string): boolean {
  return body.startsWith('{"pk":"p1') && !body.endsWith('}');
}
