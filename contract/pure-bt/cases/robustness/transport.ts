import { field } from '../../../../generators/pure-bt/faults/fault.ts';
import type { BuiltRequest } from '../../../../generators/request.ts';
import { plantedHeader } from '../../../judge/leak.ts';
import { written } from '../../property/base.ts';
import type { Case } from '../steps.ts';
import { mayGoEitherWay, mustAccept, mustRefuse, withBytes, withHeaders, withSignedBody } from './request.ts';

const planted = `x\r\n${plantedHeader}: 1\r\n\r\n`;

/** How a request travels: method, headers, pieces. */
export const transportCases: readonly Case[] = [
  ...['GET', 'PUT', 'PATCH', 'DELETE'].map((method) =>
    mustRefuse({
      name: `method-${method.toLowerCase()}`,
      title: `the method ${method}`,
      change: (built) => ({ ...built, http: { ...built.http, method } }),
    }),
  ),
  mustRefuse({
    name: 'long-token',
    title: 'a token of 8 KB',
    change: (built) => withToken(built, `head.${'p'.repeat(8_192)}.signature`),
    mayHangUp: true,
  }),
  mustRefuse({
    name: 'long-signature',
    title: 'a good token with a signature of 8 KB',
    change: (built) => withToken(built, `${(built.authorization ?? '').slice('Bearer '.length)}${'A'.repeat(8_192)}`),
    mayHangUp: true,
  }),
  ...['pk', 'dk', 'bindingCode', 'random'].map((name) =>
    mustRefuse({
      name: `planted-header-${name}`,
      title: `a ${name} that tries to plant a header`,
      change: (built) => withSignedBody(built, { ...built.body, [name]: `${String(built.body[name])}${planted}` }),
    }),
  ),
  ...['deviceName', 'frid'].map((name) =>
    mayGoEitherWay({
      name: `planted-header-${name}`,
      title: `a ${name} that tries to plant a header`,
      change: (built) => withSignedBody(built, { ...built.body, [name]: planted }),
    }),
  ),
  ...[
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'text/json',
    'application/octet-stream',
  ].map((type) =>
    mayGoEitherWay({
      name: `content-type-${type.replace('/', '-')}`,
      title: `the content type ${type}`,
      change: (built) => withContentType(built, type),
    }),
  ),
  mayGoEitherWay({
    name: 'two-tokens',
    title: 'two Authorization headers',
    change: (built) => withHeaders(built, (header) => (header[0] === 'authorization' ? [header, header] : [header])),
  }),
  mayGoEitherWay({
    name: 'no-content-type',
    title: 'no content type',
    change: (built) => withContentType(built, undefined),
  }),
  mustAccept({
    name: 'charset',
    title: 'a charset parameter',
    change: (built) => withContentType(built, 'application/json; charset=utf-8'),
  }),
  mustAccept({
    name: 'charset-quoted',
    title: 'a charset parameter in quotes',
    change: (built) => withContentType(built, 'application/json; charset="utf-8"'),
  }),
  mustAccept({
    name: 'content-type-mixed-case',
    title: 'a content type in mixed case',
    change: (built) => withContentType(built, 'Application/JSON'),
  }),
  mustAccept({
    name: 'charset-upper-case',
    title: 'a charset parameter in upper case',
    change: (built) => withContentType(built, 'application/json;charset=UTF-8'),
  }),
  mustAccept({
    name: 'chunked',
    title: 'a chunked body',
    change: (built) => inPieces(built, [{ upTo: 1, afterMs: 0 }]),
  }),
  mustAccept({
    name: 'chunked-small',
    title: 'a body in many chunks',
    change: (built) =>
      inPieces(
        built,
        Array.from({ length: 20 }, (_, at) => ({ upTo: (at + 1) / 20, afterMs: 0 })),
      ),
  }),
  mustAccept({
    name: 'two-pieces',
    takesLong: true,
    title: 'a body that arrives in two pieces',
    change: (built) => {
      const pieces = inPieces(built, [
        { upTo: 0.5, afterMs: 0 },
        { upTo: 1, afterMs: 300 },
      ]);
      const length = bytesOf(built).length;
      // With its length declared, it is one body that the network has cut.
      const headers = [...pieces.http.headers, ['content-length', String(length)] as const];
      return { ...pieces, http: { ...pieces.http, headers } };
    },
  }),
  mustAccept({
    name: 'two-chunks-slowly',
    takesLong: true,
    title: 'two chunks, the second one later',
    change: (built) =>
      inPieces(built, [
        { upTo: 0.3, afterMs: 0 },
        { upTo: 1, afterMs: 300 },
      ]),
  }),
  mustAccept({
    name: 'header-names-upper-case',
    title: 'header names in upper case',
    change: (built) => withHeaders(built, ([name, value]) => [[name.toUpperCase(), value]]),
  }),
  mustAccept({
    name: 'header-names-mixed-case',
    title: 'header names in mixed case',
    change: (built) =>
      withHeaders(built, ([name, value]) => [[name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()), value]]),
  }),
  mustAccept({
    name: 'json-indented',
    title: 'JSON on many lines',
    change: (built) => written(built, { indent: 2, escaped: false, reversed: false }),
  }),
  mustAccept({
    name: 'json-escaped',
    title: 'JSON whose letters are escaped',
    prepare: [field('deviceName', () => 'Küchenwaage')],
    change: (built) => written(built, { indent: 0, escaped: true, reversed: false }),
  }),
  mustAccept({
    name: 'json-reversed',
    title: 'JSON whose keys come in another order',
    change: (built) => written(built, { indent: 0, escaped: false, reversed: true }),
  }),
];

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

/** The body cut at shares of its length, each piece after a pause; sent with chunked transfer coding. */
function inPieces(
  built: BuiltRequest,
  cuts: readonly { readonly upTo: number; readonly afterMs: number }[],
): BuiltRequest {
  const bytes = bytesOf(built);
  let from = 0;
  const pieces = cuts.map(({ upTo, afterMs }) => {
    const piece = bytes.slice(from, Math.round(bytes.length * upTo));
    from += piece.length;
    return { bytes: piece, afterMs };
  });
  return withBytes(built, pieces, `the request in ${pieces.length} pieces`);
}

function bytesOf({ body }: BuiltRequest): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(body));
}
