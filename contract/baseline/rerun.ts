import type { Case } from '../run/case.ts';
import type { CaseResult } from '../run/outcome.ts';
import type { Suite } from '../suite.ts';
import type { Behaviour } from './behaviour.ts';
import { collectObservations, mergeBehaviour } from './behaviour.ts';
import { compareBehaviour } from './compare-behaviour.ts';
import { changeId } from './judge-changes.ts';

/** Repeats cases with other random values. `round` counts from 1. Returns no results if they cannot run. */
export type RunAgain = (cases: readonly Case[], round: number) => Promise<readonly CaseResult[]>;

/** A case with two equally likely results looks changed in one of 2 runs without repeats, and in one of 32 with them. */
const maxRounds = 4;
/** Above this number of changes, each is repeated only once: a few chance results would not matter. */
const maxRepeatedChanges = 100;

/**
 * Repeats every changed case and adds the results to the behaviour. A case that sometimes behaves as before varies by chance
 * and has not changed.
 */
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
    seen = mergeBehaviour(seen, collectObservations(results));
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
  const facts = cases.filter(({ id }) => one.cases.has(id));
  return mergeBehaviour(one, collectObservations(await runAgain([...facts, ...precedence], 1)));
}
