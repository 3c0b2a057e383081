import type { Case } from '../run/case.ts';
import type { CaseResult } from '../run/outcome.ts';
import type { Suite } from '../suite.ts';
import type { Behaviour } from './behaviour.ts';
import { collectObservations, mergeBehaviour } from './behaviour.ts';
import { compareBehaviour } from './compare-behaviour.ts';
import { changeId } from './judge-changes.ts';

/** Runs cases once more, with other random values; `round` counts from 1. Nothing comes back where they cannot be run. */
export type RunAgain = (cases: readonly Case[], round: number) => Promise<readonly CaseResult[]>;

/** A case that goes either of two ways is taken for changed every second time without this, and once in 32 with it. */
const maxRounds = 4;
/** Among more changes than these, one that is chance would not be noticed; each is still asked for once more. */
const maxRepeatedChanges = 100;

/**
 * What a server does, with every case that changed asked for again: what now and then comes out as it did before is no
 * change, but chance.
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

/** What a server does in two runs of its cases, taken together: what is chance is recorded as that. */
export async function rerunAll(
  one: Behaviour,
  cases: readonly Case[],
  runAgain: RunAgain,
  { precedence }: Suite,
): Promise<Behaviour> {
  const facts = cases.filter(({ id }) => one.cases.has(id));
  return mergeBehaviour(one, collectObservations(await runAgain([...facts, ...precedence], 1)));
}
