import { definedOnly } from '../../spec/defined-only.ts';
import type { Dialect } from '../../spec/dialect.ts';
import { settingValue } from '../../spec/dialect.ts';
import type { CaseResult, RunOptions } from '../run/outcome.ts';
import { runContract } from '../run/run-contract.ts';

/** Values of settings, by key. */
export type Changes = Readonly<Record<string, string | number>>;

/**
 * Guesses the reading that a server follows when valid requests do not bind: the settings under which they do.
 * Undefined if they bind already, or if no reading explains the failure.
 * @param isOpen whether a setting may have another value; all may by default.
 */
export async function guessDialect(
  results: readonly CaseResult[],
  { target, dialect, seed, signal }: Pick<RunOptions, 'target' | 'dialect' | 'seed' | 'signal'>,
  isOpen: (key: string) => boolean = () => true,
): Promise<Changes | undefined> {
  const essential = results.filter(({ case: tested }) => tested.essential === true);
  if (!essential.some(({ outcome }) => outcome === 'failed')) return undefined;
  const cases = essential.map(({ case: tested }) => tested);
  const options = definedOnly({ target, seed, signal });
  for (const changes of candidates(dialect, isOpen)) {
    const run = await runContract({ ...options, cases, dialect: { ...dialect, ...changes } });
    if (run.results.every(({ outcome }) => outcome === 'passed')) return changes;
  }
  return undefined;
}

/** All other values of the decisive settings. Combinations with the fewest changes come first. */
function candidates(dialect: Dialect, isOpen: (key: string) => boolean): readonly Changes[] {
  let made: readonly Changes[] = [{}];
  for (const [key, { decisive = [] }] of Object.entries(dialect.operation.settings)) {
    if (!isOpen(key)) continue;
    const others = decisive.filter((choice) => choice !== settingValue(key, dialect));
    made = made.flatMap((changes) => [changes, ...others.map((choice) => ({ ...changes, [key]: choice }))]);
  }
  return made
    .filter((changes) => Object.keys(changes).length > 0)
    .sort((a, b) => Object.keys(a).length - Object.keys(b).length);
}
