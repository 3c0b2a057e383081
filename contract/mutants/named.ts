import type { Behaviour } from '../../spec/reference/behaviour.ts';
import { mutants } from './menu.ts';
import type { Difference } from './mutant.ts';
import { behaviourOf } from './mutant.ts';
import { variants } from './variants/menu.ts';

/** A mutant or variant, ready to be started. */
export type NamedServer = Pick<Difference, 'wire' | 'states'> & {
  readonly behaviour: Behaviour;
  /** What it does otherwise, after "a server that". */
  readonly does: string;
};

/** The ids of all mutants and variants. */
export const serverIds: readonly string[] = [...mutants, ...variants].map(({ id }) => id);

/** The mutant or variant of an id, or undefined. */
export function serverNamed(id: string): NamedServer | undefined {
  const server = [...mutants, ...variants].find((known) => known.id === id);
  if (server === undefined) return undefined;
  const { wire, states } = server;
  return {
    behaviour: behaviourOf(server),
    does: 'breaks' in server ? server.breaks : server.differs,
    ...(wire === undefined ? {} : { wire }),
    ...(states === undefined ? {} : { states }),
  };
}
