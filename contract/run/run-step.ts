import { hash } from 'node:crypto';
import type { BuiltRequest, RequestContext } from '../../generators/request.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import { type Dialect, isSuccessCode } from '../../spec/dialect.ts';
import type { ApiResponse, ChunkedBody } from '../../spec/http.ts';
import type { Fixture } from '../../spec/operation.ts';
import { mayFail } from '../../spec/rule.ts';
import { meaningfulHeaders } from '../baseline/answer.ts';
import { bodyShape } from '../baseline/shape.ts';
import { inert } from '../inert.ts';
import { integerCode, readMediaType } from '../judge/judge.ts';
import { judgeAnswer } from '../judge/judge-answer.ts';
import { leakIn } from '../judge/leak.ts';
import { jsonValue } from '../judge/parse-json.ts';
import { previewBody, sentBody, showRequest } from '../judge/show.ts';
import { median } from '../judge/timing.ts';
import type { Mask } from '../mask.ts';
import type { NoAnswer } from '../targets/exchange.ts';
import type { Answer, RequestBatch } from './case.ts';
import type { Attempt, CaseRun, Ending, Received } from './outcome.ts';
import { judgeMissingAnswer, refusedByLimit, sendPatiently, tooManyRequests } from './send.ts';

/** What the steps of a running case share. */
export type CaseContext = {
  readonly run: CaseRun;
  readonly mask: Mask;
  /** Hides secrets and devices in field names, even with `--show-secrets`. */
  readonly nameMask: Mask;
  readonly fixture: Fixture;
  /** Every request so far, for the report. */
  readonly attempts: Attempt[];
  /** Every whole answer so far, for later steps. */
  readonly answers: Answer[];
};

/** The cause of a finding for a late answer. */
export const tooSlow = 'the answer took too long';

/** The cause of a warning. All cases that depend on one dialect setting, or on one rule, share it. */
function readingCause(rule: string | undefined, { operation }: Dialect): string {
  if (rule === undefined) return 'another reading of the document';
  const dialect = operation.rules[rule]?.dialect;
  return dialect === undefined ? `another reading of rule ${rule}` : `another reading of ${dialect}`;
}

type AttemptOutcome = { readonly attempt: Attempt; readonly answer?: Answer; readonly noAnswer?: NoAnswer };

/** Sends the requests of the step `at` an index, and judges each answer and then all as a set; undefined if all are right. */
export async function runBatch(
  step: RequestBatch,
  at: number,
  context: RequestContext,
  scene: CaseContext,
): Promise<Ending | undefined> {
  const { attempts, answers, run } = scene;
  const requests = step.requests(context);
  const outcomes = await sendRequests(step, at, requests, scene);
  attempts.push(...outcomes.map(({ attempt }) => attempt));
  for (const { noAnswer } of outcomes) {
    if (noAnswer === undefined || (step.mayHangUp === true && noAnswer.reason === 'reset')) continue;
    return judgeMissingAnswer(noAnswer, step.what, run);
  }
  const throttled = outcomes.find(({ attempt }) => attempt.received.httpStatus === tooManyRequests)?.attempt;
  if (throttled !== undefined) return refusedByLimit(step.what, throttled.backedOff);
  const wrong = outcomes.map(({ attempt }) => attempt.verdict).find((verdict) => verdict.kind === 'wrong');
  if (wrong !== undefined) return finding(`${step.what}: ${wrong.reason}`, wrong, scene);
  const whole = outcomes.flatMap(({ answer }) => (answer === undefined ? [] : [answer]));
  answers.push(...whole);
  const problem = step.together?.(whole, run.dialect);
  if (problem !== undefined) {
    const ending = { ...finding(problem.reason, problem, scene), expectedTogether: problem.expected };
    const rule = problem.rule === undefined ? undefined : run.dialect.operation.rules[problem.rule];
    if (rule === undefined || mayFail(rule)) return ending;
    return { ...ending, outcome: 'warned', cause: readingCause(problem.rule, run.dialect) };
  }
  const open = outcomes.map(({ attempt }) => attempt.verdict).find((verdict) => verdict.kind === 'open');
  if (open === undefined) return undefined;
  const reason = `${step.what}: ${open.reason}`;
  return definedOnly({ outcome: 'warned', reason, cause: readingCause(open.rule, run.dialect), rule: open.rule });
}

/** Sends all requests at once for a race. Else it sends one after the other until one gets no answer. */
async function sendRequests(
  step: RequestBatch,
  at: number,
  requests: readonly BuiltRequest[],
  scene: CaseContext,
): Promise<readonly AttemptOutcome[]> {
  if (step.atOnce === true) return Promise.all(requests.map((request) => runRequest(step, at, request, scene)));
  const outcomes: AttemptOutcome[] = [];
  for (const request of requests) {
    const one = await runRequest(step, at, request, scene);
    outcomes.push(one);
    if (one.noAnswer !== undefined) break;
  }
  return outcomes;
}

/** A finding with text of the target. It is masked before it is escaped: an escape inside a secret would hide it from the mask. */
function finding(
  reason: string,
  { cause, rule }: { readonly cause: string; readonly rule?: string },
  { mask }: CaseContext,
): Ending {
  return definedOnly({ outcome: 'failed', reason: inert(mask(reason), 400), cause: inert(mask(cause)), rule });
}

async function runRequest(
  step: RequestBatch,
  at: number,
  request: BuiltRequest,
  scene: CaseContext,
): Promise<AttemptOutcome> {
  const { run, mask, nameMask, fixture, answers } = scene;
  const expected = step.expect(run.dialect, answers);
  const { operation } = run.dialect;
  const view = { operation, fixture, mask, showSecrets: run.showSecrets };
  const shown = {
    what: step.what,
    step: at,
    expected,
    request: showRequest(request, view),
    body: sentBody(request, view),
  };
  const { exchange, backedOff } = await sendPatiently(request.http, run);
  if (exchange.kind === 'no-answer') {
    const received = { httpStatus: null, code: null, noAnswer: mask(exchange.detail), preview: '', shape: '' };
    const { durationMs } = exchange;
    const attempt = {
      ...shown,
      received,
      verdict: { kind: 'no-answer' },
      bound: false,
      backedOff,
      durationMs,
    } as const;
    return { attempt, noAnswer: exchange };
  }
  const { response } = exchange;
  const ownMs = response.durationMs - pausesIn(request.http.body);
  const verdict = judged(step, response, request, { run, fixture, expected, ownMs });
  if (step.prompt !== true) run.durations.push(ownMs);
  if (run.durations.length > mostDurations) run.durations.shift();
  const value = jsonValue(response.body);
  const answer = toAnswer(response, value, run.dialect);
  const mediaType = readMediaType(response);
  const headers = meaningfulHeaders(response);
  const received: Received = {
    httpStatus: response.httpStatus,
    code: answer.code ?? null,
    preview: previewBody(response, mask),
    ...(mediaType === undefined ? {} : { mediaType: inert(mask(mediaType), 100) }),
    shape: value === undefined ? '' : bodyShape(value, nameMask),
    ...(headers.length === 0 ? {} : { headers }),
  };
  return { attempt: { ...shown, received, verdict, bound: answer.bound, backedOff, durationMs: ownMs }, answer };
}

function judged(
  step: RequestBatch,
  response: ApiResponse,
  request: BuiltRequest,
  { run, fixture, expected, ownMs }: { run: CaseRun; fixture: Fixture; expected: Attempt['expected']; ownMs: number },
): Attempt['verdict'] {
  const verdict = judgeAnswer(response, expected, request, fixture, run.dialect);
  if (verdict.kind === 'wrong') {
    // A gateway reports a closed connection as HTTP 502 (RFC 9110, section 15.6.3).
    const hungUp = step.mayHangUp === true && response.httpStatus === 502 && verdict.rule === 'http-status';
    const isRight = hungUp && leakIn(response, request, fixture, run.dialect.operation) === undefined;
    return isRight ? { kind: 'right', code: verdict.code } : verdict;
  }
  const { code } = verdict;
  const limitMs = step.prompt === true ? promptMs(run.durations) : Number.POSITIVE_INFINITY;
  if (ownMs > limitMs) {
    const reason = `the answer took ${Math.round(ownMs)} ms; the limit is ${Math.round(limitMs)} ms`;
    return { kind: 'wrong', code, cause: tooSlow, reason, rule: 'robust' };
  }
  return verdict;
}

/** The time limit of a prompt answer: max(2 s, 50 × the median of the last answers). */
/** Of answers, for the usual time. */
const mostDurations = 500;

function promptMs(durations: readonly number[]): number {
  return Math.max(2_000, 50 * median(durations));
}

function pausesIn(body: Uint8Array | ChunkedBody): number {
  return body instanceof Uint8Array ? 0 : body.reduce((sum, { afterMs }) => sum + afterMs, 0);
}

/** Headers of the transport. They may depend on the connection, so they are not compared. */
const ofTransport = /^(connection|keep-alive|date|content-length|transfer-encoding|server|via|age)$/;

/** Of longer bodies only a digest is kept: a hundred parsed answers of 1 MB would need a gigabyte. */
const longestKept = 64 * 1024;

function toAnswer({ httpStatus, body, headers }: ApiResponse, value: unknown, dialect: Dialect): Answer {
  const code = integerCode(value);
  return {
    httpStatus,
    code,
    bound: httpStatus === 200 && code !== undefined && isSuccessCode(code, dialect),
    body: value === undefined || body.length <= longestKept ? value : { sha256: hash('sha256', body) },
    // A getter: few comparisons need the names, and an answer may have a thousand.
    get headerNames() {
      const names = headers.map(([name]) => name.toLowerCase()).filter((name) => !ofTransport.test(name));
      return [...new Set(names)].sort();
    },
  };
}
