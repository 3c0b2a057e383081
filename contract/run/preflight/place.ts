import type { ApiResponse } from '../../../spec/http.ts';
import { documentedCode, type Operation } from '../../../spec/operation.ts';
import { integerCode, readMediaType } from '../../judge/judge.ts';
import { jsonValue } from '../../judge/parse-json.ts';
import { answersTls, certificateProblem, certificateProblemIn } from '../../targets/client-certificate.ts';
import type { NoAnswer } from '../../targets/exchange.ts';
import { noHost, noTls } from '../../targets/http-errors.ts';
import type { Target } from '../../targets/target.ts';

const tlsProbeMs = 2_000;

const defaultFlag = '--url';

/** Why a target does not answer: with what to correct (`says`), and in a few words, as a {@link NoAnswer} has it (`detail`). */
export async function findCause(
  { url, urlFlag = defaultFlag }: Pick<Target, 'url' | 'urlFlag'>,
  noAnswer: NoAnswer,
): Promise<{ readonly says: string; readonly detail: string }> {
  const { reason, detail } = noAnswer;
  const certificate = await certificateProblem(url, noAnswer);
  if (certificate !== undefined) {
    return { says: `the target ${url} ${certificate}`, detail: `the server ${certificate.split(': ')[0]}` };
  }
  const says = `the target ${url} cannot be used: ${detail}`;
  if (reason === 'tls') {
    const next =
      detail === noTls
        ? `use ${url.replace(/^https:/, 'http:')}`
        : `add its certificate authority as "ca" in bindgate.config, set "insecure", or correct ${urlFlag}`;
    return { says: `${says}; ${next}`, detail };
  }
  if ((reason === 'reset' || reason === 'malformed') && (await speaksTls(url))) {
    const cause = 'the port speaks TLS';
    return { says: `the target ${url} cannot be used: ${cause}; use ${toHttps(url)}`, detail: cause };
  }
  return { says: `${says}; ${detail.startsWith(noHost) ? '' : 'start the server or '}correct ${urlFlag}`, detail };
}

/** Why the answer to a correct request cannot come from the operation, and what to correct; undefined if it can. */
export async function wrongPlace(
  target: Pick<Target, 'url' | 'kind' | 'urlFlag'>,
  response: ApiResponse,
  operation: Operation,
): Promise<string | undefined> {
  const { url } = target;
  const { httpStatus } = response;
  const code = integerCode(jsonValue(response.body));
  const certificate = certificateProblemIn(response);
  if (certificate !== undefined) return `the target ${url} ${certificate}`;
  const gateway = gatewayLine({ httpStatus, code }, operation);
  if (gateway !== undefined || isOfOperation(code, operation)) return gateway;
  if (httpStatus === 400 && (await speaksTls(url))) return `the target ${url} speaks TLS; use ${toHttps(url)}`;
  const html = isHtml(response) && (httpStatus < 300 || (httpStatus >= 400 && httpStatus < 500));
  if (httpStatus !== 404 && httpStatus !== 405 && !html) return undefined;
  return notFoundMessage(target, operation, `${html ? 'an HTML page, ' : ''}HTTP ${httpStatus}`);
}

/** Says that the operation is not at a URL, and what to correct. */
export function notFoundMessage(
  { url, kind, urlFlag = defaultFlag }: Pick<Target, 'url' | 'kind' | 'urlFlag'>,
  { method, path }: Pick<Operation, 'method' | 'path'>,
  answer: string,
): string {
  const next = kind === 'url' ? correctUrl(url, path, urlFlag) : 'the server does not have the operation';
  return `${method} ${url}${path} got ${answer}: ${next}`;
}

/** What to correct if HTTP refuses a correct request, not the operation; undefined if it does not. */
export function gatewayLine(
  answer: { httpStatus: number; code: number | undefined },
  operation: Operation,
): string | undefined {
  const { httpStatus, code } = answer;
  if (![401, 403, 407].includes(httpStatus) || isOfOperation(code, operation)) return undefined;
  const what = code === undefined ? 'without an envelope' : `with code ${code}, which is not in the document`;
  return `the target answered HTTP ${httpStatus} ${what}: a gateway may have refused the request; check the headers (--header, "headers" in bindgate.config) and the token of the fixture`;
}

/** Whether a code belongs to the operation: a documented one, or the other candidate for success. */
function isOfOperation(code: number | undefined, operation: Operation): boolean {
  return code !== undefined && (code === 0 || documentedCode(code, operation) !== undefined);
}

function isHtml(response: ApiResponse): boolean {
  const start = new TextDecoder().decode(response.body.subarray(0, 400)).trimStart();
  return start.startsWith('<') && /^(text\/html|application\/xhtml\+xml)$/.test(readMediaType(response) ?? '');
}

/** Says that a base URL contains the operation's whole path, and what to use; undefined if it does not. */
export function pathInUrl(url: string, path: string): string | undefined {
  return new URL(url).pathname.endsWith(path) ? correctUrl(url, path, defaultFlag) : undefined;
}

/** What may be wrong with a base URL if the operation is not found there. */
function correctUrl(url: string, path: string, flag: string): string {
  const { origin, pathname } = new URL(url);
  const prefix = pathname === '/' ? '' : pathname;
  const parts = path.split('/').slice(1);
  const count = parts.findLastIndex((_, at) => prefix.endsWith(`/${parts.slice(0, at + 1).join('/')}`)) + 1;
  if (count > 0) {
    const own = prefix.slice(0, -parts.slice(0, count).join('/').length - 1);
    const part = count === parts.length ? '' : 'the beginning of ';
    return `${flag} already contains ${part}the operation's path; use ${origin}${own}`;
  }
  return prefix === ''
    ? `correct ${flag}; the operation's path is appended to it, and a prefix such as /api may be missing`
    : `correct ${flag}; the operation's path is appended to its path ${prefix}; try ${origin}`;
}

function toHttps(url: string): string {
  return url.replace(/^http:/, 'https:');
}

async function speaksTls(url: string): Promise<boolean> {
  return url.startsWith('http:') && (await answersTls(new URL(url), tlsProbeMs));
}
