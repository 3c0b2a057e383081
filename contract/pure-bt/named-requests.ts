import { faultNamed, faultsUnder } from '../../generators/pure-bt/faults/all-faults.ts';
import type { Fault } from '../../generators/pure-bt/faults/fault.ts';
import type { Change } from '../../generators/pure-bt/request.ts';
import { forms } from '../../generators/pure-bt/valid-forms.ts';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { didYouMean } from '../nearest.ts';
import { UserError } from '../user-error.ts';

/** A request with a name: the plain correct request, a form of it, or one with a fault. */
export type NamedRequest = { readonly id: string; readonly title: string; readonly changes: readonly Change[] } & (
  | { readonly kind: 'valid' }
  | { readonly kind: 'fault'; readonly fault: Fault }
);

/** Every named request: the plain one, each form, each fault. */
export function namedRequests(): readonly NamedRequest[] {
  return [
    { id: 'plain', kind: 'valid', title: 'a plain correct request', changes: [] },
    ...forms.map(({ id, title, change }) => ({ id, kind: 'valid' as const, title, changes: [change] })),
    ...faultsUnder(defaultDialect).map((fault) => {
      const { id, title, changes } = fault;
      return { id, kind: 'fault' as const, title, changes, fault };
    }),
  ];
}

/**
 * The request with a name.
 * @throws UserError (exit code 2) for an unknown name.
 */
export function requestNamed(name: string): NamedRequest {
  const unless = faultNamed(name)?.unless?.(defaultDialect);
  if (unless !== undefined) throw new UserError(`"${name}" is not a fault in this dialect: ${unless}`, 2);
  const all = namedRequests();
  const found = all.find(({ id }) => id === name);
  if (found !== undefined) return found;
  const ids = all.map(({ id }) => id);
  const hint = didYouMean(name, ids, '`bindgate payload --list` shows all names');
  throw new UserError(`no fault or form is called "${name}"; ${hint}`, 2);
}
