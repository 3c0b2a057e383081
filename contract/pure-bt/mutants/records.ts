import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Attempt, Behaviour } from '../../../spec/pure-bt/reference/decision.ts';
import { skipping } from '../../mutants/operators.ts';
import { changed, changedBy, type Mutant, type Path, paths } from './server.ts';

/** The recorded binds. */
export const recordMutants: readonly Mutant[] = [
  // The holder and the binding modes (status 5049, 5052, 5412).
  ...changedBy((path: Path) => ({ notBoundByUser: skipping(correct.notBoundByUser, path) }), {
    'bound/unchecked: binds a device again for the same user -> already-bound already-bound/second-request': () => true,
    'bound/unchecked-encrypted: binds again if the bindingCode is encrypted -> already-bound/encrypted':
      paths.encrypted,
    'bound/unchecked-alternate: binds again in binding mode alternate -> two-users/alternate-same-user':
      paths.alternate,
  }),
  ...changed({
    'bound/unchecked-single: binds again for the holder in binding mode single -> two-users/single-same-user': {
      notBoundByUser: skipping(correct.notBoundByUser, paths.single),
      modeAllows: skipping(correct.modeAllows, (attempt, bindings) => bindings.has(attempt.user?.uid ?? '')),
    },
    'bound/by-anybody: answers 5049 if another user has bound the device -> mode-multi mode-alternate': {
      notBoundByUser: (_, bindings) => (bindings.size > 0 ? 'alreadyBound' : undefined),
    },
    'mode/single-three-users: accepts a second user in binding mode single, but not a third -> mode-single': {
      modeAllows: skipping(correct.modeAllows, (_, bindings) => bindings.size <= 1),
    },
    'unbound/5465: treats any old bindingSecret of an unbound device as wrong -> unbound/old-secret': {
      oldSecretIsStored: (attempt, bindings) =>
        attempt.oldSecret !== undefined && bindings.size === 0
          ? 'oldSecretBad'
          : correct.oldSecretIsStored(attempt, bindings),
    },
    'unbound/first-bind-needs-old: requires an old bindingSecret at the first bind -> unbound/no-old-secret bind/plain':
      {
        oldSecretIsStored: (attempt, bindings) =>
          attempt.oldSecret === undefined && bindings.size === 0
            ? 'notBound'
            : correct.oldSecretIsStored(attempt, bindings),
      },
  }),
  ...changedBy(mode, {
    'mode/multi-is-single: treats binding mode multi as single -> mode-multi': (attempt) => !paths.alternate(attempt),
    'mode/alternate-is-single: treats binding mode alternate as single -> mode-alternate two-users/alternate': ({
      product,
    }) => product?.bindingMode !== 'multi',
    'mode/single-is-multi: treats binding mode single as multi -> mode-single two-users/single': () => false,
    'mode/single-unchecked-encrypted: accepts a second user if the bindingCode is encrypted -> mode-single/encrypted': (
      attempt,
    ) => paths.single(attempt) && !paths.encrypted(attempt),
  }),
  // What is stored: the latest secret, and one holder in binding mode alternate.
  ...changed({
    'record/alternate-keeps: lets the holder keep the device in binding mode alternate -> two-users/alternate race/two-users-alternate':
      { record: (attempt, bindings) => void bindings.set(attempt.user?.uid ?? '', attempt.newSecret ?? '') },
    'record/every-secret-kept: accepts every secret that a device has ever had -> two-users/old-secret': remembering(),
    'record/unbound-by-refusal: releases the holder before it checks the old bindingSecret -> two-users/refused-take-over':
      {
        notBoundByUser: (attempt, bindings) => {
          const refusal = correct.notBoundByUser(attempt, bindings);
          if (refusal !== undefined) return refusal;
          const wrong = correct.oldSecretIsStored(attempt, bindings);
          if (paths.alternate(attempt)) bindings.clear();
          return wrong;
        },
      },
  }),
  // Nothing is recorded after a success.
  ...changedBy((path: Path) => ({ record: skipping(correct.record, path) }), {
    'record/nothing-encrypted: answers success but binds nothing if the bindingCode is encrypted -> bound/encrypted':
      paths.encrypted,
    'record/nothing-not-common: answers success but binds nothing if isCommonDevice is false -> bound/flag-false':
      paths.notCommon,
    'record/nothing-alternate: answers success but binds nothing in binding mode alternate -> bound/alternate':
      paths.alternate,
    'record/nothing-home: answers success but binds nothing in a home -> bound/home': paths.home,
    'record/nothing: answers success but binds nothing -> already-bound/second-request replay/same-request': () => true,
  }),
  ...changedBy(
    recordInstead,
    {
      'record/first-secret-kept: keeps the secret of the first bind': ({ newSecret }, bindings) =>
        [...bindings.values()][0] ?? newSecret,
      'record/old-secret-kept: keeps the old bindingSecret if one is given': ({ oldSecret, newSecret }) =>
        oldSecret ?? newSecret,
      'record/ciphertext: keeps the ciphertext instead of the secret': ({ fields }) => fields.encryptedNewBindingSecret,
      // The fixture's secrets have 16 characters, and no case may send a longer one: a server may limit it.
      'record/cut: keeps only the first 15 characters of a secret': ({ newSecret }) => newSecret?.slice(0, 15),
    },
    'two-users/old-secret',
  ),
];

function mode(isSingle: Path): Partial<Behaviour> {
  return {
    modeAllows: (attempt, bindings) => (bindings.size > 0 && isSingle(attempt) ? 'boundByAnother' : undefined),
  };
}

function recordInstead(secret: (...asked: Parameters<Behaviour['record']>) => string | undefined): Partial<Behaviour> {
  return {
    record: (attempt, bindings) => correct.record({ ...attempt, newSecret: secret(attempt, bindings) ?? '' }, bindings),
  };
}

/** Remembers all secrets of a device: replaced ones are still accepted. */
function remembering(): Partial<Behaviour> {
  const ever = new WeakMap<object, string[]>();
  return {
    record: (attempt, bindings) => {
      ever.set(bindings, [...(ever.get(bindings) ?? []), attempt.newSecret ?? '']);
      correct.record(attempt, bindings);
    },
    oldSecretIsStored: skipping(
      correct.oldSecretIsStored,
      ({ oldSecret = '' }: Attempt, bindings) => ever.get(bindings)?.includes(oldSecret) === true,
    ),
  };
}
