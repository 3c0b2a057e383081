import { definedOnly } from '../../spec/defined-only.ts';
import type { Dialect } from '../../spec/dialect.ts';
import { isSuccessCode } from '../../spec/dialect.ts';
import type { CodeClass, Expectation } from '../../spec/expectation.ts';
import { asksToBind, classifyCode } from '../../spec/expectation.ts';
import type { ApiResponse } from '../../spec/http.ts';
import { headerValue } from '../../spec/http.ts';
import { isRecord } from '../../spec/is-record.ts';
import { documentedCode } from '../../spec/operation.ts';
import { parseJson, tooDeep } from './parse-json.ts';

/** What one whole HTTP answer is worth. `cause` is the same for answers that are wrong in the same way. */
export type Verdict =
  /** The code is undefined only for a refusal by HTTP 4xx without an envelope. */
  | { readonly kind: 'right'; readonly code: number | undefined }
  | { readonly kind: 'open'; readonly code: number | undefined; readonly reason: string; readonly rule?: string }
  /** `rule` is the claim that is broken, where it is another one than the case's own. */
  | {
      readonly kind: 'wrong';
      readonly code: number | undefined;
      readonly cause: string;
      readonly reason: string;
      readonly rule?: string;
    };

/**
 * Judges one answer: its HTTP status, media type, JSON, envelope and code, in this order.
 * Pure. Every business outcome is a code in a JSON body behind HTTP 200 (rules `http-status` and `envelope`).
 */
export function judge(response: ApiResponse, expectation: Expectation, dialect: Dialect): Verdict {
  const parsed = parseJson(response.body);
  const code = 'value' in parsed ? integerCode(parsed.value) : undefined;
  const judged: Judged = { response, code, expectation, dialect };
  const early = judgeStatus(judged);
  if (early !== undefined) return early;
  if ('problem' in parsed) {
    return wrongVerdict(code, 'envelope', ...unparsed(parsed.problem));
  }
  return judgeEnvelope(judged, parsed.value) ?? judgeCode(judged, code ?? 0, parsed.value);
}

type Judged = {
  readonly response: ApiResponse;
  readonly code: number | undefined;
  readonly expectation: Expectation;
  readonly dialect: Dialect;
};

/** What the HTTP status alone decides; undefined where the body has to tell. */
function judgeStatus({ response: { httpStatus }, code, expectation, dialect }: Judged): Verdict | undefined {
  if (expectation.overHttp === true && httpStatus >= 400 && httpStatus < 500) {
    if (code !== undefined && isSuccessCode(code, dialect)) {
      const reason = `answered HTTP ${httpStatus} with the success code ${code}`;
      return wrongVerdict(code, 'http-status', `success behind HTTP ${httpStatus}`, reason);
    }
    if (!asksToBind(expectation)) return { kind: 'right', code };
    return openVerdict(code, expectation.reading, `answered HTTP ${httpStatus}, which another reading explains`);
  }
  if (httpStatus === 200 || isRefusalStatus(httpStatus, code, expectation, dialect)) return undefined;
  const reason = `answered HTTP ${httpStatus}; business outcomes come with HTTP 200`;
  return wrongVerdict(code, 'http-status', `HTTP ${httpStatus}`, reason);
}

/** What is wrong with a body that is JSON; undefined where it is an envelope. */
function judgeEnvelope({ code, expectation, dialect }: Judged, value: unknown): Verdict | undefined {
  // The other candidate for success is neither a success nor a refusal here, whatever it carries.
  if (code !== undefined && (code === 200 || code === 0) && !isSuccessCode(code, dialect)) {
    const where = `${code} where ${describeExpected(expectation)} is due`;
    return wrongVerdict(code, 'success-code', `${where} (success is ${dialect.successCode} in this dialect)`);
  }
  const carriesData = code !== undefined && !isSuccessCode(code, dialect) && hasHarmlessData(value, dialect);
  const envelope = carriesData ? { ...(value as object), data: null } : value;
  const first = dialect.operation.responseProblems(envelope, dialect.successCode)[0];
  if (first === undefined && code !== undefined) return undefined;
  const where = first === undefined ? 'code must be an integer' : `${first.path || 'the body'} ${first.message}`;
  const reason = `answered an envelope that breaks the schema: ${where}`;
  return wrongVerdict(code, 'envelope', `the envelope is wrong: ${where}`, reason);
}

/** How the code of an envelope stands, and what its headers and data say beside it. */
function judgeCode({ response, expectation, dialect }: Judged, code: number, value: unknown): Verdict {
  const codeClass = classifyCode(code, expectation, dialect);
  if (codeClass === 'wrong') {
    // A documented code means what the status table says, whatever else a case leaves open.
    const misused = code !== 200 && documentedCode(code, dialect.operation) !== undefined && isSoft(expectation);
    const cause = `${describeCode(code, dialect)} where ${describeExpected(expectation)} is due`;
    return wrongVerdict(code, misused ? 'codes-mean' : undefined, cause);
  }
  const header = headerProblem(response);
  const { reading } = expectation;
  if (header !== undefined && header.rule !== 'content-type') {
    return wrongVerdict(code, header.rule, header.cause, `answered with ${header.cause}; ${header.why}`);
  }
  if (codeClass === 'open')
    return openVerdict(code, reading, `answered ${describeCode(code, dialect)}, which another reading explains`);
  // These would warn for every case alike, so the cases about them alone do.
  if (header !== undefined && reading === 'content-type') {
    return openVerdict(code, reading, `answered with ${header.cause}; ${header.why}`);
  }
  if (reading === 'refusal-data' && hasHarmlessData(value, dialect))
    return openVerdict(code, reading, 'carries data in a refusal');
  return { kind: 'right', code };
}

function wrongVerdict(
  code: number | undefined,
  rule: string | undefined,
  cause: string,
  reason = `answered ${cause}`,
): Verdict & { readonly kind: 'wrong' } {
  return { kind: 'wrong', code, cause, reason, ...definedOnly({ rule }) };
}

function openVerdict(code: number | undefined, rule: string | undefined, reason: string): Verdict {
  return { kind: 'open', code, reason, ...definedOnly({ rule }) };
}

/** Whether another HTTP status than 200 is a refusal's own in this dialect; a 5xx to what no document mentions never is. */
function isRefusalStatus(
  httpStatus: number,
  code: number | undefined,
  { overHttp }: Expectation,
  dialect: Dialect,
): boolean {
  const most = overHttp === true ? 499 : 599;
  const refuses = code !== undefined && !isSuccessCode(code, dialect);
  return dialect.refusalStatus === 'any' && refuses && httpStatus >= 400 && httpStatus <= most;
}

/** Whether an expectation leaves something to other readings. */
function isSoft({ open, openRefusals }: Expectation): boolean {
  return open.length > 0 || openRefusals !== undefined;
}

/** Data that do not say that the request succeeded. */
function hasHarmlessData(value: unknown, { operation }: Dialect): boolean {
  const data = isRecord(value) ? value['data'] : undefined;
  return isRecord(data) && !operation.saysSuccess(data);
}

/** A code with its meaning, for people: `4004 (Name too long)`. */
export function describeCode(code: number, dialect: Pick<Dialect, 'successCode' | 'operation'>): string {
  if (isSuccessCode(code, dialect)) return `${code} (success)`;
  const meaning = documentedCode(code, dialect.operation)?.meaning;
  return meaning === undefined ? `${code} (not in the document)` : `${code} (${meaning})`;
}

/** What an expectation asks for, for people: `4004`, `4001 or 4002`, `a refusal`. */
export function describeExpected(expectation: Expectation): string {
  const { codes, anyRefusal, undocumented, overHttp } = expectation;
  const refusal = overHttp === true ? 'a refusal (an envelope or HTTP 4xx)' : 'a refusal';
  const refusals = codes.filter((code) => code !== 200).map(String);
  // 200 stands for success, whatever code the dialect has for it.
  const success = codes.includes(200) ? ['success'] : [];
  const expected = anyRefusal
    ? [...success, refusals.length === 0 ? refusal : `${refusal}, such as ${refusals.join(' or ')}`]
    : [...success, ...refusals, ...(undocumented === true ? ['a code outside the document'] : [])];
  return expected.length === 0 ? 'nothing' : expected.join(' or ');
}

/** The integer `code` of a parsed body, or undefined. */
export function integerCode(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('code' in value)) return undefined;
  return typeof value.code === 'number' && Number.isSafeInteger(value.code) ? value.code : undefined;
}

/** Cause and reason of a body that was not parsed. */
function unparsed(problem: string): readonly [cause: string, reason: string] {
  return problem === `it ${tooDeep}`
    ? [`the body ${tooDeep}`, `answered a body that ${tooDeep}`]
    : ['the body is no JSON', `answered a body that is no JSON: ${problem}`];
}

/** What the headers say that the body is not. */
function headerProblem(
  response: ApiResponse,
): { readonly rule: string; readonly cause: string; readonly why: string } | undefined {
  const encoding = headerValue(response.headers, 'content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity') {
    return { rule: 'envelope', cause: `content-encoding ${encoding}`, why: 'no request asked for it' };
  }
  const essence = readMediaType(response) ?? '';
  const label = classifyMediaType(essence);
  if (label === 'right') return undefined;
  const type = headerValue(response.headers, 'content-type');
  const cause = type === undefined ? 'no content-type' : `content-type ${type}`;
  const isFalse = label === 'wrong';
  return {
    rule: isFalse ? 'content-type-false' : 'content-type',
    cause,
    why: isFalse ? 'the body is JSON' : 'a JSON media type says what the body is',
  };
}

/** The media type of an answer, without parameters and in lower case. */
export function readMediaType(response: ApiResponse): string | undefined {
  return headerValue(response.headers, 'content-type')?.split(';')[0]?.trim().toLowerCase();
}

/** How a media type stands as the label of JSON. */
export function classifyMediaType(essence: string): CodeClass {
  if (isJsonMediaType(essence)) return 'right';
  // What a browser runs or renders is a false label; plain text, bytes or no label at all are only a poor one.
  return /html|script|xml|css|form|^image\/|^multipart\//.test(essence) ? 'wrong' : 'open';
}

/** WHATWG MIME Sniffing, "JSON MIME type"; parameters such as a charset are free. */
function isJsonMediaType(essence: string): boolean {
  return essence === 'application/json' || essence === 'text/json' || /^[^/\s]+\/[^/\s]+\+json$/.test(essence);
}
