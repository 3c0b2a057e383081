import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { BindDecision } from '../../../spec/pure-bt/reference/bind.ts';
import type { Attempt } from '../../../spec/pure-bt/reference/decision.ts';
import type { Mutant } from '../../mutants/mutant.ts';
import { paths } from './paths.ts';

/** The binds on record and the binding modes (status 5049, 5052, 5412). */
export const stateMutants: readonly Mutant[] = [
  notBound(
    'unchecked',
    'binds again what the user has bound',
    () => true,
    'already-bound',
    'already-bound/second-request',
  ),
  notBound(
    'unchecked-encrypted',
    'binds again beside an encrypted bindingCode',
    paths.encrypted,
    'already-bound/encrypted',
  ),
  notBound(
    'unchecked-alternate',
    'binds again in binding mode alternate',
    paths.alternate,
    'two-users/alternate-same-user',
  ),
  {
    id: 'bound/unchecked-single',
    breaks: 'binds again for the holder in binding mode single',
    killedBy: ['two-users/single-same-user'],
    override: {
      notBoundByUser: (attempt, bindings) =>
        paths.single(attempt) ? undefined : correct.notBoundByUser(attempt, bindings),
      modeAllows: (attempt, bindings) =>
        bindings.has(attempt.user?.uid ?? '') ? undefined : correct.modeAllows(attempt, bindings),
    },
  },
  {
    id: 'bound/by-anybody',
    breaks: 'answers 5049 where another user has bound',
    killedBy: ['mode-multi', 'mode-alternate'],
    override: { notBoundByUser: (_, bindings) => (bindings.size > 0 ? 'alreadyBound' : undefined) },
  },
  mode(
    'multi-is-single',
    'takes binding mode multi for single',
    ({ product }) => product?.bindingMode !== 'alternate',
    'mode-multi',
  ),
  mode(
    'alternate-is-single',
    'takes binding mode alternate for single',
    ({ product }) => product?.bindingMode !== 'multi',
    'mode-alternate',
    'two-users/alternate',
  ),
  mode('single-is-multi', 'takes binding mode single for multi', () => false, 'mode-single', 'two-users/single'),
  mode(
    'single-unchecked-encrypted',
    'lets a second user in beside an encrypted bindingCode',
    (attempt) => paths.single(attempt) && !paths.encrypted(attempt),
    'mode-single/encrypted',
  ),
  {
    id: 'mode/single-three-users',
    breaks: 'lets a second user in in binding mode single, and no third',
    killedBy: ['mode-single'],
    override: {
      modeAllows: (attempt, bindings) => (bindings.size > 1 ? correct.modeAllows(attempt, bindings) : undefined),
    },
  },
  {
    id: 'unbound/5465',
    breaks: 'takes any old bindingSecret of a device nobody has bound for a wrong one',
    killedBy: ['unbound/old-secret'],
    override: {
      oldSecretIsStored: (attempt, bindings) =>
        attempt.oldSecret !== undefined && bindings.size === 0
          ? 'oldSecretBad'
          : correct.oldSecretIsStored(attempt, bindings),
    },
  },
  {
    id: 'unbound/first-bind-needs-old',
    breaks: 'asks for an old bindingSecret at the first bind',
    killedBy: ['unbound/no-old-secret', 'bind/plain'],
    override: {
      oldSecretIsStored: (attempt, bindings) =>
        attempt.oldSecret === undefined && bindings.size === 0
          ? 'notBound'
          : correct.oldSecretIsStored(attempt, bindings),
    },
  },
];

function notBound(
  name: string,
  breaks: string,
  isSkipped: (attempt: Attempt) => boolean,
  ...killedBy: Mutant['killedBy']
): Mutant {
  const notBoundByUser: BindDecision = (attempt, bindings) =>
    isSkipped(attempt) ? undefined : correct.notBoundByUser(attempt, bindings);
  return { id: `bound/${name}`, breaks, killedBy, override: { notBoundByUser } };
}

function mode(
  name: string,
  breaks: string,
  isUnique: (attempt: Attempt) => boolean,
  ...killedBy: Mutant['killedBy']
): Mutant {
  const modeAllows: BindDecision = (attempt, bindings) =>
    bindings.size > 0 && isUnique(attempt) ? 'boundByAnother' : undefined;
  return { id: `mode/${name}`, breaks, killedBy, override: { modeAllows } };
}
