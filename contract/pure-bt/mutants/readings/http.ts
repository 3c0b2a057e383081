import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Handle, ServedRequest, ServedResponse, Wire } from '../../../../spec/http.ts';
import type { Fixture } from '../../../../spec/pure-bt/states.ts';
import type { Meant } from '../../../mutants/operators.ts';
import {
  answerInstead,
  answering,
  delaying,
  parseJsonBody,
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
import { onRefusals, onSuccesses, readCode, refusal } from '../server.ts';
import type { Change, Reading } from './reading.ts';
import { makeReadings } from './reading.ts';

/** Answers that are no envelope, for what cannot be read. */
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
const isNoPost: Meant = (_, { method }) => method !== 'POST';

/** Envelopes, HTTP, time, and what the states endpoint hands out. */
export const httpReadings: readonly Reading[] = [
  ...makeReadings({
    'data/absent: leaves data out of a refusal': { wire: onRefusals(withoutFields('data')) },
    'data/empty: has empty data in a refusal': { wire: onRefusals(withFields({ data: {} })) },
    'data/not-verified: says verified 0 in a refusal': { wire: onRefusals(withFields({ data: { verified: 0 } })) },
    'ext-msg/absent: leaves extMsg out': { wire: answering(withJson(withoutFields('extMsg'))) },
    'ext-msg/text: has a text in extMsg': { wire: answering(withJson(withFields({ extMsg: 'see the manual' }))) },
    'msg/localised: answers in Chinese': { wire: onRefusals(withFields({ msg: '请求被拒绝' })) },
    'msg/empty: has no words for a refusal': { wire: onRefusals(withFields({ msg: '' })) },
    'msg/request-id: gives every refusal an id': {
      wire: onRefusals((envelope) => ({ ...envelope, msg: `Refused (${randomUUID()})` })),
    },
    'more-fields/some: has more fields than the page': {
      wire: answering(
        withJson((envelope) => ({
          success: envelope['code'] === 200,
          timestamp: Date.now(),
          ...envelope,
          traceId: randomUUID(),
        })),
      ),
    },
    'verified/0: says that a bind is not verified': { wire: onSuccesses(withFields({ data: { verified: 0 } })) },
    'verified/text: writes verified as text': { wire: onSuccesses(withFields({ data: { verified: '1' } })) },
    'verified/more: has more data than verified': {
      wire: onSuccesses(withFields({ data: { verified: 1, deviceId: 7 } })),
    },
    'echo/device: repeats pk and dk in its data and in its words': { wire: answering(naming) },
    'json/indented: writes its JSON on many lines, keys in reverse': { wire: answering(indented) },
    'content-type/absent: names no content type': { wire: answering(withContentType(undefined)) },
    'content-type/plain: calls its JSON text/plain;charset=UTF-8': {
      wire: answering(withContentType('text/plain;charset=UTF-8')),
    },
    'content-type/octets: calls its JSON application/octet-stream': {
      wire: answering(withContentType('application/octet-stream')),
    },
    'content-type/vendor: calls its JSON application/vnd.example.v2+json': {
      wire: answering(withContentType('application/vnd.example.v2+json')),
    },
    'content-type/any-case: calls its JSON Application/JSON;charset=UTF-8': {
      wire: answering(withContentType('Application/JSON;charset=UTF-8')),
    },
    'headers/many: sends headers of its own': {
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
    'query/envelope: refuses a path with a query in an envelope': { wire: answerInstead(hasQuery, refusal(5000)) },
    'methods/404: answers 404 to other methods': { wire: answerInstead(isNoPost, nothing) },
    'methods/page: answers a page to other methods': { wire: answerInstead(isNoPost, withStatus(405)(page)) },
    'methods/envelope: refuses other methods in an envelope': { wire: answerInstead(isNoPost, refusal(5000)) },
    'media/415: refuses other content types': {
      wire: answerInstead(
        (_, request) => !/^application\/json\b/i.test(requestHeader(request, 'content-type')),
        refusal(5000, 415),
      ),
    },
    'unreadable/page: answers a page to what it cannot read': unreadable(page),
    'unreadable/problem: answers problem details to what it cannot read': unreadable(problem),
    'unreadable/empty: answers an empty 413 to what it cannot read': unreadable(tooLarge),
    'unreadable/envelope: answers an envelope behind HTTP 200 to what it cannot read': unreadable(refusal(5000)),
    'success-code/0: takes 0 for success': { override: () => ({ successCode: 0 }), dialect: { successCode: 0 } },
    'refusal-status/400: refuses with HTTP 400': {
      wire: answering(withRefusalStatus),
      dialect: { refusalStatus: 'any' },
    },
    'time/jitter: takes up to two milliseconds more': { wire: delaying(() => Math.random() * 2) },
    'time/busy: answers 5000 while it works on another request for the device': { wire: busy },
    'token/with-scheme: hands out tokens with their scheme': giving(({ token, otherToken }) => ({
      token: `Bearer ${token}`,
      ...(otherToken === undefined ? {} : { otherToken: `bearer ${otherToken}` }),
    })),
    'pwd/all: has a pwd for every device': giving(() => ({ pwd: '482913' })),
    'secret-text/any-script: has bindingSecrets of any script': giving(({ bindingSecret }) => ({
      bindingSecret: `clé-秘密-${bindingSecret}`,
    })),
    'secret-length/short: has bindingSecrets of 8 characters': giving(({ bindingSecret }) => ({
      bindingSecret: bindingSecret.slice(0, 8),
    })),
    'secret-length/long: has bindingSecrets of three blocks': giving(({ bindingSecret }) => ({
      bindingSecret: bindingSecret.repeat(3),
    })),
  }),
];

function unreadable(answer: ServedResponse): Change {
  const isUnreadable = (given: ServedResponse): boolean => given.httpStatus === 400 && readCode(given) === 5000;
  return { wire: answering((given) => (isUnreadable(given) ? answer : given)) };
}

/** One request for a device at a time; the others are told to come again. */
function busy(handle: Handle): ReturnType<Wire> {
  const locked = new Set<string>();
  return async (request) => {
    const device = readTextField(request, 'dk');
    if (device === '') return handle(request);
    if (locked.has(device)) return refusal(5000);
    locked.add(device);
    try {
      await pause(1);
      return handle(request);
    } finally {
      locked.delete(device);
    }
  };
}

/** pk and dk are in every request in clear: an answer may say which device it is about. */
function naming(answer: ServedResponse, request: ServedRequest): ServedResponse {
  const device = { pk: readTextField(request, 'pk'), dk: readTextField(request, 'dk') };
  return withJson(({ msg, data, ...rest }) => ({
    ...rest,
    msg: `${String(msg)} (dk ${device.dk})`,
    data: typeof data === 'object' && data !== null ? { ...data, ...device } : data,
  }))(answer);
}

function indented(answer: ServedResponse): ServedResponse {
  const fields = Object.entries(parseJsonBody(answer) ?? {}).reverse();
  if (fields.length === 0) return answer;
  return withText(() => `${JSON.stringify(Object.fromEntries(fields), undefined, 2)}\r\n`)(answer);
}

function withRefusalStatus(answer: ServedResponse): ServedResponse {
  return answer.httpStatus === 200 && readCode(answer) !== 200 && readCode(answer) !== 0
    ? { ...answer, httpStatus: 400 }
    : answer;
}

function giving(change: (fixture: Fixture) => Partial<Fixture>): Change {
  return {
    states: (setup) => (state, uuid) => {
      const made = setup(state, uuid);
      return made === undefined ? undefined : { ...made, ...change(made) };
    },
  };
}
