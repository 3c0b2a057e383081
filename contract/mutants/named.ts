import { matches } from '../matches.ts';
import { didYouMean } from '../nearest.ts';
import { UserError } from '../user-error.ts';
import type { Difference, MutantSet } from './mutant.ts';

/**
 * The ids of mutants and variants that match the names or patterns; all ids if no name is given.
 * @throws UserError (exit code 2) for a name without a match.
 */
export function selectIds(set: MutantSet, names: readonly string[]): ReadonlySet<string> {
  const ids = listIds(set);
  const chosen = names.flatMap((name) => {
    const found = ids.filter((id) => matches(name, id));
    if (found.length === 0) throw unknownServer(name, set);
    return found;
  });
  return new Set(names.length === 0 ? ids : chosen);
}

/**
 * The mutant or conforming server with an id, ready to be started, and what it does differently, after "a server that".
 * @throws UserError (exit code 2) for an unknown id.
 */
export function serverNamed<Behaviour>(
  set: MutantSet<Behaviour>,
  id: string,
): Omit<Difference, 'override'> & { readonly behaviour: Behaviour; readonly does: string } {
  const server = [...set.mutants, ...set.variants, ...(set.others ?? [])].find((known) => known.id === id);
  if (server === undefined) throw unknownServer(id, set);
  const { override, ...difference } = server;
  return {
    ...difference,
    behaviour: { ...set.correct, ...override },
    does: 'breaks' in server ? server.breaks : server.differs,
  };
}

function listIds({ mutants, variants }: Pick<MutantSet<unknown>, 'mutants' | 'variants'>): readonly string[] {
  return [...mutants, ...variants].map(({ id }) => id);
}

function unknownServer(name: string, set: Parameters<typeof listIds>[0]): UserError {
  const next = didYouMean(name, listIds(set), '`bindgate mutants` shows all names');
  return new UserError(`no mutant or variant is called "${name}"; ${next}`, 2);
}
