import type { Bindings, SharedAttempt, SharedBindDecision } from './attempt.ts';
import type { World } from './world.ts';
import { addDevice, ordinaryDevice } from './world.ts';

/** Decisions from the stored binds: codes 5049 and 5412, and the binding modes. */
export const sharedBindDecisions: { readonly [Name in 'notBoundByUser' | 'modeAllows']: SharedBindDecision } = {
  notBoundByUser: ({ user }, bindings) => (bindings.has(user?.uid ?? '') ? 'alreadyBound' : undefined),
  modeAllows: ({ product }, bindings) =>
    bindings.size > 0 && product?.bindingMode === 'single' ? 'boundByAnother' : undefined,
};

/** Stores a bind; in binding mode alternate it replaces the previous one. */
export function record({ user, product, newSecret }: SharedAttempt, bindings: Bindings): void {
  if (product?.bindingMode === 'alternate') bindings.clear();
  bindings.set(user?.uid ?? '', newSecret ?? '');
}

/** The binds of the request's device, counted per user domain. A device without a record is added. */
export function bindingsOf({ behaviour, fields, user }: SharedAttempt, world: World): Bindings {
  const { pk = '', dk = '' } = fields;
  const device = behaviour.findDevice(world, pk, dk) ?? addDevice(world, ordinaryDevice(pk, dk, undefined));
  return behaviour.findBindings(device, user?.domain ?? '');
}
