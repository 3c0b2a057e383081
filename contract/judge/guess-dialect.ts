import type { Dialect } from '../../spec/dialect.ts';
import { settingValue } from '../../spec/dialect.ts';
import type { CaseResult } from '../run/outcome.ts';
import type { RunOptions } from '../run/run-contract.ts';
import { runContract } from '../run/run-contract.ts';

/** Settings by key. */
type Changes = Readonly<Record<string, string | number>>;

/**
 * Guesses the reading that a server follows when valid requests do not bind: the settings under which they do.
 * Undefined if they bind already, or if no reading explains the failure.
 */
export async function guessDialect(
  results: readonly CaseResult[],
  options: Pick<RunOptions, 'target' | 'dialect' | 'seed' | 'signal'>,
): Promise<Changes | undefined> {
  const essential = results.filter(({ case: tested }) => tested.essential === true);
  if (!essential.some(({ outcome }) => outcome === 'failed')) return undefined;
  const cases = essential.map(({ case: tested }) => tested);
  for (const changes of candidates(options.dialect)) {
    const run = await runContract({ ...options, cases, dialect: { ...options.dialect, ...changes } });
    if (run.results.every(({ outcome }) => outcome === 'passed')) return changes;
  }
  return undefined;
}

/** All other values of the decisive settings. Combinations with the fewest changes come first. */
function candidates(dialect: Dialect): readonly Changes[] {
  let made: readonly Changes[] = [{}];
  for (const [key, { decisive = [] }] of Object.entries(dialect.operation.settings)) {
    const others = decisive.filter((choice) => choice !== settingValue(key, dialect));
    made = made.flatMap((changes) => [changes, ...others.map((choice) => ({ ...changes, [key]: choice }))]);
  }
  return made
    .filter((changes) => Object.keys(changes).length > 0)
    .sort((a, b) => Object.keys(a).length - Object.keys(b).length);
}
