import { serverIds } from '../contract/mutants/named.ts';
import { UserError } from '../contract/user-error.ts';
import { nearest } from './config/nearest.ts';

/** What to say of a name that no mutant or variant has (exit code 2). */
export function unknownServer(name: string): UserError {
  const hint = nearest(name, serverIds);
  const next = hint === undefined ? '`bindgate mutants` shows all' : `did you mean "${hint}"?`;
  return new UserError(`no mutant or variant is called "${name}"; ${next}`, 2);
}
