import type { Change } from '../../../contract/baseline/compare-behaviour.ts';
import type { BaselineResult } from '../../../contract/baseline/judge-changes.ts';
import { cases } from '../../../contract/pure-bt/cases/all-cases.ts';
import { type Results, toResults } from '../../../contract/results.ts';
import type { Attempt, CaseResult, Outcome } from '../../../contract/run/outcome.ts';
import { binds, refusedWith } from '../../../spec/expectation.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import type { Report } from '../html/summary.ts';
import { syntheticCompare, syntheticProfiles } from './synthetic-load.ts';

/** Hostile text for every place that it may reach. */
export const hostile =
  '</script></style><script>alert(1)</script><img src=x onerror=alert(2)>" onfocus="alert(3)\' {{alert(4)}} &lt;\u202e\u0000\u001b[31m::error::';

const outcomes: readonly Outcome[] = ['passed', 'failed', 'warned', 'skipped', 'error'];
const startedAt = '2026-11-24T21:00:00.000Z';

/** Results with every outcome, and hostile text in every place that a target can write to. */
export function syntheticResults(
  count: number,
  chooseOutcome: (at: number) => Outcome = (at) => outcomes[at % 5] ?? 'passed',
  text: string = hostile,
): Results {
  const results = Array.from({ length: count }, (_, at) => makeResult(at, chooseOutcome(at), text));
  const made = toResults(
    { results, durationMs: 12_345, interrupted: false, statesMs: 0, targetMs: 0 },
    {
      version: '0.1.0',
      catalogue: 2,
      target: { kind: 'url', url: 'http://127.0.0.1:8080' },
      seed: 42,
      dialect: { ...defaultDialect, ...{ unknownDk: 'refused', pwdPattern: '<b>[0-9]</b>{1,64}' } },
      startedAt,
      replay: `bindgate verify --url '${text}'`,
      seemsToFollow: { successCode: 0 },
      policy: { violations: [text], notes: [text] },
    },
  );
  return {
    ...made,
    undocumented: [
      { code: 9999, count: 3, sibling: false },
      { code: 5420, count: 1, sibling: true },
    ],
  };
}

/** The same with a gate, a load run of every profile, a comparison and a recorded order of checks. */
export function syntheticReport(count: number): Report {
  const precedence = ['pk/absent', 'dk/absent', hostile].flatMap((first, at) =>
    ['code/absent', 'home mode on', 'signature/middle-digit'].map((second, other) => ({
      pair: [first, second] as const,
      due: [5066 + at, other === 2 ? 0 : 5179] as const,
      httpStatus: other === 1 ? null : 200,
      code: other === 1 ? null : 5066,
    })),
  );
  const baseline = syntheticChanges(count);
  return {
    operation,
    results: { ...syntheticResults(count), precedence, baseline, secretsShown: true, interrupted: true },
    gate: {
      schema: 'bindgate.gate/1',
      startedAt,
      exitCode: 1,
      stations: [
        { name: 'spec', exitCode: 0, summary: 'openapi.yaml is clean, 24 codes', durationMs: 400 },
        { name: 'contract', exitCode: 1, summary: hostile, durationMs: 12_345 },
        { name: 'load', exitCode: 3, summary: 'not valid', durationMs: 6_000 },
      ],
    },
    load: syntheticProfiles(hostile),
    compare: syntheticCompare(hostile),
  };
}

/** Changes of every kind against a baseline, with hostile text in every place that a file or a target can write to. */
function syntheticChanges(count: number): BaselineResult {
  const change = (at: number): Change => ({
    kind: at % 5 === 4 ? 'precedence' : 'case',
    id: at % 5 === 4 ? `pk/absent + number ${at}` : makeId(at),
    before: `200 5361 application/json {a${at}:null}`,
    after: `200 200 text/html ${hostile}`,
  });
  return {
    before: { name: `baseline ${hostile}.txt`, catalogue: 1, detail: 'answers' },
    after: { name: 'this run', catalogue: 2, detail: 'answers' },
    compared: 3 * count,
    clusters: [
      { cause: `code 5361 → 200 ${hostile}`, changes: Array.from({ length: count }, (_, at) => change(at)) },
      { cause: 'order of checks: pk/absent is found later', changes: [change(4), change(9)] },
      { cause: 'body: + traceId (string)', changes: [change(3)] },
    ],
    added: [makeId(1), hostile],
    gone: [`gone/${hostile}`],
    notRun: [
      { id: makeId(3), reason: hostile },
      { id: makeId(4), reason: 'not selected' },
    ],
    unsteady: [{ id: makeId(5), seen: ['200 5420', '200 5421'] }],
    tolerated: [{ id: makeId(3), until: '2027-03-31', owner: hostile }],
  };
}

function makeResult(at: number, outcome: Outcome, text: string): CaseResult {
  const [tested] = cases.slice(at % cases.length);
  if (tested === undefined) throw new Error('the catalogue is empty');
  return {
    case: { ...tested, id: makeId(at), title: at % 7 === 0 ? text : `refuses a dk, number ${at}` },
    outcome,
    durationMs: 1.5 * at,
    attempts: outcome === 'skipped' ? [] : [attempt(at, outcome, text)],
    ...(outcome !== 'passed' && {
      reason: `a dk of 33 characters: expected 5361, got 200 (success) ${at % 2 === 0 ? text : ''}`,
      cause: `expected 5361, got ${200 + (at % 12)} ${at % 4 === 0 ? text : ''}`,
    }),
  };
}

/** Some ids have the maximum length and no place to wrap. */
function makeId(at: number): string {
  return at % 50 === 3 ? `long/${'x'.repeat(180)}${at}` : `dk/${at}-too-long`;
}

const request = {
  method: 'POST',
  path: operation.path,
  headers: [
    ['content-type', 'application/json'],
    ['authorization', 'Bearer «token»'],
  ],
  body: JSON.stringify({
    pk: 'p1IKTv',
    dk: 'srsQ2mCmufwOQSfYON4szb8jpAwJnJB04',
    bindingCode: '«bindingCode»',
    random: 'vVmgpYeSAdeyIfnN',
    encryptedNewBindingSecret: `${'hMz6inc+OozyXJ6m5SEazbuxezPfkuVlO6Nhzkj1hNU'.repeat(2)}=`,
    signature: '222cb6668648bf5cbaff0e544fa32d312effa61ac0feb92d3f37af9a49abd947',
  }),
} as const;

function attempt(at: number, outcome: Outcome, text: string): Attempt {
  const body = JSON.stringify({ code: 200, msg: at % 3 === 0 ? text : '', data: { verified: 1 }, extMsg: null });
  return {
    what: `a dk of 33 characters ${text}`,
    step: 0,
    request,
    expected: outcome === 'passed' ? binds : refusedWith(5361, outcome === 'warned' ? { open: [200] } : {}),
    received: {
      mediaType: at % 5 === 2 ? 'text/html' : 'application/json',
      shape: '',
      ...(at % 6 === 1 && outcome !== 'passed'
        ? { httpStatus: null, code: null, noAnswer: `connection closed ${text}`, preview: '' }
        : { httpStatus: 200, code: 200, preview: body }),
    },
    verdict:
      outcome === 'passed' ? { kind: 'right', code: 200 } : { kind: 'wrong', code: 200, cause: 'x', reason: 'x' },
    bound: true,
    backedOff: 0,
    durationMs: 1.5,
  };
}
