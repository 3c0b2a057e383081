import { baselineText } from '../contract/baseline/baseline-text.ts';
import type { Behaviour, Seen } from '../contract/baseline/behaviour.ts';
import { behaviourOf, isRecorded, thisRun } from '../contract/baseline/behaviour.ts';
import type { BehaviourChanges } from '../contract/baseline/compare.ts';
import { compareBehaviour } from '../contract/baseline/compare.ts';
import type { BaselineResult } from '../contract/baseline/judge-changes.ts';
import { withTolerated } from '../contract/baseline/judge-changes.ts';
import type { RunAgain } from '../contract/baseline/see-again.ts';
import { seeAgain, seeTwice } from '../contract/baseline/see-again.ts';
import { inert } from '../contract/inert.ts';
import type { Policy } from '../contract/judge/policy.ts';
import type { PrecedenceFact } from '../contract/judge/precedence-facts.ts';
import { precedenceFacts } from '../contract/judge/precedence-facts.ts';
import { precedenceCases } from '../contract/pure-bt/cases/precedence.ts';
import { suite } from '../contract/pure-bt/suite.ts';
import type { Case } from '../contract/run/case.ts';
import { cutShortBy } from '../contract/run/cut-short.ts';
import type { CaseResult } from '../contract/run/outcome.ts';
import type { RunOptions } from '../contract/run/run.ts';
import { runContract } from '../contract/run/run.ts';
import { UserError } from '../contract/user-error.ts';
import type { Dialect } from '../spec/pure-bt/dialect.ts';
import type { Terminal } from './terminal.ts';

/** What is recorded, and what it is held against. */
export type BaselineSettings = {
  /** The file to record to. */
  readonly record: string | undefined;
  readonly baseline: Behaviour | undefined;
  /** Every case there is, of which a run may be a part. */
  readonly catalogue: readonly Case[];
  readonly cases: readonly Case[];
  /** Cases were left out. */
  readonly partial: boolean;
  readonly dialect: Dialect;
  readonly policy: Policy;
};

/** What a run has come to know beside its results. */
export type Observed = {
  readonly precedence: readonly PrecedenceFact[] | undefined;
  readonly baseline: BaselineResult | undefined;
  /** The text to record, or why there is none. */
  readonly record: { readonly text: string; readonly facts: number } | { readonly problem: string } | undefined;
};

/** How more is seen of a server than a run's results. */
export type ObserveOptions = {
  /** Version of the catalogue. */
  readonly version: number;
  /** As `2026-11-24`. */
  readonly today: string;
  readonly runAgain: RunAgain;
  readonly signal: AbortSignal;
};

/**
 * Sees what a server does beyond the results of a run: its order of checks, what it does otherwise than a baseline has it, and
 * what is to be recorded. Asks for nothing where neither is wanted.
 */
export async function observe(
  results: readonly CaseResult[],
  settings: BaselineSettings,
  options: ObserveOptions,
): Promise<Observed> {
  const { record, baseline, dialect, policy } = settings;
  const { version, today, runAgain, signal } = options;
  const cutOff = (): Observed => ({
    ...{ precedence: undefined, baseline: undefined },
    record: record === undefined ? undefined : { problem: cutShortBy(signal) ?? 'the run was interrupted' },
  });
  if ((record === undefined && baseline === undefined) || signal.aborted) return cutOff();
  const asksOrder = record !== undefined || asksForOrder(settings);
  const pairs = asksOrder ? await runAgain(precedenceCases, 0) : [];
  if (signal.aborted) return cutOff();
  const once = behaviourOf(results, pairs, { name: thisRun, catalogue: version, dialect });
  const changes = baseline === undefined ? undefined : await changesSince(baseline, once, settings, runAgain);
  const text =
    record === undefined ? undefined : await recordOf(once, [...results, ...pairs], settings.cases, runAgain);
  if (signal.aborted) return cutOff();
  return {
    precedence: asksOrder ? precedenceFacts(pairs) : undefined,
    baseline: changes === undefined ? undefined : withTolerated(changes, policy, today),
    record: text,
  };
}

/** A few cases are run to be quick; the order of checks is some 200 requests. */
function asksForOrder({ baseline, cases, catalogue }: BaselineSettings): boolean {
  return baseline !== undefined && baseline.precedence.size > 0 && cases.length === catalogue.length;
}

async function changesSince(
  baseline: Behaviour,
  once: Behaviour,
  settings: BaselineSettings,
  runAgain: RunAgain,
): Promise<BehaviourChanges> {
  return compareBehaviour(baseline, await seeAgain(baseline, withUnseen(once, settings), runAgain, suite), suite);
}

async function recordOf(
  once: Behaviour,
  results: readonly CaseResult[],
  cases: readonly Case[],
  runAgain: RunAgain,
): Promise<Observed['record']> {
  const broken = results.filter(({ outcome }) => outcome === 'error').length;
  if (broken > 0) {
    return { problem: `${broken} ${broken === 1 ? 'case' : 'cases'} ended in an error of the target or its states` };
  }
  const seen = await seeTwice(once, cases, runAgain, suite);
  return { text: baselineText(seen), facts: seen.cases.size + seen.precedence.size };
}

/** A case or pair that was left out has not gone: this bindgate has it. */
function withUnseen(behaviour: Behaviour, settings: BaselineSettings): Behaviour {
  const { cases, precedence } = behaviour;
  const unseen = (ids: readonly string[], seen: ReadonlyMap<string, Seen>, notRun: string): readonly [string, Seen][] =>
    ids.filter((id) => !seen.has(id)).map((id) => [id, { notRun }]);
  const ids = settings.catalogue.filter(isRecorded).map(({ id }) => id);
  const pairs = suite.precedence.flatMap(({ pair }) => (pair === undefined ? [] : [pair.names.join(' + ')]));
  const why =
    settings.cases.length < settings.catalogue.length ? notSelected : 'the order of checks could not be asked for';
  return {
    ...behaviour,
    cases: new Map([...cases, ...unseen(ids, cases, notSelected)]),
    precedence: new Map([...precedence, ...unseen(pairs, precedence, why)]),
  };
}

/** Why a case did not run that `--only` left out. */
const notSelected = 'not selected';

/**
 * The same run of other cases, with other random values. It only tells more of what was run: where it cannot be made, as where
 * static fixtures have no device left, that is said, and nothing more is seen.
 */
export function runsAgain(options: Omit<RunOptions, 'cases'>, terminal: Terminal): RunAgain {
  return async (cases, round) => {
    const seed = (options.seed + round) % 2 ** 32;
    const run = await runContract({ ...options, cases, seed }).catch((error: unknown) => {
      if (!(error instanceof UserError)) throw error;
      const what = round === 0 ? 'the order of checks was not asked for' : 'nothing was asked for again';
      terminal.note(`bindgate: ${what}: ${inert(error.message, 300)}`);
      return undefined;
    });
    return run?.results ?? [];
  };
}
