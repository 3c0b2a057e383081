import { bindingsOf, sharedBindDecisions } from '../../family/reference/bind.ts';
import type { World } from '../../family/reference/world.ts';
import type { Attempt, BindDecision, BindDecisionName, Refusal } from './decision.ts';
import { sameText } from './proofs.ts';

/** Decisions from the stored binds: codes 5049, 5052 and 5412, and the binding modes. */
export const bindDecisions: { readonly [Name in BindDecisionName]: BindDecision } = {
  ...sharedBindDecisions,
  oldSecretIsStored: ({ oldSecret, behaviour }, bindings) => {
    if (oldSecret === undefined) return undefined;
    if (bindings.size === 0) return behaviour.oldSecretWhenUnbound === 'refused' ? 'notBound' : undefined;
    return [...bindings.values()].some((stored) => sameText(oldSecret, stored)) ? undefined : 'oldSecretBad';
  },
};

/**
 * Binds the device to the user, or returns the refusal.
 * Synchronous from the look-up to the stored bind, so exactly one of several requests at once binds.
 */
export function bind(attempt: Attempt, world: World): Refusal | undefined {
  const { behaviour } = attempt;
  const bindings = bindingsOf(attempt, world);
  for (const name of behaviour.bindOrder) {
    const refusal = behaviour[name](attempt, bindings);
    if (refusal !== undefined) return refusal;
  }
  behaviour.record(attempt, bindings);
  return undefined;
}
