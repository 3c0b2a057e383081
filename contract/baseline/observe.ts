import type { Dialect } from '../../spec/dialect.ts';
import { plural } from '../../spec/plural.ts';
import { inert } from '../inert.ts';
import type { Policy } from '../judge/policy.ts';
import type { PrecedenceFact } from '../results.generated.ts';
import type { Case } from '../run/case.ts';
import type { CaseResult } from '../run/outcome.ts';
import type { RunOptions } from '../run/run-contract.ts';
import { runContract } from '../run/run-contract.ts';
import { cutShortBy } from '../run/time-limit.ts';
import type { Suite } from '../suite.ts';
import { UserError } from '../user-error.ts';
import { baselineText } from './baseline-text.ts';
import type { Behaviour, Observation } from './behaviour.ts';
import { isRecorded, thisRun, toBehaviour } from './behaviour.ts';
import { compareBehaviour } from './compare-behaviour.ts';
import type { BaselineResult } from './judge-changes.ts';
import { withTolerated } from './judge-changes.ts';
import type { RunAgain } from './rerun.ts';
import { rerunAll, rerunChanged } from './rerun.ts';

/** The text to keep of what a server did, and how many facts it has; or why there is none. */
export type BehaviourRecord = { readonly text: string; readonly facts: number } | { readonly problem: string };

/** What a run has learned beyond its results. */
export type Observed = {
  readonly precedence: readonly PrecedenceFact[] | undefined;
  readonly baseline: BaselineResult | undefined;
  readonly record: BehaviourRecord | undefined;
};

/** What is observed, and how. */
export type ObserveOptions = {
  /** A record is wanted. */
  readonly record: boolean;
  /** What the server did before. */
  readonly baseline: Behaviour | undefined;
  readonly suite: Suite;
  /** Every case that the dialect leaves room for, of which a run may be a part. */
  readonly catalogue: readonly Case[];
  readonly cases: readonly Case[];
  readonly dialect: Dialect;
  readonly policy: Policy;
  /** As `2026-11-24`. */
  readonly today: string;
  readonly runAgain: RunAgain;
  readonly signal: AbortSignal;
};

/**
 * Observes a server beyond the results of a run: its order of checks, its differences from a baseline, and what is to be
 * recorded. Sends nothing where neither a baseline nor a record is wanted.
 */
export async function observe(results: readonly CaseResult[], options: ObserveOptions): Promise<Observed> {
  const { record, baseline, cases, catalogue, dialect, runAgain, signal, suite } = options;
  const nothing = (): Observed => ({
    precedence: undefined,
    baseline: undefined,
    record: record ? { problem: cutShortBy(signal) ?? 'the run was interrupted' } : undefined,
  });
  if ((!record && baseline === undefined) || signal.aborted) return nothing();
  // A few cases are run to be quick; the order of checks is some 200 requests.
  const whole = cases.length === catalogue.length;
  const asksOrder = record || (baseline !== undefined && baseline.precedence.size > 0 && whole);
  const pairs = asksOrder ? await runAgain(suite.precedence, 0) : [];
  if (signal.aborted) return nothing();
  const once = toBehaviour(results, pairs, { name: thisRun, catalogue: suite.catalogue, dialect });
  const changes =
    baseline &&
    compareBehaviour(baseline, await rerunChanged(baseline, withUnseen(once, options), runAgain, suite), suite);
  const recorded = record ? await toRecord(once, [...results, ...pairs], options) : undefined;
  if (signal.aborted) return nothing();
  return {
    precedence: asksOrder ? precedenceFacts(pairs) : undefined,
    baseline: changes && withTolerated(changes, options.policy, options.today),
    record: recorded,
  };
}

/** The order of checks as data, in the order of the cases; pairs that could not be run are left out. */
function precedenceFacts(results: readonly CaseResult[]): readonly PrecedenceFact[] {
  return results.flatMap(({ case: tested, attempts: [only] }) => {
    if (tested.pair === undefined || only === undefined) return [];
    const { names, due } = tested.pair;
    const { httpStatus, code } = only.received;
    return [{ pair: names, due, httpStatus, code }];
  });
}

async function toRecord(
  once: Behaviour,
  results: readonly CaseResult[],
  { cases, runAgain, suite }: ObserveOptions,
): Promise<BehaviourRecord> {
  const broken = results.filter(({ outcome }) => outcome === 'error').length;
  if (broken > 0) {
    return { problem: `${plural(broken, 'case')} ended in an error of the target or its states` };
  }
  const twice = await rerunAll(once, cases, runAgain, suite);
  return { text: baselineText(twice), facts: twice.cases.size + twice.precedence.size };
}

/** A case or pair that was left out has not gone: this bindgate has it. */
function withUnseen(behaviour: Behaviour, options: ObserveOptions): Behaviour {
  const { cases, precedence } = behaviour;
  const unseen = (
    ids: readonly string[],
    twice: ReadonlyMap<string, Observation>,
    notRun: string,
  ): readonly [string, Observation][] => ids.filter((id) => !twice.has(id)).map((id) => [id, { notRun }]);
  const ids = options.catalogue.filter(isRecorded).map(({ id }) => id);
  const pairs = options.suite.precedence.flatMap(({ pair }) => (pair === undefined ? [] : [pair.names.join(' + ')]));
  const notSelected = 'not selected';
  const why =
    options.cases.length < options.catalogue.length ? notSelected : 'the order of checks could not be asked for';
  return {
    ...behaviour,
    cases: new Map([...cases, ...unseen(ids, cases, notSelected)]),
    precedence: new Map([...precedence, ...unseen(pairs, precedence, why)]),
  };
}

/**
 * The same run of other cases, with other random values. It only tells more of what was run: where it cannot be made, as where
 * static fixtures have no device left, that is said, and nothing more is seen.
 */
export function runsAgain(options: Omit<RunOptions, 'cases'>, say: (note: string) => void): RunAgain {
  return async (cases, round) => {
    const seed = (options.seed + round) % 2 ** 32;
    const run = await runContract({ ...options, cases, seed }).catch((error: unknown) => {
      if (!(error instanceof UserError)) throw error;
      const what = round === 0 ? 'the order of checks was not asked for' : 'nothing was asked for again';
      say(`${what}: ${inert(error.message, 300)}`);
      return undefined;
    });
    return run?.results ?? [];
  };
}
