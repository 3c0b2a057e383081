import type { Attempt, BindDecision, BindDecisionName, Bindings, Refusal } from './decision.ts';
import { sameText } from './proofs.ts';
import type { World } from './world.ts';
import { addDevice, ordinaryDevice } from './world.ts';

/** What the binds on record say. Codes 5049, 5052 and 5412, and the binding modes. */
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

/** Puts a bind on record; in binding mode alternate it replaces the one before. */
export function record({ user, product, newSecret }: Attempt, bindings: Bindings): void {
  if (product?.bindingMode === 'alternate') bindings.clear();
  bindings.set(user?.uid ?? '', newSecret ?? '');
}

/**
 * Binds the device to the user, or says why not.
 * Synchronous from the look-up to the record: of twenty requests at once exactly one binds.
 * Bindings count per user domain.
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
