import type { Dialect, DialectKey, DialectValues } from '../../spec/pure-bt/dialect.ts';
import { cases } from '../pure-bt/cases/menu.ts';
import type { Case } from '../run/case.ts';
import type { CaseResult } from '../run/outcome.ts';
import type { RunOptions } from '../run/run.ts';
import { runContract } from '../run/run.ts';

/** The settings that decide whether a valid request binds, with their choices. */
const decisive: { readonly [Key in DialectKey]?: readonly DialectValues[Key][] } = {
  successCode: [200, 0],
  signedBindingCode: ['transmitted', 'decrypted'],
};

/** A correct request of each form of the bindingCode. */
export const correctForms: readonly Case[] = cases.filter(
  ({ id }) => id === 'bind/plain' || id === 'bind/code/encrypted',
);

/**
 * The reading that a server seems to follow, where valid requests of a form do not bind: the settings, other than the
 * run's own, under which both forms do. Undefined where every form binds, or where no reading explains it.
 */
export async function guessDialect(
  results: readonly CaseResult[],
  options: Pick<RunOptions, 'target' | 'dialect' | 'seed' | 'signal'>,
): Promise<Partial<DialectValues> | undefined> {
  const refused = results.some(({ case: tested, outcome }) => correctForms.includes(tested) && outcome === 'failed');
  if (!refused) return undefined;
  for (const changes of candidates(options.dialect)) {
    const run = await runContract({ ...options, cases: correctForms, dialect: { ...options.dialect, ...changes } });
    if (run.results.every(({ outcome }) => outcome === 'passed')) return changes;
  }
  return undefined;
}

/** Every choice of the decisive settings but the run's own, the fewest changes first. */
function candidates(dialect: Dialect): readonly Partial<DialectValues>[] {
  let made: readonly Partial<DialectValues>[] = [{}];
  for (const [key, choices] of Object.entries(decisive)) {
    const others = choices.filter((choice) => choice !== dialect[key as DialectKey]);
    made = made.flatMap((changes) => [changes, ...others.map((choice) => ({ ...changes, [key]: choice }))]);
  }
  return made
    .filter((changes) => Object.keys(changes).length > 0)
    .sort((a, b) => Object.keys(a).length - Object.keys(b).length);
}
