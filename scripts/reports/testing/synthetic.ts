import type { Change } from '../../../contract/baseline/compare.ts';
import type { BaselineResult } from '../../../contract/baseline/judge-changes.ts';
import { cases } from '../../../contract/pure-bt/cases/menu.ts';
import type { Results } from '../../../contract/results.ts';
import { resultsOf } from '../../../contract/results.ts';
import type { Case } from '../../../contract/run/case.ts';
import type { Attempt, CaseResult, Outcome } from '../../../contract/run/outcome.ts';
import { binds, refusedWith } from '../../../spec/expectation.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { operationPath } from '../../../spec/pure-bt/path.ts';
import type { Report } from '../report.ts';
import { hostile } from './hostile.ts';
import { syntheticCompare, syntheticProfiles } from './synthetic-load.ts';

const outcomes: readonly Outcome[] = ['passed', 'failed', 'warned', 'skipped', 'error'];
const plain = cases.find(({ id }) => id === 'bind/plain') ?? never();

/** Results with every outcome and with hostile text in every place that a target can write to. */
export function syntheticResults(
  count: number,
  outcomeOf: (at: number) => Outcome = (at) => outcomes[at % 5] ?? 'passed',
  text: string = hostile,
): Results {
  const results = Array.from({ length: count }, (_, at) => resultOf(at, outcomeOf(at), text));
  const made = resultsOf(
    { results, durationMs: 12_345, interrupted: false, statesMs: 0, targetMs: 0 },
    {
      ...{ version: '0.1.0', catalogue: 2, target: { kind: 'url', url: 'http://127.0.0.1:8080' } as const, seed: 42 },
      ...{
        dialect: { ...defaultDialect, ...{ unknownDk: 'refused', pwdPattern: '<b>[0-9]</b>{1,64}' } },
      },
      ...{ startedAt: '2026-11-24T21:00:00.000Z', replay: `bindgate verify --url '${text}'` },
      ...{ seemsToFollow: { successCode: 0 } as const, policy: { violations: [text], notes: [text] } },
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
  const facts = ['pk/absent', 'dk/absent', hostile].flatMap((first, at) =>
    ['code/absent', 'home mode on', 'signature/middle-digit'].map((second, other) => ({
      pair: [first, second] as const,
      due: [5066 + at, other === 2 ? 0 : 5179] as const,
      httpStatus: other === 1 ? null : 200,
      code: other === 1 ? null : 5066,
    })),
  );
  return {
    results: {
      ...syntheticResults(count),
      ...{ precedence: facts, baseline: syntheticChanges(count), secretsShown: true, interrupted: true },
    },
    gate: {
      schema: 'bindgate.gate/1',
      startedAt: '2026-11-24T21:00:00.000Z',
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
    ...{ kind: at % 5 === 4 ? 'precedence' : 'case', id: at % 5 === 4 ? `pk/absent + number ${at}` : idOf(at) },
    ...{ before: `200 5361 application/json {a${at}:null}`, after: `200 200 text/html ${hostile}` },
  });
  const some = Array.from({ length: count }, (_, at) => change(at));
  return {
    before: { name: `baseline ${hostile}.txt`, catalogue: 1, detail: 'answers' },
    after: { name: 'this run', catalogue: 2, detail: 'answers' },
    compared: 3 * count,
    clusters: [
      { cause: `code 5361 → 200 ${hostile}`, changes: some },
      { cause: 'order of checks: pk/absent is found later', changes: [change(4), change(9)] },
      { cause: 'body: + traceId (string)', changes: [change(3)] },
    ],
    added: [idOf(1), hostile],
    gone: [`gone/${hostile}`],
    notRun: [
      { id: idOf(3), reason: hostile },
      { id: idOf(4), reason: 'not selected' },
    ],
    unsteady: [{ id: idOf(5), seen: ['200 5420', '200 5421'] }],
    tolerated: [{ id: change(3).id, until: '2027-03-31', owner: hostile }],
  };
}

function resultOf(at: number, outcome: Outcome, text: string): CaseResult {
  const tested: Case = {
    ...(cases[at % cases.length] ?? plain),
    id: idOf(at),
    title: at % 7 === 0 ? text : `refuses a dk, number ${at}`,
  };
  const reason = `a dk of 33 characters answered 200 (success) where 5361 is due ${at % 2 === 0 ? text : ''}`;
  const cause = `${200 + (at % 12)} where 5361 is due ${at % 4 === 0 ? text : ''}`;
  return {
    case: tested,
    outcome,
    ...(outcome === 'passed' ? {} : { reason, cause }),
    attempts: outcome === 'skipped' ? [] : [attempt(at, outcome, text)],
    durationMs: 1.5 * at,
  };
}

/** Some ids are as long as an id may ever be, and without a place to break. */
function idOf(at: number): string {
  return at % 50 === 3 ? `long/${'x'.repeat(180)}${at}` : `dk/${at}-too-long`;
}

function attempt(at: number, outcome: Outcome, text: string): Attempt {
  const noAnswer = at % 6 === 1 && outcome !== 'passed';
  return {
    what: `a dk of 33 characters ${text}`,
    step: 0,
    request: {
      method: 'POST',
      path: operationPath,
      headers: [
        ['content-type', 'application/json'],
        ['accept', 'application/json'],
        ['authorization', 'Bearer «token»'],
      ],
      body: JSON.stringify({
        pk: 'p1IKTv',
        dk: 'srsQ2mCmufwOQSfYON4szb8jpAwJnJB04',
        bindingCode: '«bindingCode»',
        random: 'vVmgpYeSAdeyIfnN',
        encryptedNewBindingSecret:
          'hMz6inc+OozyXJ6m5SEazbuxezPfkuVlO6Nhzkj1hNUhMz6inc+OozyXJ6m5SEazbuxezPfkuVlO6Nhzkj1hNU=',
        signature: '222cb6668648bf5cbaff0e544fa32d312effa61ac0feb92d3f37af9a49abd947',
      }),
    },
    expected: outcome === 'passed' ? binds : refusedWith(5361, outcome === 'warned' ? { open: [200] } : {}),
    received: {
      httpStatus: noAnswer ? null : 200,
      code: noAnswer ? null : 200,
      ...(noAnswer ? { noAnswer: `connection closed ${text}` } : {}),
      preview: noAnswer
        ? ''
        : JSON.stringify({ code: 200, msg: at % 3 === 0 ? text : '', data: { verified: 1 }, extMsg: null }),
      mediaType: at % 5 === 2 ? 'text/html' : 'application/json',
      shape: '',
    },
    verdict:
      outcome === 'passed' ? { kind: 'right', code: 200 } : { kind: 'wrong', code: 200, cause: 'x', reason: 'x' },
    bound: true,
    backedOff: 0,
    durationMs: 1.5,
  };
}

function never(): never {
  throw new Error('the catalogue has no bind/plain');
}
