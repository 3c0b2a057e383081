import type { Behaviour } from '../../../spec/pure-bt/reference/decision.ts';
import { matches } from '../../matches.ts';
import { didYouMean } from '../../nearest.ts';
import { UserError } from '../../user-error.ts';
import { mutants } from './all-mutants.ts';
import type { Difference } from './server.ts';
import { fullBehaviour } from './server.ts';
import { slowServers } from './slow.ts';
import { variants } from './variants.ts';

/** A mutant or variant, ready to be started. */
export type NamedServer = Pick<Difference, 'wire' | 'states'> & {
  readonly behaviour: Behaviour;
  /** What it does differently, after "a server that". */
  readonly does: string;
};

const ids: readonly string[] = [...mutants, ...variants].map(({ id }) => id);

/**
 * The ids that match the names or patterns; all ids if no name is given.
 * @throws UserError (exit code 2) for a name without a match.
 */
export function selectIds(names: readonly string[]): ReadonlySet<string> {
  const chosen = names.flatMap((name) => {
    const found = ids.filter((id) => matches(name, id));
    if (found.length === 0) throw unknownServer(name);
    return found;
  });
  return new Set(names.length === 0 ? ids : chosen);
}

/**
 * The mutant, variant or slow server with an id.
 * @throws UserError (exit code 2) for an unknown id.
 */
export function serverNamed(id: string): NamedServer {
  const server = [...mutants, ...variants, ...slowServers].find((known) => known.id === id);
  if (server === undefined) throw unknownServer(id);
  const { override: _, ...difference } = server;
  return { ...difference, behaviour: fullBehaviour(server), does: 'breaks' in server ? server.breaks : server.differs };
}

function unknownServer(name: string): UserError {
  const next = didYouMean(name, ids, '`bindgate mutants` shows all names');
  return new UserError(`no mutant or variant is called "${name}"; ${next}`, 2);
}
