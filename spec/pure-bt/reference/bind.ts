import type { Attempt, BindDecision, BindDecisionName, Bindings, Refusal } from './decision.ts';
import { sameText } from './proofs.ts';
import type { World } from './world.ts';
import { addDevice, ordinaryDevice } from './world.ts';

/** Decisions from the stored binds: codes 5049, 5052 and 5412, and the binding modes. */
export const bindDecisions: { readonly [Name in BindDecisionName]: BindDecision } = {
  notBoundByUser: ({ user }, bindings) => (bindings.has(user?.uid ?? '') ? 'alreadyBound' : undefined),
  oldSecretIsStored: ({ oldSecret, behaviour }, bindings) => {
    if (oldSecret === undefined) return undefined;
    if (bindings.size === 0) return behaviour.oldSecretWhenUnbound === 'refused' ? 'notBound' : undefined;
    return [...bindings.values()].some((stored) => sameText(oldSecret, stored)) ? undefined : 'oldSecretBad';
  },
  modeAllows: ({ product }, bindings) =>
    bindings.size > 0 && product?.bindingMode === 'single' ? 'boundByAnother' : undefined,
};

/** Stores a bind; in binding mode alternate it replaces the previous one. */
export function record({ user, product, newSecret }: Attempt, bindings: Bindings): void {
  if (product?.bindingMode === 'alternate') bindings.clear();
  bindings.set(user?.uid ?? '', newSecret ?? '');
}

/**
 * Binds the device to the user, or returns the refusal.
 * Synchronous from the look-up to the stored bind, so exactly one of several requests at once binds.
 * Bindings are counted per user domain.
 */
export function bind(attempt: Attempt, world: World): Refusal | undefined {
  const { behaviour, fields, user } = attempt;
  const { pk = '', dk = '' } = fields;
  const device = behaviour.findDevice(world, pk, dk) ?? addDevice(world, ordinaryDevice(pk, dk, undefined));
  const bindings = behaviour.findBindings(device, user?.domain ?? '');
  for (const name of behaviour.bindOrder) {
    const refusal = behaviour[name](attempt, bindings);
    if (refusal !== undefined) return refusal;
  }
  behaviour.record(attempt, bindings);
  return undefined;
}
