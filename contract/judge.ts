import { documentedCode } from '../spec/catalogue.ts';
import type { Dialect } from '../spec/dialect.ts';
import { isSuccessCode } from '../spec/dialect.ts';
import type { Expectation } from '../spec/expectation.ts';
import { standing } from '../spec/expectation.ts';
import type { ApiResponse } from '../spec/http.ts';
import { responseProblems } from '../spec/validate.ts';

/** What one whole HTTP answer is worth. `cause` is the same for answers that are wrong in the same way. */
export type Verdict =
  /** The code is undefined only for a refusal by HTTP 4xx without an envelope. */
  | { readonly kind: 'right'; readonly code: number | undefined }
  | { readonly kind: 'open'; readonly code: number; readonly reason: string }
  | { readonly kind: 'wrong'; readonly code: number | undefined; readonly cause: string; readonly reason: string };

/**
 * Judges one answer: its HTTP status, media type, JSON, envelope and code, in this order.
 * Pure. Source: DOMAIN section 1 (every business outcome is a code in a JSON body behind HTTP 200).
 */
export function judge(response: ApiResponse, expectation: Expectation, dialect: Dialect): Verdict {
  const { httpStatus } = response;
  const parsed = parseJson(response.body);
  const code = 'value' in parsed ? integerCode(parsed.value) : undefined;
  const wrong = (cause: string, reason: string): Verdict => ({ kind: 'wrong', code, cause, reason });

  if (expectation.overHttp === true && httpStatus >= 400 && httpStatus < 500) {
    return code !== undefined && isSuccessCode(code, dialect)
      ? wrong(`success behind HTTP ${httpStatus}`, `answered HTTP ${httpStatus} with the success code ${code}`)
      : { kind: 'right', code };
  }
  if (httpStatus !== 200) {
    return wrong(`HTTP ${httpStatus}`, `answered HTTP ${httpStatus}; business outcomes come with HTTP 200`);
  }
  if ('problem' in parsed) return wrong(...unparsed(parsed.problem));
  // The other candidate for success is neither a success nor a refusal here, whatever it carries.
  if (code !== undefined && (code === 200 || code === 0) && !isSuccessCode(code, dialect)) {
    const cause = `${code} where ${describeExpected(expectation)} is due (success is ${dialect.successCode} in this dialect)`;
    return wrong(cause, `answered ${cause}`);
  }
  const shape = responseProblems(parsed.value, dialect.successCode);
  const first = shape[0];
  if (first !== undefined || code === undefined) {
    const where = first === undefined ? 'code must be an integer' : `${first.path || 'the body'} ${first.message}`;
    return wrong(`the envelope is wrong: ${where}`, `answered an envelope that breaks the schema: ${where}`);
  }
  const stands = standing(code, expectation, dialect);
  if (stands === 'wrong') {
    const cause = `${describeCode(code, dialect)} where ${describeExpected(expectation)} is due`;
    return wrong(cause, `answered ${cause}`);
  }
  const header = headerProblem(response);
  if (header !== undefined) return wrong(header.cause, `answered with ${header.cause}; ${header.why}`);
  if (stands === 'open') {
    return { kind: 'open', code, reason: `answered ${describeCode(code, dialect)}, which another reading explains` };
  }
  return { kind: 'right', code };
}

/** A code with its meaning, for people: `5361 (Incorrect DK format)`. */
export function describeCode(code: number, dialect: Dialect): string {
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

/** Cause and reason of a body that was not parsed. */
function unparsed(problem: string): readonly [cause: string, reason: string] {
  return problem === `it ${tooDeep}`
    ? [`the body ${tooDeep}`, `answered a body that ${tooDeep}`]
    : ['the body is no JSON', `answered a body that is no JSON: ${problem}`];
}

type Parsed = { readonly value: unknown } | { readonly problem: string };

/** Deepest nesting of objects and arrays that is parsed: an envelope needs 2, and whatever walks a value may recurse. */
const deepest = 100;
const tooDeep = `is nested more than ${deepest} deep`;

/** An answer is read by its judge and, right after, by its report: parsed once. More than the last would hold memory. */
let last: { readonly body: Uint8Array; readonly parsed: Parsed } | undefined;

/** The JSON value of bytes read as strict UTF-8, or what is wrong with them. */
export function parseJson(body: Uint8Array): Parsed {
  if (last?.body !== body) last = { body, parsed: parse(body) };
  return last.parsed;
}

function parse(body: Uint8Array): Parsed {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    if (text === '') return { problem: 'it is empty' };
    // RFC 8259, 8.1: a JSON text on a network begins with none, and many parsers stop at one.
    if (text.startsWith('\ufeff')) return { problem: 'it begins with a byte order mark' };
    if (isNestedDeeper(body, deepest)) return { problem: `it ${tooDeep}` };
    return { value: JSON.parse(text) };
  } catch (error) {
    return { problem: error instanceof SyntaxError ? 'it cannot be parsed' : 'it is not UTF-8' };
  }
}

/** Counts brackets outside of strings, on the bytes: in UTF-8, no byte of a longer character is one of them. */
function isNestedDeeper(json: Uint8Array, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < json.length && depth <= limit; at += 1) {
    const byte = json[at];
    if (inString && byte === 0x5c) at += 1;
    else if (byte === 0x22) inString = !inString;
    else if (inString) continue;
    else if (byte === 0x5b || byte === 0x7b) depth += 1;
    else if (byte === 0x5d || byte === 0x7d) depth -= 1;
  }
  return depth > limit;
}

/** The first header of a name, in whatever case it came. */
export function headerOf(response: ApiResponse, name: string): string | undefined {
  return response.headers.find(([key]) => key.toLowerCase() === name)?.[1];
}

/** What the headers say that the body is not. */
function headerProblem(response: ApiResponse): { readonly cause: string; readonly why: string } | undefined {
  const encoding = headerOf(response, 'content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity') return { cause: `content-encoding ${encoding}`, why: 'nobody asked for it' };
  if (isJsonMediaType(mediaTypeOf(response) ?? '')) return undefined;
  const type = headerOf(response, 'content-type');
  const cause = type === undefined ? 'no content-type' : `content-type ${type}`;
  return { cause, why: 'the body is JSON and must say so' };
}

/** The media type of an answer, without parameters and in lower case. */
export function mediaTypeOf(response: ApiResponse): string | undefined {
  return headerOf(response, 'content-type')?.split(';')[0]?.trim().toLowerCase();
}

/** WHATWG MIME Sniffing, "JSON MIME type"; parameters such as a charset are free. */
function isJsonMediaType(essence: string): boolean {
  return essence === 'application/json' || essence === 'text/json' || /^[^/\s]+\/[^/\s]+\+json$/.test(essence);
}
