import { randomUUID } from 'node:crypto';
import type { Fixture } from '../../../../spec/family/states.ts';
import type { ServedRequest, ServedResponse } from '../../../../spec/http.ts';
import {
  answerInstead,
  answering,
  bodyText,
  delaying,
  type Meant,
  oneAtATime,
  parseJson,
  readCode,
  readTextField,
  requestHeader,
  withContentType,
  withFields,
  withHeaders,
  withJson,
  withoutFields,
  withStatus,
  withText,
} from '../../../mutants/operators.ts';
import { type Change, makeReadings, onRefusals, onSuccesses, type Reading, refusal } from '../server.ts';

/** Answers without an envelope, for unreadable bodies. */
export const page: ServedResponse = {
  httpStatus: 400,
  headers: [['content-type', 'text/html']],
  body: Buffer.from('<h1>Bad Request</h1>'),
};
export const problem: ServedResponse = {
  httpStatus: 422,
  headers: [['content-type', 'application/problem+json']],
  body: Buffer.from('{"type":"about:blank","title":"Unprocessable Content","status":422}'),
};
const nothing: ServedResponse = { httpStatus: 404, headers: [], body: new Uint8Array() };
export const tooLarge: ServedResponse = { ...nothing, httpStatus: 413 };

const hasQuery: Meant = (_, { path }) => path.includes('?');
const isOtherMethod: Meant = (_, { method }) => method !== 'POST';

/** Envelopes, HTTP, time, and the fixtures of the states endpoint. */
export const httpReadings: readonly Reading[] = [
  ...makeReadings({
    'data/absent: leaves data out of a refusal': { wire: onRefusals(withoutFields('data')) },
    'data/empty: sends empty data in a refusal': { wire: onRefusals(withFields({ data: {} })) },
    'data/not-verified: sends verified 0 in a refusal': { wire: onRefusals(withFields({ data: { verified: 0 } })) },
    'ext-msg/absent: leaves extMsg out': { wire: answering(withJson(withoutFields('extMsg'))) },
    'ext-msg/text: sends a text in extMsg': { wire: answering(withJson(withFields({ extMsg: 'see the manual' }))) },
    'msg/localised: answers in Chinese': { wire: onRefusals(withFields({ msg: '请求被拒绝' })) },
    'msg/empty: sends an empty msg in a refusal': { wire: onRefusals(withFields({ msg: '' })) },
    'msg/request-id: adds an id to every refusal': {
      wire: onRefusals((envelope) => ({ ...envelope, msg: `Refused (${randomUUID()})` })),
    },
    'more-fields/some: sends more fields than the document': {
      wire: answering(
        withJson((envelope) => ({
          success: envelope['code'] === 200,
          timestamp: Date.now(),
          ...envelope,
          traceId: randomUUID(),
        })),
      ),
    },
    'verified/0: answers that a bind is not verified': { wire: onSuccesses(withFields({ data: { verified: 0 } })) },
    'verified/text: writes verified as text': { wire: onSuccesses(withFields({ data: { verified: '1' } })) },
    'verified/more: sends more data than verified': {
      wire: onSuccesses(withFields({ data: { verified: 1, deviceId: 7 } })),
    },
    'echo/device: repeats pk and dk in data and in msg': { wire: answering(naming) },
    'json/indented: writes its JSON on many lines, with the keys in reverse order': { wire: answering(indented) },
    'content-type/absent: sends no content type': labelled(undefined),
    'content-type/plain: labels its JSON as text/plain;charset=UTF-8': labelled('text/plain;charset=UTF-8'),
    'content-type/octets: labels its JSON as application/octet-stream': labelled('application/octet-stream'),
    'content-type/vendor: labels its JSON as application/vnd.example.v2+json': labelled(
      'application/vnd.example.v2+json',
    ),
    'content-type/any-case: labels its JSON as Application/JSON;charset=UTF-8': labelled(
      'Application/JSON;charset=UTF-8',
    ),
    'headers/many: sends extra headers': {
      wire: answering((answer) =>
        withHeaders(
          ['X-Request-Id', randomUUID()],
          ['Server', 'nginx/1.27.0'],
          ['Cache-Control', 'no-store'],
          ['Set-Cookie', `route=${randomUUID()}`],
        )(answer),
      ),
    },
    'query/404: answers 404 to a path with a query': { wire: answerInstead(hasQuery, nothing) },
    'query/400: answers 400 to a path with a query': { wire: answerInstead(hasQuery, page) },
    'query/envelope: rejects a path with a query, in an envelope': { wire: answerInstead(hasQuery, refusal(5000)) },
    'methods/404: answers 404 to other methods': { wire: answerInstead(isOtherMethod, nothing) },
    'methods/page: answers other methods with a page': { wire: answerInstead(isOtherMethod, withStatus(405)(page)) },
    'methods/501: answers 501 to other methods': {
      wire: answerInstead(isOtherMethod, { ...nothing, httpStatus: 501 }),
    },
    'methods/envelope: rejects other methods, in an envelope': { wire: answerInstead(isOtherMethod, refusal(5000)) },
    'media/415: rejects other content types': {
      wire: answerInstead(
        (_, request) => !/^application\/json\b/i.test(requestHeader(request, 'content-type')),
        refusal(5000, 415),
      ),
    },
    'unreadable/page: answers an unreadable body with a page': unreadable(page),
    'unreadable/problem: answers an unreadable body with problem details': unreadable(problem),
    'unreadable/empty: answers an unreadable body with an empty 413': unreadable(tooLarge),
    'unreadable/envelope: answers an unreadable body with HTTP 200 and an envelope': unreadable(refusal(5000)),
    'success-code/0: answers success with code 0': {
      override: () => ({ successCode: 0 }),
      dialect: { successCode: 0 },
    },
    'refusal-status/400: answers refusals with HTTP 400': {
      wire: answering(withRefusalStatus),
      dialect: { refusalStatus: 'any' },
    },
    'time/jitter: takes up to two milliseconds longer': { wire: delaying(() => Math.random() * 2) },
    'time/busy: answers 5000 while it handles another request for the device': locking(5000),
    'time/locked: answers 5049 to everyone while it binds the device': locking(5049),
    'token/with-scheme: returns tokens with their scheme': giving(({ token, otherToken }) => ({
      token: `Bearer ${token}`,
      ...(otherToken === undefined ? {} : { otherToken: `bearer ${otherToken}` }),
    })),
    'pwd/all: returns a pwd for every device': giving(() => ({ pwd: '482913' })),
    'secret-text/any-script: returns bindingSecrets of any script': giving(({ bindingSecret }) => ({
      bindingSecret: `clé-秘密-${bindingSecret}`,
    })),
    'secret-length/short: returns bindingSecrets of 8 characters': giving(({ bindingSecret }) => ({
      bindingSecret: bindingSecret.slice(0, 8),
    })),
    'secret-length/limit: rejects bindingSecrets of more than 16 characters, the length of its own': {
      override: (inner) => ({
        secretFor: (...given) => {
          const secret = inner.secretFor(...given);
          return secret !== undefined && secret.length > 16 ? undefined : secret;
        },
      }),
      excludes: ['secret-text/any-script'],
    },
    'secret-length/long: returns bindingSecrets of three blocks': giving(({ bindingSecret }) => ({
      bindingSecret: bindingSecret.repeat(3),
    })),
  }),
];

function labelled(contentType: string | undefined): Change {
  return { wire: answering(withContentType(contentType)) };
}

function unreadable(answer: ServedResponse): Change {
  const isUnreadable = (given: ServedResponse): boolean => given.httpStatus === 400 && readCode(given) === 5000;
  return { wire: answering((given) => (isUnreadable(given) ? answer : given)) };
}

/** Handles one request for a device at a time; the others get a code. */
function locking(code: number): Change {
  return { wire: oneAtATime((request) => readTextField(request, 'dk'), refusal(code), 1) };
}

/** Every request contains pk and dk in plain text, so an answer may repeat them. */
function naming(answer: ServedResponse, request: ServedRequest): ServedResponse {
  const device = { pk: readTextField(request, 'pk'), dk: readTextField(request, 'dk') };
  return withJson(({ msg, data, ...rest }) => ({
    ...rest,
    msg: `${String(msg)} (dk ${device.dk})`,
    data: typeof data === 'object' && data !== null ? { ...data, ...device } : data,
  }))(answer);
}

function indented(answer: ServedResponse): ServedResponse {
  const fields = Object.entries(parseJson(bodyText(answer)) ?? {}).reverse();
  if (fields.length === 0) return answer;
  return withText(() => `${JSON.stringify(Object.fromEntries(fields), undefined, 2)}\r\n`)(answer);
}

function withRefusalStatus(answer: ServedResponse): ServedResponse {
  return answer.httpStatus === 200 && readCode(answer) !== 200 && readCode(answer) !== 0
    ? { ...answer, httpStatus: 400 }
    : answer;
}

/** Changes the fixtures of the states endpoint. */
export function giving(change: (fixture: Fixture) => Partial<Fixture>): Change {
  return { changeFixture: (fixture: Fixture) => ({ ...fixture, ...change(fixture) }) };
}
