import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Attempt, Behaviour } from '../../../spec/pure-bt/reference/decision.ts';
import { skipping } from '../../mutants/operators.ts';
import type { Mutant, Path } from './server.ts';
import { changed, changedBy, paths } from './server.ts';

/** The binds on record. */
export const recordMutants: readonly Mutant[] = [
  // Who has bound, and the binding modes (status 5049, 5052, 5412).
  ...changedBy(rebound, {
    'bound/unchecked: binds again what the user has bound -> already-bound already-bound/second-request': () => true,
    'bound/unchecked-encrypted: binds again beside an encrypted bindingCode -> already-bound/encrypted':
      paths.encrypted,
    'bound/unchecked-alternate: binds again in binding mode alternate -> two-users/alternate-same-user':
      paths.alternate,
  }),
  ...changed({
    'bound/unchecked-single: binds again for the holder in binding mode single -> two-users/single-same-user': {
      notBoundByUser: skipping(correct.notBoundByUser, paths.single),
      modeAllows: skipping(correct.modeAllows, (attempt, bindings) => bindings.has(attempt.user?.uid ?? '')),
    },
    'bound/by-anybody: answers 5049 where another user has bound -> mode-multi mode-alternate': {
      notBoundByUser: (_, bindings) => (bindings.size > 0 ? 'alreadyBound' : undefined),
    },
    'mode/single-three-users: lets a second user in in binding mode single, and no third -> mode-single': {
      modeAllows: skipping(correct.modeAllows, (_, bindings) => bindings.size <= 1),
    },
    'unbound/5465: takes any old bindingSecret of a device nobody has bound for a wrong one -> unbound/old-secret': {
      oldSecretIsStored: (attempt, bindings) =>
        attempt.oldSecret !== undefined && bindings.size === 0
          ? 'oldSecretBad'
          : correct.oldSecretIsStored(attempt, bindings),
    },
    'unbound/first-bind-needs-old: asks for an old bindingSecret at the first bind -> unbound/no-old-secret bind/plain':
      {
        oldSecretIsStored: (attempt, bindings) =>
          attempt.oldSecret === undefined && bindings.size === 0
            ? 'notBound'
            : correct.oldSecretIsStored(attempt, bindings),
      },
  }),
  ...changedBy(mode, {
    'mode/multi-is-single: takes binding mode multi for single -> mode-multi': (attempt) => !paths.alternate(attempt),
    'mode/alternate-is-single: takes binding mode alternate for single -> mode-alternate two-users/alternate': ({
      product,
    }) => product?.bindingMode !== 'multi',
    'mode/single-is-multi: takes binding mode single for multi -> mode-single two-users/single': () => false,
    'mode/single-unchecked-encrypted: lets a second user in beside an encrypted bindingCode -> mode-single/encrypted': (
      attempt,
    ) => paths.single(attempt) && !paths.encrypted(attempt),
  }),
  // What is kept of a bind: the latest secret, and one holder in binding mode alternate.
  ...changed({
    'record/alternate-keeps: lets the holder keep the device in binding mode alternate -> two-users/alternate race/two-users-alternate':
      { record: (attempt, bindings) => void bindings.set(attempt.user?.uid ?? '', attempt.newSecret ?? '') },
    'record/every-secret-kept: takes every secret that a device has ever had -> two-users/old-secret': remembering(),
    'record/unbound-by-refusal: releases the holder before it looks at the old bindingSecret -> two-users/refused-take-over':
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

  ...changedBy(unrecorded, {
    'record/nothing-encrypted: answers success and binds nothing beside an encrypted bindingCode -> bound/encrypted':
      paths.encrypted,
    'record/nothing-not-common: answers success and binds nothing where isCommonDevice is false -> bound/flag-false':
      paths.notCommon,
    'record/nothing-alternate: answers success and binds nothing in binding mode alternate -> bound/alternate':
      paths.alternate,
    'record/nothing-home: answers success and binds nothing in a home -> bound/home': paths.home,
    'record/nothing: answers success and binds nothing -> already-bound/second-request replay/same-request': () => true,
  }),
  ...changedBy(
    recordInstead,
    {
      'record/first-secret-kept: keeps the secret of the first bind': ({ newSecret }, bindings) =>
        [...bindings.values()][0] ?? newSecret,
      'record/old-secret-kept: keeps the old bindingSecret where one is given': ({ oldSecret, newSecret }) =>
        oldSecret ?? newSecret,
      'record/ciphertext: keeps the ciphertext in place of the secret': ({ fields }) =>
        fields.encryptedNewBindingSecret,
      'record/cut: keeps the first 16 characters of a secret': ({ newSecret }) => newSecret?.slice(0, 16),
    },
    'two-users/old-secret',
  ),
];

function rebound(path: Path): Partial<Behaviour> {
  return { notBoundByUser: skipping(correct.notBoundByUser, path) };
}

/** A success on some paths puts nothing on record. */
function unrecorded(path: Path): Partial<Behaviour> {
  return { record: skipping(correct.record, path) };
}

/** Another idea of where a device has one holder. */
function mode(isSingle: Path): Partial<Behaviour> {
  return {
    modeAllows: (attempt, bindings) => (bindings.size > 0 && isSingle(attempt) ? 'boundByAnother' : undefined),
  };
}

/** Something else is kept than the new secret. */
function recordInstead(secret: (...asked: Parameters<Behaviour['record']>) => string | undefined): Partial<Behaviour> {
  return {
    record: (attempt, bindings) => correct.record({ ...attempt, newSecret: secret(attempt, bindings) ?? '' }, bindings),
  };
}

/** The secrets of a device, by its record: what was replaced still counts. */
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
