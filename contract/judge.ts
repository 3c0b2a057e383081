import { documentedCode } from '../spec/catalogue.ts';
import type { Dialect } from '../spec/dialect.ts';
import { isSuccessCode } from '../spec/dialect.ts';
import type { Expectation } from '../spec/expectation.ts';
import { asksToBind, standing } from '../spec/expectation.ts';
import type { ApiResponse } from '../spec/http.ts';
import type { RuleId } from '../spec/rules.ts';
import { responseProblems } from '../spec/validate.ts';

/** What one whole HTTP answer is worth. `cause` is the same for answers that are wrong in the same way. */
export type Verdict =
  /** The code is undefined only for a refusal by HTTP 4xx without an envelope. */
  | { readonly kind: 'right'; readonly code: number | undefined }
  | { readonly kind: 'open'; readonly code: number | undefined; readonly reason: string; readonly rule?: RuleId }
  /** `rule` is the claim that is broken, where it is another one than the case's own. */
  | {
      readonly kind: 'wrong';
      readonly code: number | undefined;
      readonly cause: string;
      readonly reason: string;
      readonly rule?: RuleId;
    };

/**
 * Judges one answer: its HTTP status, media type, JSON, envelope and code, in this order.
 * Pure. Every business outcome is a code in a JSON body behind HTTP 200 (rules `http-status` and `envelope`).
 */
export function judge(response: ApiResponse, expectation: Expectation, dialect: Dialect): Verdict {
  const { httpStatus } = response;
  const parsed = parseJson(response.body);
  const code = 'value' in parsed ? integerCode(parsed.value) : undefined;
  const wrong = (rule: RuleId | undefined, cause: string, reason = `answered ${cause}`): Verdict => ({
    ...{ kind: 'wrong', code, cause, reason },
    ...(rule === undefined ? {} : { rule }),
  });
  const open = (rule: RuleId | undefined, reason: string): Verdict => ({
    ...{ kind: 'open', code, reason },
    ...(rule === undefined ? {} : { rule }),
  });

  if (expectation.overHttp === true && httpStatus >= 400 && httpStatus < 500) {
    if (code !== undefined && isSuccessCode(code, dialect)) {
      const reason = `answered HTTP ${httpStatus} with the success code ${code}`;
      return wrong('http-status', `success behind HTTP ${httpStatus}`, reason);
    }
    if (!asksToBind(expectation)) return { kind: 'right', code };
    return open(expectation.reading, `answered HTTP ${httpStatus}, which another reading explains`);
  }
  if (httpStatus !== 200 && !isRefusalStatus(httpStatus, code, expectation, dialect)) {
    const reason = `answered HTTP ${httpStatus}; business outcomes come with HTTP 200`;
    return wrong('http-status', `HTTP ${httpStatus}`, reason);
  }
  if ('problem' in parsed) {
    return wrong('envelope', 'the body is no JSON', `answered a body that is no JSON: ${parsed.problem}`);
  }
  // The other candidate for success is neither a success nor a refusal here, whatever it carries.
  if (code !== undefined && (code === 200 || code === 0) && !isSuccessCode(code, dialect)) {
    const cause = `${code} where ${describeExpected(expectation)} is due (success is ${dialect.successCode} in this dialect)`;
    return wrong('success-code', cause);
  }
  const carriesData = code !== undefined && !isSuccessCode(code, dialect) && hasUnverifiedData(parsed.value);
  const shape = responseProblems(
    carriesData ? { ...(parsed.value as object), data: null } : parsed.value,
    dialect.successCode,
  );
  const first = shape[0];
  if (first !== undefined || code === undefined) {
    const where = first === undefined ? 'code must be an integer' : `${first.path || 'the body'} ${first.message}`;
    return wrong(
      'envelope',
      `the envelope is wrong: ${where}`,
      `answered an envelope that breaks the schema: ${where}`,
    );
  }
  const stands = standing(code, expectation, dialect);
  if (stands === 'wrong') {
    // A documented code means what the status table says, whatever else a case leaves open.
    const misused = code !== 200 && documentedCode(code) !== undefined && isSoft(expectation);
    return wrong(
      misused ? 'codes-mean' : undefined,
      `${describeCode(code, dialect)} where ${describeExpected(expectation)} is due`,
    );
  }
  const header = headerProblem(response);
  if (header?.rule === 'content-type') return open('content-type', `answered with ${header.cause}; ${header.why}`);
  if (header !== undefined) return wrong(header.rule, header.cause, `answered with ${header.cause}; ${header.why}`);
  if (stands === 'open') {
    return open(expectation.reading, `answered ${describeCode(code, dialect)}, which another reading explains`);
  }
  if (carriesData) return open('refusal-data', 'carries data in a refusal');
  return { kind: 'right', code };
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

/** Data of the page's type that does not say that a device was bound. */
function hasUnverifiedData(value: unknown): boolean {
  const data = typeof value === 'object' && value !== null && 'data' in value ? value.data : undefined;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return false;
  const verified: unknown = Reflect.get(data, 'verified');
  return verified === undefined || verified === null || verified === 0 || verified === '0' || verified === '';
}

/** A code with its meaning, for people: `5361 (Incorrect DK format)`. */
export function describeCode(code: number, dialect: Pick<Dialect, 'successCode'>): string {
  if (isSuccessCode(code, dialect)) return `${code} (success)`;
  const meaning = documentedCode(code)?.meaning;
  return meaning === undefined ? `${code} (not in the document)` : `${code} (${meaning})`;
}

/** What an expectation asks for, for people: `5361`, `5106 or 5032`, `a refusal`. */
export function describeExpected(expectation: Expectation): string {
  const refusal = expectation.overHttp === true ? 'a refusal (an envelope or HTTP 4xx)' : 'a refusal';
  // 200 stands for success, whatever code the dialect has for it.
  const due = [
    ...expectation.codes.map((code) => (code === 200 ? 'success' : String(code))),
    ...(expectation.anyRefusal ? [refusal] : []),
  ];
  return due.length === 0 ? 'nothing' : due.join(' or ');
}

/** The integer `code` of a parsed body, or undefined. */
export function integerCode(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('code' in value)) return undefined;
  return typeof value.code === 'number' && Number.isSafeInteger(value.code) ? value.code : undefined;
}

/** The JSON value of bytes read as strict UTF-8, or what is wrong with them. */
export function parseJson(body: Uint8Array): { readonly value: unknown } | { readonly problem: string } {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    if (text === '') return { problem: 'it is empty' };
    // RFC 8259, 8.1: a JSON text on a network begins with none, and many parsers stop at one.
    if (text.startsWith('\ufeff')) return { problem: 'it begins with a byte order mark' };
    return { value: JSON.parse(text) };
  } catch (error) {
    return { problem: error instanceof SyntaxError ? 'it cannot be parsed' : 'it is not UTF-8' };
  }
}

/** The first header of a name, in whatever case it came. */
export function headerOf(response: ApiResponse, name: string): string | undefined {
  return response.headers.find(([key]) => key.toLowerCase() === name)?.[1];
}

/** What the headers say that the body is not. */
function headerProblem(
  response: ApiResponse,
): { readonly rule: RuleId; readonly cause: string; readonly why: string } | undefined {
  const encoding = headerOf(response, 'content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity') {
    return { rule: 'envelope', cause: `content-encoding ${encoding}`, why: 'no request asked for it' };
  }
  const essence = mediaTypeOf(response) ?? '';
  if (isJsonMediaType(essence)) return undefined;
  const type = headerOf(response, 'content-type');
  const cause = type === undefined ? 'no content-type' : `content-type ${type}`;
  // What a browser runs or renders is a false label; plain text, bytes or no label at all are only a poor one.
  const isFalse = /html|script|xml|css|form|^image\/|^multipart\//.test(essence);
  return {
    rule: isFalse ? 'content-type-false' : 'content-type',
    cause,
    why: isFalse ? 'the body is JSON' : 'a JSON media type says what the body is',
  };
}

/** The media type of an answer, without parameters and in lower case. */
export function mediaTypeOf(response: ApiResponse): string | undefined {
  return headerOf(response, 'content-type')?.split(';')[0]?.trim().toLowerCase();
}

/** WHATWG MIME Sniffing, "JSON MIME type"; parameters such as a charset are free. */
function isJsonMediaType(essence: string): boolean {
  return essence === 'application/json' || essence === 'text/json' || /^[^/\s]+\/[^/\s]+\+json$/.test(essence);
}
