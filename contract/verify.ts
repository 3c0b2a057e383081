import { definedOnly } from '../spec/defined-only.ts';
import { makeDefaultDialect } from '../spec/dialect.ts';
import type { Behaviour } from './baseline/behaviour.ts';
import { type BehaviourRecord, observe, runsAgain } from './baseline/observe.ts';
import type { CurlPlace } from './curl.ts';
import { type Changes, guessDialect, runAssuming } from './judge/assume-reading.ts';
import { coverage } from './judge/coverage.ts';
import { applyPolicy, coverageViolations, type Policy } from './judge/policy.ts';
import { failWarned, type OrUndefined, type Results, toResults } from './results.ts';
import { type Case, casesUnder } from './run/case.ts';
import type { CaseResult, RunOptions } from './run/outcome.ts';
import { preflight } from './run/preflight/preflight.ts';
import { CutShort, cutShortBy } from './run/time-limit.ts';
import { shellQuote } from './shell-quote.ts';
import type { Suite } from './suite.ts';
import { foreignHost } from './targets/allow-hosts.ts';
import { recording, type TrafficObserver } from './targets/recording.ts';
import type { Target } from './targets/target.ts';
import { version } from './version.ts';

/** What to verify, and how. */
export type VerifyOptions = {
  /** A server with its states. The caller opens and closes it. */
  readonly target: Target;
  readonly suite: Suite;
} & OrUndefined<
  Pick<
    RunOptions,
    'dialect' | 'seed' | 'concurrency' | 'runs' | 'timingEffectMs' | 'path' | 'showSecrets' | 'signal' | 'onResult'
  > & {
    /** Every case that applies under the dialect; those of the suite by default. */
    readonly catalogue: readonly Case[];
    /** The cases to run; the whole catalogue by default. */
    readonly cases: readonly Case[];
    readonly policy: Policy;
    /** A documented code that is not covered fails the run, unless the policy requires less. */
    readonly requireCoverage: boolean;
    /** A warning is a failure. */
    readonly strict: boolean;
    /** Ends the run after the first failed case. */
    readonly failFast: boolean;
    /** Hosts that heavy cases may run against, in addition to loopback. */
    readonly allowHosts: readonly string[];
    /** The earlier behaviour of the server. A difference fails the run. */
    readonly baseline: Behaviour;
    /** Makes a new baseline and returns its text. */
    readonly record: boolean;
    /** The command that repeats the run, for reports. */
    readonly replay: string;
    /** Where the `curl` commands of the results lead. */
    readonly curl: CurlPlace;
    /** Observes the traffic with the target. */
    readonly observer: TrafficObserver;
    /** Called with one line about each possible problem. */
    readonly onNote: (note: string) => void;
  }
>;

/** The result of a verification. */
export type Verified = {
  readonly results: Results;
  /** The judged cases: with `strict` warnings are failures, and tolerated failures are warnings. */
  readonly cases: readonly CaseResult[];
  /** The new baseline, if one was wanted. */
  readonly record: BehaviourRecord | undefined;
};

/** Checks that a server implements the contract; writes no file. @throws UserError (exit code 3) if it or its states cannot be used. */
export async function verify(options: VerifyOptions): Promise<Verified> {
  const { suite, target, policy = {}, strict = false, requireCoverage = false } = options;
  const { operation, correct } = suite;
  const { dialect: given = makeDefaultDialect(operation), signal = new AbortController().signal } = options;
  const { catalogue = casesUnder(given, suite.cases) } = options;
  const { cases = catalogue } = options;
  const { seed = Math.floor(Math.random() * 2 ** 31), showSecrets = false, onNote = () => undefined } = options;
  const startedAt = new Date().toISOString();
  const today = startedAt.slice(0, 10);
  const ready = operation.readyState;
  const state = cases.some(({ given }) => given === ready) ? ready : (cases[0]?.given ?? ready);
  await using checked = await preflight(target, {
    state,
    required: state === ready,
    dialect: given,
    correct,
    signal,
  });
  for (const note of checked.notes) onNote(note);
  const watched = options.observer === undefined ? checked.target : recording(checked.target, options.observer);
  const judge = (results: readonly CaseResult[]): readonly CaseResult[] => (strict ? results.map(failWarned) : results);
  const { concurrency, runs, timingEffectMs, path, onResult } = options;
  const runOptions = {
    ...definedOnly({ concurrency, runs, timingEffectMs, path, onResult }),
    target: watched,
    dialect: given,
    seed,
    showSecrets,
    signal,
    // Our own container is never a production server, so heavy cases are allowed on any host.
    heavySkipReason:
      target.kind === 'container' ? undefined : foreignHost(target.url, options.allowHosts ?? [], 'robustness'),
  };
  const { run, dialect, assumed } = await runAssuming({
    ...runOptions,
    cases,
    endsAfter:
      options.failFast === true
        ? (result) => applyPolicy(judge([result]), policy, today).results.some(({ outcome }) => outcome === 'failed')
        : undefined,
  });
  const seemsToFollow = run.interrupted
    ? undefined
    : await guessDialect(run.results, { target: watched, dialect, seed, signal });
  const observed = await observe(run.results, {
    record: options.record ?? false,
    baseline: options.baseline,
    suite,
    catalogue,
    cases,
    dialect,
    policy,
    today,
    runAgain: runsAgain({ ...runOptions, dialect }, onNote),
    signal: run.cutShort === undefined ? signal : AbortSignal.abort(new CutShort(run.cutShort)),
  });
  const { precedence, baseline, record } = observed;
  const cutShort = run.cutShort ?? cutShortBy(signal);
  const changed = baseline?.tolerated.map(({ id }) => id);
  const judged = applyPolicy(judge(run.results), policy, today, changed);
  const partial = isPartial(cases, catalogue);
  // The coverage of a run that was cut short is not judged.
  const uncovered =
    cutShort === undefined
      ? coverageViolations(coverage(judged.results, dialect), policy, { required: requireCoverage, partial })
      : [];
  const violations = [...judged.violations, ...uncovered];
  const asksCoverage = policy.minimumCoverage !== undefined || policy.mustCover !== undefined;
  const notes = [...judged.notes];
  if (asksCoverage && partial && !requireCoverage) {
    notes.push('policy: coverage is not judged, because only some cases ran');
  }
  const interrupted = run.interrupted || (signal.aborted && cutShortBy(signal) === undefined);
  const results = toResults(
    { ...run, results: judged.results, interrupted, ...definedOnly({ cutShort }) },
    {
      version: version(),
      catalogue: suite.catalogue,
      target,
      dialect,
      seed,
      startedAt,
      showSecrets,
      seemsToFollow,
      assumed,
      precedence,
      baseline,
      curl: options.curl,
      policy: Object.keys(policy).length === 0 && violations.length === 0 ? undefined : { violations, notes },
      replay: withSettings(options.replay, assumed),
    },
  );
  return { results, cases: judged.results, record };
}

/** The command that repeats the run, with the settings that it has assumed: one case alone cannot show them. */
function withSettings(replay: string | undefined, assumed: Changes = {}): string | undefined {
  const settings = Object.entries(assumed).map(([key, value]) => ` --dialect ${shellQuote(`${key}=${value}`)}`);
  return replay === undefined ? undefined : [replay, ...settings].join('');
}

/** Whether some cases of a catalogue were left out. */
export function isPartial(cases: readonly Case[], catalogue: readonly Case[]): boolean {
  return catalogue.some((tested) => !cases.includes(tested));
}
