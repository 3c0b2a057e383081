import type { Body } from '../../generators/request.ts';
import { type Dialect, isSuccessCode } from '../../spec/dialect.ts';
import { type ApiRequest, type ApiResponse, headerValue, sentToken } from '../../spec/http.ts';
import { isRecord } from '../../spec/is-record.ts';
import { type Fixture, type Operation, tokenNames } from '../../spec/operation.ts';
import { decodeContent } from '../decode-content.ts';
import { classifyMediaType, describeCode, integerCode, readMediaType } from '../judge/judge.ts';
import { anyDocumentedAnswer, judgeAnswer } from '../judge/judge-answer.ts';
import { jsonValue } from '../judge/parse-json.ts';
import { repeatedNames } from '../read-request/repeated-names.ts';
import { gatewayLine } from '../run/preflight/place.ts';
import { chooseFixture } from '../targets/fixture.ts';
import type { Remark, RequestCheck } from './remark.ts';
import type { Proxied } from './start-proxy.ts';

/** An exchange and what was noticed about it. Texts may contain secrets of the exchange until they are masked. */
export type Judged = {
  /** Whether it is a request to the operation; others are not judged. */
  readonly ofOperation: boolean;
  /** Whether its body is a JSON object, so that its secrets are known. */
  readonly readable: boolean;
  /** The secrets that it shows, for a mask; they may differ from those of its fixture. */
  readonly sent: Fixture;
  /** The business code of the answer. */
  readonly code: number | undefined;
  /** Whether the code says success. */
  readonly success: boolean;
  readonly request: readonly Remark[];
  readonly answer: readonly Remark[];
};

/** What exchanges are judged with. */
export type JudgeOptions = RequestCheck & {
  readonly dialect: Dialect;
  readonly fixtures: readonly Fixture[];
  readonly showSecrets: boolean;
};

/** No secret of a device is longer, and each form of a value must be searched. */
const longestSecret = 4_000;

/** Judges a request and its answer. Neither is changed. */
export function judgeExchange({ request, exchange }: Proxied, options: JudgeOptions): Judged {
  const { dialect } = options;
  const { operation } = dialect;
  const response = exchange.kind === 'answer' ? exchange.response : undefined;
  const code = response === undefined ? undefined : integerCode(jsonValue(response.body));
  if (!isOfOperation(request, operation)) {
    return { ofOperation: false, readable: false, sent: {}, code, success: false, request: [], answer: [] };
  }
  const value = jsonValue(wholeBody(request));
  const body = isRecord(value) ? value : undefined;
  const fixture = body === undefined ? undefined : chooseFixture(options.fixtures, body, operation);
  const sent = sentSecrets(request, body ?? {}, operation);
  const { remarks, plaintexts } = checkRequest(request, body, fixture, options);
  const answer =
    response === undefined
      ? []
      : answerRemarks(decoded(response, request), dialect, {
          isClean: remarks.every(({ kind }) => kind !== 'wrong'),
          body,
          plaintexts,
          fixture: { ...sent, ...fixture },
        });
  const success = code !== undefined && isSuccessCode(code, dialect);
  return { ofOperation: true, readable: body !== undefined, sent, code, success, request: remarks, answer };
}

/** A preflight of a browser (`OPTIONS`) is not a request of the operation. */
function isOfOperation({ method, path }: ApiRequest, operation: Operation): boolean {
  const [pathname = ''] = path.split('?');
  return method !== 'OPTIONS' && pathname.replace(/\/$/, '').endsWith(operation.path);
}

function wholeBody({ body }: ApiRequest): Uint8Array {
  return body instanceof Uint8Array ? body : Buffer.concat(body.map(({ bytes }) => bytes));
}

/** The secrets that a request shows: its token, and the secret fields of its body. */
function sentSecrets({ headers }: ApiRequest, body: Readonly<Record<string, unknown>>, operation: Operation): Fixture {
  const fields = operation.secretFields.flatMap((name) => {
    const value = body[name];
    return typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [];
  });
  const token = sentToken(headers) ?? '';
  const [tokenName] = tokenNames(operation);
  const found = [...fields, ...(tokenName === undefined ? [] : [[tokenName, token]])];
  return Object.fromEntries(found.filter(([, value = '']) => value !== '' && value.length <= longestSecret));
}

function checkRequest(
  request: ApiRequest,
  body: Readonly<Record<string, unknown>> | undefined,
  fixture: Fixture | undefined,
  { checkRequest: check, dialect, showSecrets, fixtures }: JudgeOptions,
): ReturnType<RequestCheck['checkRequest']> {
  const { method, headers } = request;
  const { operation } = dialect;
  const isJson = classifyMediaType(readMediaType(request) ?? '') === 'right';
  const transport: readonly (Remark | false)[] = [
    method !== operation.method && {
      kind: 'wrong',
      about: 'method',
      says: `the method is ${method}, not ${operation.method}`,
      fix: `send ${operation.method}`,
    },
    !isJson && {
      kind: 'warning',
      about: 'content-type',
      says: `the content type is ${headerValue(headers, 'content-type') ?? 'none'}`,
      fix: 'send Content-Type: application/json',
    },
    body === undefined && {
      kind: 'wrong',
      about: 'body',
      says: 'the body is not a JSON object in UTF-8',
      fix: 'send the fields of the operation as one JSON object',
    },
    body !== undefined &&
      fixture === undefined &&
      fixtures.length > 0 && {
        kind: 'note',
        about: 'secrets',
        says: 'no fixture is of this device, so what needs its secrets was not checked',
        fix: 'add its fixture to a file of --fixture',
      },
  ];
  const found = transport.filter((remark) => remark !== false);
  if (body === undefined) return { remarks: found, plaintexts: {} };
  const repeated = repeatedNames(new TextDecoder().decode(wholeBody(request)));
  const now = Math.floor(Date.now() / 1000);
  const { remarks, plaintexts } = check({ headers, body, repeated }, fixture, { dialect, showSecrets, now });
  return { remarks: [...found, ...remarks], plaintexts };
}

/** An answer without the content coding that its request asked for. */
function decoded(response: ApiResponse, { headers }: ApiRequest): ApiResponse {
  if (headerValue(headers, 'accept-encoding') === undefined) return response;
  const body = decodeContent(response.body, response.headers);
  if (body === undefined) return response;
  return { ...response, body, headers: response.headers.filter(([name]) => name.toLowerCase() !== 'content-encoding') };
}

function answerRemarks(
  response: ApiResponse,
  dialect: Dialect,
  given: {
    readonly isClean: boolean;
    readonly body: Readonly<Record<string, unknown>> | undefined;
    readonly plaintexts: Readonly<Record<string, string>>;
    readonly fixture: Fixture;
  },
): readonly Remark[] {
  const { httpStatus } = response;
  const code = integerCode(jsonValue(response.body));
  const gateway = gatewayLine({ httpStatus, code }, dialect.operation);
  if (gateway !== undefined) return [{ kind: 'warning', about: 'answer', says: gateway }];
  if (httpStatus === 429) {
    return [{ kind: 'warning', about: 'answer', says: 'HTTP 429 (too many requests): a gateway limits the client' }];
  }
  // A body that is not a JSON object may be refused by HTTP itself.
  const expectation = {
    ...anyDocumentedAnswer(dialect.operation),
    ...(given.body === undefined ? { overHttp: true as const } : {}),
  };
  const request = { body: (given.body ?? {}) as Body, plaintexts: given.plaintexts };
  const verdict = judgeAnswer(response, expectation, request, given.fixture, dialect);
  if (verdict.kind === 'wrong') {
    const fix =
      verdict.rule === 'success-code' ? { fix: `if ${code} is success, start with --dialect successCode=${code}` } : {};
    return [{ kind: 'wrong', about: 'answer', says: verdict.reason, ...fix }];
  }
  if (verdict.kind === 'open' && code !== undefined) {
    return [{ kind: 'warning', about: 'answer', says: `got ${describeCode(code, dialect)}` }];
  }
  if (given.isClean || code === undefined || !isSuccessCode(code, dialect)) return [];
  const says = 'the server answered success, although the request is wrong';
  return [{ kind: 'warning', about: 'answer', says, fix: 'correct the fixture, or the server does not check this' }];
}
