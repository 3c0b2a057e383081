import type { Attempt, Refusal } from './decision.ts';
import { sameText } from './proofs.ts';
import type { World } from './world.ts';
import { addDevice, bindingsOf, findDevice, ordinaryDevice } from './world.ts';

/**
 * Binds the device to the user, or says why not.
 * Synchronous from the look-up to the record: of twenty requests at once exactly one binds.
 * Bindings count per user domain. Source: DOMAIN section 5 (5049, 5052, 5412 and the binding modes).
 */
export function bind(
  { behaviour, fields, user, product, newSecret, oldSecret }: Attempt,
  world: World,
): Refusal | undefined {
  const { pk = '', dk = '' } = fields;
  if (user === undefined || product === undefined || newSecret === undefined) return 'notReadable';
  const device = findDevice(world, pk, dk) ?? addDevice(world, ordinaryDevice(pk, dk, undefined));
  const bindings = bindingsOf(device, user.domain);

  if (bindings.has(user.uid)) return 'alreadyBound';
  if (oldSecret !== undefined) {
    const stored = [...bindings.values()];
    if (stored.length === 0) {
      if (behaviour.oldSecretWhenUnbound === 'refused') return 'notBound';
    } else if (!stored.some((secret) => sameText(oldSecret, secret))) return 'oldSecretBad';
  }
  if (bindings.size > 0 && product.bindingMode === 'single') return 'boundByAnother';
  if (product.bindingMode === 'alternate') bindings.clear();
  bindings.set(user.uid, newSecret);
  return undefined;
}
