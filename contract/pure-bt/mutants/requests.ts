import type { ServedRequest } from '../../../spec/http.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Fields } from '../../../spec/pure-bt/reference/fields.ts';
import { answerInstead, delaying, edited, type Meant, readTextField, requestHeader } from '../../mutants/operators.ts';
import { changed, changedBy, editingBody, type Mutant, readingFields, refusal } from './server.ts';

const texts = ['pk', 'dk', 'bindingCode', 'random', 'signature', 'deviceName', 'fid', 'encryptedOldBindingSecret'];

const truncated = /^\{"pk":"p1.*[^}]$/s;
const crash = refusal(5000, 500);

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
    'robustness/500-deep: answers HTTP 500 to deep nesting -> robustness/deep-arrays robustness/deep-objects robustness/deep-name':
      answerInstead((body) => body.length > 100_000 && !body.includes('nnnn'), crash),
    'robustness/500-large: answers HTTP 500 to ten megabytes -> robustness/ten-megabytes': answerInstead(
      (body) => body.length > 2_000_000,
      crash,
    ),
    'robustness/hangs-truncated: waits forever for the rest of a truncated body -> robustness/truncated robustness/truncated-last':
      answerInstead(has(truncated), 'hangs'),
    'robustness/hangs-up-null: closes the connection after the body null -> robustness/null': answerInstead(
      has(/^null$/),
      'hangs-up',
    ),
    'robustness/hangs-up-emoji: closes the connection after an emoji -> bind/name/emoji': answerInstead(
      has(/👩/u),
      'hangs-up',
    ),
    'robustness/slow: answers slowly if it cannot read the body -> robustness/missing-colon':
      // The case expects an answer within two seconds.
      delaying(({ httpStatus }) => (httpStatus === 400 ? 2_300 : 0)),
  }),
  ...changedBy((pattern: RegExp) => answerInstead(has(pattern), crash), {
    'robustness/500-no-json: answers HTTP 500 to a body that is not JSON -> robustness/not-json robustness/xml':
      /^(pk=|<)/,
    'robustness/500-bad-json: answers HTTP 500 to JSON with a mistake in it -> robustness/double-comma robustness/bad-escape':
      /,,|\\x/,
    'robustness/500-empty: answers HTTP 500 to an empty body -> robustness/empty': /^$/,
    'robustness/500-white-space: answers HTTP 500 to a body of only white space -> robustness/white-space': /^\s+$/,
    'robustness/500-null: answers HTTP 500 to the body null -> robustness/null': /^null$/,
    'robustness/500-scalar: answers HTTP 500 to a number or text as the body -> robustness/number robustness/string':
      /^(\d+|true|".*")$/,
    'robustness/500-array: answers HTTP 500 to an array as the body -> robustness/empty-array robustness/array': /^\[/,
    'robustness/500-empty-object: answers HTTP 500 to an empty object -> robustness/empty-object': /^\{\}$/,
    'robustness/500-truncated: answers HTTP 500 to a truncated body -> robustness/truncated robustness/truncated-last':
      truncated,
    'robustness/500-nul: answers HTTP 500 to a NUL -> robustness/nul': /\\u0000/,
    'robustness/500-lone-surrogate: answers HTTP 500 to half a surrogate pair -> robustness/lone-surrogate': /\\ud800/,
    'robustness/500-invalid-utf-8: answers HTTP 500 to invalid UTF-8 -> robustness/invalid-utf-8': /\ufffd/,
    'robustness/500-huge-number: answers HTTP 500 to a number that is too large -> robustness/huge-number': /1e400/,
    'robustness/500-unknown-key: answers HTTP 500 to an unknown key -> robustness/unknown-key robustness/unknown-object':
      /"extra"/,
    'robustness/500-duplicate-key: answers HTTP 500 to a key that is given twice -> robustness/duplicate-name':
      /"deviceName".*"deviceName"/s,
    'robustness/500-random-absent: answers HTTP 500 to a request without random -> random/absent':
      /^\{"pk"(?!.*"random")/s,
    'robustness/500-wide-random: answers HTTP 500 to a random of 17 bytes -> random/non-ascii': /"random":"é/,
    // Fields with a wrong type.
    'robustness/500-scalar-type: answers HTTP 500 to text instead of a number -> robustness/capabilitiesBitmask-text':
      /"capabilitiesBitmask":"/,
    'robustness/500-fraction: answers HTTP 500 to a fraction instead of an integer -> robustness/capabilitiesBitmask-fraction':
      /Bitmask":1\.5/,
    'robustness/500-large-integer: answers HTTP 500 to an integer of 41 bits -> robustness/capabilitiesBitmask-huge':
      /"capabilitiesBitmask":\d{12}/,
  }),
  ...[...texts, 'isCommonDevice'].flatMap((name) =>
    changed({
      [`robustness/500-object-${name}: answers HTTP 500 to an object as ${name} -> robustness/${name}-object`]:
        answerInstead(has(new RegExp(`"${name}":{`)), crash),
      [`robustness/array-${name}: accepts an array of one ${name} as ${name} -> robustness/${name}-array`]: editingBody(
        (text) => text.replace(new RegExp(`"${name}":\\[([^\\]]*)\\]`), `"${name}":$1`),
      ),
    }),
  ),
  // Unusual requests: methods, headers, encodings, chunks.
  ...changedBy(
    (isMeant: (request: ServedRequest) => boolean) => answerInstead((_, request) => isMeant(request), crash),
    {
      'robustness/500-long-token: answers HTTP 500 to a token of 8 KB -> robustness/long-token robustness/long-signature':
        (request) => requestHeader(request, 'authorization').length > 8_000,
      'robustness/500-no-content-type: answers HTTP 500 to a body without a content type -> robustness/no-content-type':
        (request) => requestHeader(request, 'content-type') === '',
      'robustness/500-other-content-type: answers HTTP 500 to an unknown content type -> robustness/content-type-application-xml':
        (request) => requestHeader(request, 'content-type').endsWith('/xml'),
      'robustness/500-put: answers HTTP 500 to the method PUT -> robustness/method-put': ({ method }) =>
        method === 'PUT',
      'robustness/500-bad-token: answers HTTP 500 to a token with a payload that is not JSON -> token/payload-not-json':
        (request) => requestHeader(request, 'authorization').includes('.Y2xhaW1z.'),
      'robustness/500-bad-base64: answers HTTP 500 to invalid Base64 -> new-secret/not-base64': (request) =>
        readTextField(request, 'encryptedNewBindingSecret').includes('!'),
      'robustness/500-short-cipher: answers HTTP 500 to a ciphertext of 15 bytes -> encrypted-code/bad-length': (
        request,
      ) => readTextField(request, 'encryptedBindingCode').length === 20,
    },
  ),
  ...['GET', 'PUT', 'PATCH', 'DELETE'].flatMap((method) => {
    const name = method.toLowerCase();
    const sentence = `robustness/${name}-binds: accepts ${method} requests -> robustness/method-${name}`;
    return changed({ [sentence]: { methods: ['POST', method] } });
  }),
  ...changed({
    'robustness/hangs-get: waits forever for the body of a GET -> robustness/method-get': answerInstead(
      (_, { method }) => method === 'GET',
      'hangs',
    ),
    'transport/chunked-refused: requires a content-length -> transport/chunked transport/two-chunks-slowly':
      answerInstead((_, request) => requestHeader(request, 'transfer-encoding') === 'chunked', refusal(5000, 411)),
    'transport/charset-refused: requires a content type without parameters -> transport/charset transport/charset-upper-case':
      answerInstead((_, request) => requestHeader(request, 'content-type').includes(';'), refusal(5000, 415)),
    'transport/charset-case: accepts the charset utf-8 only in lower case -> transport/charset-upper-case':
      answerInstead((_, request) => requestHeader(request, 'content-type').includes('UTF-8'), refusal(5000, 415)),
  }),
  ...changedBy((pattern: RegExp) => answerInstead(has(pattern), refusal(5000, 400)), {
    'transport/one-line: reads only one line of JSON -> transport/json-indented': /\n/,
    'transport/escapes: cannot read escaped letters -> transport/json-escaped': /\\u0070/,
    'transport/key-order: requires pk as the first key -> transport/json-reversed': /^(?!\{"pk")/,
  }),
];

function has(pattern: RegExp): Meant {
  return (body) => pattern.test(body);
}
