import type { Declared } from '../../../spec/family/declared/model.ts';
import type { DeclaredBehaviour } from '../../../spec/family/reference/declared/behaviour.ts';
import { matches } from '../../matches.ts';
import { didYouMean } from '../../nearest.ts';
import { UserError } from '../../user-error.ts';
import { declaredSuite } from '../suite.ts';
import type { Difference } from './server.ts';
import { behaviourOf, benchFor } from './server.ts';
import { mutantsOf, variantsOf } from './set.ts';

/** A mutant or variant, ready to be started. */
type NamedServer = Pick<Difference, 'wire'> & { readonly behaviour: DeclaredBehaviour; readonly does: string };

/** Mutants and variants of an operation that is data, by id. */
export function namedServers(declared: Declared): {
  /** @throws UserError (exit code 2) for a name without a match. */
  readonly selectIds: (names: readonly string[]) => ReadonlySet<string>;
  /** @throws UserError (exit code 2) for an unknown id. */
  readonly serverNamed: (id: string) => NamedServer;
} {
  const bench = benchFor(
    declared,
    declaredSuite(declared).cases.map(({ id }) => id),
  );
  const [mutants, variants] = [mutantsOf(bench), variantsOf(bench)];
  const ids = [...mutants, ...variants].map(({ id }) => id);
  const unknown = (name: string): UserError => {
    const next = didYouMean(name, ids, '`bindgate mutants` shows all names');
    return new UserError(`no mutant or variant is called "${name}"; ${next}`, 2);
  };
  return {
    selectIds: (names) => {
      const found = names.flatMap((name) => {
        const some = ids.filter((id) => matches(name, id));
        if (some.length === 0) throw unknown(name);
        return some;
      });
      return new Set(names.length === 0 ? ids : found);
    },
    serverNamed: (id) => {
      const server = [...mutants, ...variants].find((one) => one.id === id);
      if (server === undefined) throw unknown(id);
      const does = 'breaks' in server ? server.breaks : server.differs;
      return {
        ...(server.wire !== undefined && { wire: server.wire }),
        behaviour: behaviourOf(declared, server),
        does,
      };
    },
  };
}
