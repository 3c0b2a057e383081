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

/** The text of a new baseline file and the number of its facts, or why it was not made. */
export type BehaviourRecord = { readonly text: string; readonly facts: number } | { readonly problem: string };

/** What was observed in addition to the results of a run. */
export type Observed = {
  readonly precedence: readonly PrecedenceFact[] | undefined;
  readonly baseline: BaselineResult | undefined;
  readonly record: BehaviourRecord | undefined;
};

/** What to observe, and how. */
export type ObserveOptions = {
  /** Whether to make a new baseline file. */
  readonly record: boolean;
  /** The earlier behaviour to compare with. */
  readonly baseline: Behaviour | undefined;
  readonly suite: Suite;
  /** Every case that applies under the dialect. A run may have only some of them. */
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
 * Observes the order of checks, the differences from a baseline and the facts to record. Sends nothing if neither a
 * baseline nor a record is wanted.
 */
export async function observe(results: readonly CaseResult[], options: ObserveOptions): Promise<Observed> {
  const { record, baseline, cases, catalogue, dialect, runAgain, signal, suite } = options;
  const nothing = (): Observed => ({
    precedence: undefined,
    baseline: undefined,
    record: record ? { problem: cutShortBy(signal) ?? 'the run was interrupted' } : undefined,
  });
  if ((!record && baseline === undefined) || signal.aborted) return nothing();
  // Selected cases should run quickly, and the order of checks needs about 200 requests.
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

/** The order of checks as data, in the order of the cases. Pairs that could not run are left out. */
function precedenceFacts(results: readonly CaseResult[]): readonly PrecedenceFact[] {
  return results.flatMap(({ case: tested, attempts: [only] }) => {
    if (tested.pair === undefined || only === undefined) return [];
    const { names, codes } = tested.pair;
    const { httpStatus, code } = only.received;
    return [{ pair: names, due: codes, httpStatus, code }];
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

/** Adds the cases and pairs that were not selected, so that they do not count as gone. */
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
    options.cases.length < options.catalogue.length ? notSelected : 'the order of checks could not be observed';
  return {
    ...behaviour,
    cases: new Map([...cases, ...unseen(ids, cases, notSelected)]),
    precedence: new Map([...precedence, ...unseen(pairs, precedence, why)]),
  };
}

/**
 * Repeats a run with other cases and other random values. If that fails, for example because no static fixture is left,
 * it reports a note and returns no results.
 */
export function runsAgain(options: Omit<RunOptions, 'cases'>, say: (note: string) => void): RunAgain {
  return async (cases, round) => {
    const seed = (options.seed + round) % 2 ** 32;
    const run = await runContract({ ...options, cases, seed }).catch((error: unknown) => {
      if (!(error instanceof UserError)) throw error;
      const what = round === 0 ? 'the order of checks was not observed' : 'changed cases were not repeated';
      say(`${what}: ${inert(error.message, 300)}`);
      return undefined;
    });
    return run?.results ?? [];
  };
}
