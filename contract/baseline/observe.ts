import type { Dialect } from '../../spec/dialect.ts';
import { plural } from '../../spec/plural.ts';
import { inert } from '../inert.ts';
import type { Policy } from '../judge/policy.ts';
import type { PrecedenceFact } from '../results.generated.ts';
import type { Case } from '../run/case.ts';
import type { CaseResult, RunOptions } from '../run/outcome.ts';
import { runContract } from '../run/run-contract.ts';
import { cutShortBy } from '../run/time-limit.ts';
import type { Suite } from '../suite.ts';
import { UserError } from '../user-error.ts';
import { baselineText } from './baseline-file.ts';
import { type Behaviour, collectFacts, factKey, hasOrder, mergeBehaviour, thisRun, toBehaviour } from './behaviour.ts';
import { compareBehaviour } from './compare-behaviour.ts';
import { type BaselineResult, changeId, withTolerated } from './judge-changes.ts';

/** Repeats cases with other random values. `round` counts from 1. Returns no results if they cannot run. */
export type RunAgain = (cases: readonly Case[], round: number) => Promise<readonly CaseResult[]>;

/** The text of a new baseline file and the number of its facts, or why it was not made. */
export type BehaviourRecord = { readonly text: string; readonly facts: number } | { readonly problem: string };

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

/** Observes the order of checks, the differences from a baseline and the facts to record; sends nothing if neither is wanted. */
export async function observe(
  results: readonly CaseResult[],
  options: ObserveOptions,
): Promise<{
  readonly precedence?: readonly PrecedenceFact[];
  readonly baseline?: BaselineResult | undefined;
  readonly record?: BehaviourRecord | undefined;
}> {
  const { record, baseline, cases, catalogue, dialect, runAgain, signal, suite } = options;
  const nothing = (): { readonly record?: BehaviourRecord } =>
    record ? { record: { problem: cutShortBy(signal) ?? 'the run was interrupted' } } : {};
  if ((!record && baseline === undefined) || signal.aborted) return nothing();
  // Selected cases should run quickly, and the order of checks needs about 200 requests.
  const whole = cases.length === catalogue.length;
  const asksOrder = record || (baseline !== undefined && hasOrder(baseline) && whole);
  const pairs = asksOrder ? await runAgain(suite.precedence, 0) : [];
  if (signal.aborted) return nothing();
  const once = toBehaviour([...results, ...pairs], { name: thisRun, catalogue: suite.catalogue, dialect });
  const changes =
    baseline &&
    compareBehaviour(baseline, await rerunChanged(baseline, withUnseen(once, options), runAgain, suite), suite);
  const recorded = record ? await toRecord(once, [...results, ...pairs], options) : undefined;
  if (signal.aborted) return nothing();
  return {
    ...(asksOrder ? { precedence: precedenceFacts(pairs) } : {}),
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
  return { text: baselineText(twice), facts: twice.facts.size };
}

/** Adds the cases and pairs that were not selected, so that they do not count as gone. */
function withUnseen(behaviour: Behaviour, { cases, catalogue, suite }: ObserveOptions): Behaviour {
  const notSelected = { notRun: 'not selected' };
  const isWhole = cases.length === catalogue.length;
  const unordered = isWhole ? { notRun: 'the order of checks could not be observed' } : notSelected;
  const unseen = [...catalogue, ...suite.precedence].flatMap((tested) => {
    const key = factKey(tested);
    if (key === undefined || behaviour.facts.has(key)) return [];
    return [[key, tested.pair === undefined ? notSelected : unordered] as const];
  });
  return { ...behaviour, facts: new Map([...behaviour.facts, ...unseen]) };
}

/** Repeats a run with other cases and random values. If that fails (no fixture is left), it reports a note and has no results. */
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

/** A case with two equally likely results looks changed in one of 2 runs without repeats, and in one of 32 with them. */
const maxRounds = 4;
/** Above this number of changes, each is repeated only once: a few chance results would not matter. */
const maxRepeatedChanges = 100;

/** Repeats every changed case: one that sometimes behaves as before varies by chance and has not changed. */
export async function rerunChanged(
  before: Behaviour,
  after: Behaviour,
  runAgain: RunAgain,
  suite: Suite,
): Promise<Behaviour> {
  let seen = after;
  for (let round = 1; round <= maxRounds; round += 1) {
    const changes = compareBehaviour(before, seen, suite).clusters.flatMap((cluster) => cluster.changes);
    if (changes.length === 0 || (round > 1 && changes.length > maxRepeatedChanges)) break;
    const ids = new Set(changes.map(changeId));
    const chosen = [...suite.cases, ...suite.precedence].filter(({ id }) => ids.has(id));
    const results = await runAgain(chosen, round);
    if (results.length === 0) break;
    seen = mergeBehaviour(seen, collectFacts(results));
  }
  return seen;
}

/** Repeats all cases once and merges both runs, so that results that vary between runs are recorded as such. */
export async function rerunAll(
  one: Behaviour,
  cases: readonly Case[],
  runAgain: RunAgain,
  { precedence }: Suite,
): Promise<Behaviour> {
  const recorded = [...cases, ...precedence].filter((tested) => one.facts.has(factKey(tested) ?? ''));
  return mergeBehaviour(one, collectFacts(await runAgain(recorded, 1)));
}
