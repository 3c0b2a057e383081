import { definedOnly } from '../../spec/defined-only.ts';
import { type Dialect, isSuccessCode } from '../../spec/dialect.ts';
import { asksToBind, type CodeClass, classifyCode, type Expectation, refusesOverHttp } from '../../spec/expectation.ts';
import { type ApiResponse, headerValue } from '../../spec/http.ts';
import { isRecord } from '../../spec/is-record.ts';
import { documentedCode } from '../../spec/operation.ts';
import { parseJson, tooDeep } from './parse-json.ts';

/** The verdict on one whole HTTP answer. Answers that are wrong in the same way have the same `cause`. */
export type Verdict =
  /** The code is undefined only if HTTP 4xx (or 501) without an envelope is a correct refusal. */
  | { readonly kind: 'right'; readonly code: number | undefined }
  | { readonly kind: 'open'; readonly code: number | undefined; readonly reason: string; readonly rule?: string }
  /** `rule` is the broken rule, if it is not the case's own. */
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

/** Judges the HTTP status alone; undefined if the body must be judged. */
function judgeStatus({ response: { httpStatus }, code, expectation, dialect }: Judged): Verdict | undefined {
  if (refusesOverHttp(httpStatus, expectation)) {
    if (code !== undefined && isSuccessCode(code, dialect)) {
      const reason = `got HTTP ${httpStatus} with the success code ${code}`;
      return wrongVerdict(code, 'http-status', `the success code with HTTP ${httpStatus}`, reason);
    }
    if (!asksToBind(expectation)) return { kind: 'right', code };
    return openVerdict(code, expectation.reading, `got HTTP ${httpStatus}; ${explained}`);
  }
  if (httpStatus === 200 || isRefusalStatus(httpStatus, code, expectation, dialect)) return undefined;
  const reason = `got HTTP ${httpStatus}; every business outcome comes with HTTP 200`;
  return wrongVerdict(code, 'http-status', `unexpected HTTP ${httpStatus}`, reason);
}

/** Judges the envelope of a JSON body; undefined if it is correct. */
function judgeEnvelope({ code, expectation, dialect }: Judged, value: unknown): Verdict | undefined {
  // Of 200 and 0, one is success in this dialect. The other is neither success nor a refusal.
  if (code !== undefined && (code === 200 || code === 0) && !isSuccessCode(code, dialect)) {
    const cause = `expected ${describeExpected(expectation, dialect)}, got ${code}`;
    return wrongVerdict(code, 'success-code', `${cause} (in this dialect, success is ${dialect.successCode})`);
  }
  const carriesData = code !== undefined && !isSuccessCode(code, dialect) && hasHarmlessData(value, dialect);
  const envelope = carriesData ? { ...(value as object), data: null } : value;
  const first = dialect.operation.responseProblems(envelope, dialect.successCode)[0];
  if (first === undefined && code !== undefined) return undefined;
  const where = first === undefined ? 'code must be an integer' : `${first.path || 'the body'} ${first.message}`;
  return wrongVerdict(code, 'envelope', `the envelope is wrong: ${where}`);
}

/** Judges the code of an envelope, then its headers and data. */
function judgeCode({ response, expectation, dialect }: Judged, code: number, value: unknown): Verdict {
  const codeClass = classifyCode(code, expectation, dialect);
  if (codeClass === 'wrong') {
    // A documented code keeps its documented meaning, even if the case leaves other codes open.
    const misused = code !== 200 && documentedCode(code, dialect.operation) !== undefined && isSoft(expectation);
    const cause = `expected ${describeExpected(expectation, dialect)}, got ${describeCode(code, dialect)}`;
    return wrongVerdict(code, misused ? 'codes-mean' : undefined, cause);
  }
  const header = headerProblem(response);
  const { reading } = expectation;
  if (header !== undefined && header.rule !== 'content-type') {
    return wrongVerdict(code, header.rule, header.cause, `got ${header.cause}; ${header.why}`);
  }
  if (codeClass === 'open') return openVerdict(code, reading, `got ${describeCode(code, dialect)}; ${explained}`);
  // Every case would give the same warning, so only the cases about these headers do.
  if (header !== undefined && reading === 'content-type') {
    return openVerdict(code, reading, `got ${header.cause}; ${header.why}`);
  }
  if (reading === 'refusal-data' && hasHarmlessData(value, dialect))
    return openVerdict(code, reading, 'the refusal carries data');
  return { kind: 'right', code };
}

const explained = 'another reading of the document explains it';

function wrongVerdict(
  code: number | undefined,
  rule: string | undefined,
  cause: string,
  reason = cause,
): Verdict & { readonly kind: 'wrong' } {
  return { kind: 'wrong', code, cause, reason, ...definedOnly({ rule }) };
}

function openVerdict(code: number | undefined, rule: string | undefined, reason: string): Verdict {
  return { kind: 'open', code, reason, ...definedOnly({ rule }) };
}

/** Whether a refusal may have this HTTP status in this dialect. If the fault is below the document, a 5xx may not. */
function isRefusalStatus(
  httpStatus: number,
  code: number | undefined,
  { overHttp }: Expectation,
  dialect: Dialect,
): boolean {
  const highest = overHttp === true ? 499 : 599;
  const refuses = code !== undefined && !isSuccessCode(code, dialect);
  return dialect.refusalStatus === 'any' && refuses && httpStatus >= 400 && httpStatus <= highest;
}

/** Whether another reading may explain a different answer. */
function isSoft({ open, openRefusals }: Expectation): boolean {
  return open.length > 0 || openRefusals !== undefined;
}

function hasHarmlessData(value: unknown, { operation }: Dialect): boolean {
  const data = isRecord(value) ? value['data'] : undefined;
  return isRecord(data) && !operation.saysSuccess(data);
}

/** A code with its meaning, for messages: `4004 (Name too long)`. */
export function describeCode(code: number, dialect: Pick<Dialect, 'successCode' | 'operation'>): string {
  if (isSuccessCode(code, dialect)) return `${code} (success)`;
  const meaning = documentedCode(code, dialect.operation)?.meaning;
  return meaning === undefined ? `${code} (not in the document)` : `${code} (${meaning})`;
}

/** An expectation, for messages: `4004 (Name too long)`, `4001, 4002 or 4003`, `a refusal`. One code alone has its meaning. */
export function describeExpected(expectation: Expectation, { operation }: Pick<Dialect, 'operation'>): string {
  const { codes, anyRefusal, undocumented, overHttp } = expectation;
  const refusal = overHttp === true ? 'a refusal (an envelope or HTTP 4xx)' : 'a refusal';
  const documented = codes.filter((code) => code !== 200);
  const refusals = documented.map((code) => {
    const meaning = documentedCode(code, operation)?.meaning;
    return meaning === undefined || documented.length > 1 ? String(code) : `${code} (${meaning})`;
  });
  // 200 means success here, also if the dialect has another success code.
  const success = codes.includes(200) ? ['success'] : [];
  const expected = anyRefusal
    ? [...success, refusals.length === 0 ? refusal : `${refusal}, for example ${joinWithOr(refusals)}`]
    : [...success, ...refusals, ...(undocumented === true ? ['a code outside the document'] : [])];
  return expected.length === 0 ? 'nothing' : joinWithOr(expected);
}

/** `a`, `a or b`, `a, b or c`. */
function joinWithOr(texts: readonly string[]): string {
  return [texts.slice(0, -1).join(', '), ...texts.slice(-1)].filter((text) => text !== '').join(' or ');
}

/** The integer `code` of a parsed body, or undefined. */
export function integerCode(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('code' in value)) return undefined;
  return typeof value.code === 'number' && Number.isSafeInteger(value.code) ? value.code : undefined;
}

function unparsed(problem: string): readonly [cause: string, reason: string] {
  return problem === `it ${tooDeep}`
    ? [`the body ${tooDeep}`, `the body ${tooDeep}`]
    : ['the body is not JSON', `the body is not JSON: ${problem}`];
}

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
    why: isFalse ? 'the body is JSON' : 'a JSON body should have a JSON media type',
  };
}

/** The media type of a message, without parameters and in lower case. */
export function readMediaType({ headers }: Pick<ApiResponse, 'headers'>): string | undefined {
  return headerValue(headers, 'content-type')?.split(';')[0]?.trim().toLowerCase();
}

/** Whether a media type is right for a JSON body, wrong, or left open. */
export function classifyMediaType(essence: string): CodeClass {
  if (isJsonMediaType(essence)) return 'right';
  // A type that a browser runs or renders is dangerous. Plain text, bytes or no type are only inaccurate.
  return /html|script|xml|css|form|^image\/|^multipart\//.test(essence) ? 'wrong' : 'open';
}

/** WHATWG MIME Sniffing, "JSON MIME type". Any parameters are allowed. */
function isJsonMediaType(essence: string): boolean {
  return essence === 'application/json' || essence === 'text/json' || /^[^/\s]+\/[^/\s]+\+json$/.test(essence);
}
