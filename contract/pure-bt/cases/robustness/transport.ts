import { field } from '../../../../generators/pure-bt/faults/fault.ts';
import { withBody } from '../../../../generators/pure-bt/request.ts';
import { type BuiltRequest, withHeader, withHttp } from '../../../../generators/request.ts';
import { refusedMethod } from '../../../../spec/expectation.ts';
import type { Headers } from '../../../../spec/http.ts';
import { plantedHeader } from '../../../judge/leak.ts';
import { rewriteJson } from '../../property/base.ts';
import type { Case } from '../steps.ts';
import { mayGoEitherWay, mustAccept, mustRefuse } from './robustness-case.ts';

const planted = `x\r\n${plantedHeader}: 1\r\n\r\n`;

/** How a request is sent: method, headers, chunks. */
export const transportCases: readonly Case[] = [
  ...['GET', 'PUT', 'PATCH', 'DELETE'].map((method) =>
    mustRefuse(`method-${method.toLowerCase()}`, `the method ${method}`, (built) => withHttp(built, { method }), {
      expect: refusedMethod,
    }),
  ),
  mustRefuse('long-token', 'a token of 8 KB', (built) => withToken(built, `head.${'p'.repeat(8_192)}.signature`), {
    mayHangUp: true,
  }),
  mustRefuse(
    'long-signature',
    'a correct token with 8 KB added to its signature',
    (built) => withToken(built, `${(built.authorization ?? '').slice('Bearer '.length)}${'A'.repeat(8_192)}`),
    { mayHangUp: true },
  ),
  ...['pk', 'dk', 'bindingCode', 'random'].map((name) =>
    mustRefuse(`planted-header-${name}`, `a ${name} that tries to inject a header`, (built) =>
      withBody(built, { [name]: `${String(built.body[name])}${planted}` }),
    ),
  ),
  ...['deviceName', 'frid'].map((name) =>
    mayGoEitherWay(`planted-header-${name}`, `a ${name} that tries to inject a header`, (built) =>
      withBody(built, { [name]: planted }),
    ),
  ),
  ...[
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'text/json',
    'application/octet-stream',
  ].map((type) =>
    mayGoEitherWay(`content-type-${type.replace('/', '-')}`, `the content type ${type}`, (built) =>
      withContentType(built, type),
    ),
  ),
  mayGoEitherWay('two-tokens', 'two Authorization headers', (built) =>
    withHeaders(built, (header) => (header[0] === 'authorization' ? [header, header] : [header])),
  ),
  mayGoEitherWay('no-content-type', 'a request without a content type', (built) => withContentType(built, undefined)),
  ...[
    ['charset', 'a charset parameter', 'application/json; charset=utf-8'],
    ['charset-quoted', 'a charset parameter in quotes', 'application/json; charset="utf-8"'],
    ['content-type-mixed-case', 'a content type in mixed case', 'Application/JSON'],
    ['charset-upper-case', 'a charset parameter in upper case', 'application/json;charset=UTF-8'],
  ].map(([name = '', title = '', type]) => mustAccept(name, title, (built) => withContentType(built, type))),
  mustAccept('chunked', 'a chunked body', (built) => inPieces(built, [[1, 0]])),
  mustAccept('chunked-small', 'a body in many chunks', (built) =>
    inPieces(
      built,
      Array.from({ length: 20 }, (_, at) => [(at + 1) / 20, 0]),
    ),
  ),
  mustAccept(
    'two-pieces',
    'a body that arrives in two pieces',
    (built) => {
      const pieces = inPieces(built, [
        [0.5, 0],
        [1, 300],
      ]);
      // With a content-length, it is one body that arrives in two parts.
      return withHeader(pieces, 'content-length', String(bodyBytes(built).length));
    },
    { takesLong: true },
  ),
  mustAccept(
    'two-chunks-slowly',
    'a body in two chunks with a pause between them',
    (built) =>
      inPieces(built, [
        [0.3, 0],
        [1, 300],
      ]),
    { takesLong: true },
  ),
  mustAccept('header-names-upper-case', 'header names in upper case', (built) =>
    withHeaders(built, ([name, value]) => [[name.toUpperCase(), value]]),
  ),
  mustAccept('header-names-mixed-case', 'header names in mixed case', (built) =>
    withHeaders(built, ([name, value]) => [[name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()), value]]),
  ),
  mustAccept('json-indented', 'JSON on many lines', (built) => rewriteJson(built, { indent: 2 })),
  mustAccept('json-escaped', 'escaped letters in the JSON', (built) => rewriteJson(built, { escaped: true }), {
    prepare: [field('deviceName', () => 'Küchenwaage')],
  }),
  mustAccept('json-reversed', 'JSON keys in another order', (built) => rewriteJson(built, { reversed: true })),
];

/** The request with its headers changed. */
function withHeaders(built: BuiltRequest, change: (header: Headers[number]) => Headers): BuiltRequest {
  return withHttp(built, { headers: built.http.headers.flatMap(change) });
}

function withToken(built: BuiltRequest, token: string): BuiltRequest {
  const authorization = `Bearer ${token}`;
  const changed = withHeaders(built, (header) => [header[0] === 'authorization' ? [header[0], authorization] : header]);
  return { ...changed, authorization };
}

function withContentType(built: BuiltRequest, type: string | undefined): BuiltRequest {
  return withHeaders(built, (header) => {
    if (header[0] !== 'content-type') return [header];
    return type === undefined ? [] : [['content-type', type]];
  });
}

/** Cuts the body at fractions of its length; each piece follows a pause in ms. Sent with chunked transfer coding. */
function inPieces(built: BuiltRequest, cuts: readonly (readonly [upTo: number, afterMs: number])[]): BuiltRequest {
  const bytes = bodyBytes(built);
  let from = 0;
  const pieces = cuts.map(([upTo, afterMs]) => {
    const piece = bytes.slice(from, Math.round(bytes.length * upTo));
    from += piece.length;
    return { bytes: piece, afterMs };
  });
  return { ...withHttp(built, { body: pieces }), shown: `the request in ${pieces.length} pieces` };
}

function bodyBytes({ body }: BuiltRequest): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(body));
}
