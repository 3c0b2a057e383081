import type { Behaviour } from '../../spec/reference/behaviour.ts';
import { correct } from '../../spec/reference/behaviour.ts';
import type { BindDecision } from '../../spec/reference/bind.ts';
import type { Attempt } from '../../spec/reference/decision.ts';
import type { Mutant } from './mutant.ts';
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
  record(
    'alternate-keeps',
    'lets the holder keep the device in binding mode alternate',
    (attempt, bindings) => {
      bindings.set(attempt.user?.uid ?? '', attempt.newSecret ?? '');
    },
    'two-users/alternate',
    'race/two-users-alternate',
  ),
  record(
    'nothing',
    'answers success and binds nothing',
    () => undefined,
    'already-bound/second-request',
    'replay/same-request',
  ),
  record(
    'first-secret-kept',
    'keeps the secret of the first bind',
    (attempt, bindings) => {
      const [first] = bindings.values();
      correct.record({ ...attempt, newSecret: first ?? attempt.newSecret ?? '' }, bindings);
    },
    'two-users/old-secret',
  ),
  record(
    'old-secret-kept',
    'keeps the old bindingSecret where one is given',
    (attempt, bindings) => {
      correct.record({ ...attempt, newSecret: attempt.oldSecret ?? attempt.newSecret ?? '' }, bindings);
    },
    'two-users/old-secret',
  ),
  record(
    'ciphertext',
    'keeps the ciphertext in place of the secret',
    (attempt, bindings) => {
      correct.record({ ...attempt, newSecret: attempt.fields.encryptedNewBindingSecret ?? '' }, bindings);
    },
    'two-users/old-secret',
  ),
  record(
    'cut',
    'keeps the first 16 characters of a secret',
    (attempt, bindings) => {
      correct.record({ ...attempt, newSecret: attempt.newSecret?.slice(0, 16) ?? '' }, bindings);
    },
    'two-users/old-secret',
  ),
  {
    id: 'record/every-secret-kept',
    breaks: 'takes every secret that a device has ever had',
    killedBy: ['two-users/old-secret'],
    override: remembering(),
  },
  {
    id: 'record/unbound-by-refusal',
    breaks: 'releases the holder before it looks at the old bindingSecret',
    killedBy: ['two-users/refused-take-over'],
    override: {
      notBoundByUser: (attempt, bindings) => {
        const refusal = correct.notBoundByUser(attempt, bindings);
        if (refusal !== undefined) return refusal;
        const wrong = correct.oldSecretIsStored(attempt, bindings);
        if (paths.alternate(attempt)) bindings.clear();
        return wrong;
      },
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

function record(name: string, breaks: string, instead: Behaviour['record'], ...killedBy: Mutant['killedBy']): Mutant {
  return { id: `record/${name}`, breaks, killedBy, override: { record: instead } };
}

/** The secrets of a device, by its record: what was replaced still counts. */
function remembering(): Partial<Behaviour> {
  const ever = new WeakMap<object, string[]>();
  return {
    record: (attempt, bindings) => {
      ever.set(bindings, [...(ever.get(bindings) ?? []), attempt.newSecret ?? '']);
      correct.record(attempt, bindings);
    },
    oldSecretIsStored: (attempt, bindings) =>
      ever.get(bindings)?.includes(attempt.oldSecret ?? '') === true
        ? undefined
        : correct.oldSecretIsStored(attempt, bindings),
  };
}
