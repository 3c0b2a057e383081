import type { Fault } from '../../generators/pure-bt/faults/fault.ts';
import type { Expectation } from '../../spec/expectation.ts';
import { anyOfThese, refusedUndocumented, refusedWith } from '../../spec/expectation.ts';
import type { StateName } from '../../spec/pure-bt/states.ts';

/** The state that has no record of a device before its first bind: nothing but the fault can be found wrong in it. */
const stateWithoutRecord: StateName = 'a product whose every device is ready to bind';

/** A look-up that finds no such device, for which the document has no code of its own: 5314 is that of a failed one. */
const unknownDevice = refusedWith(5314, { siblings: ['unknownDevice'], undocumented: true });
/** An old secret that belongs to no bind of the device, or to no bind at all; or a code that is not the device's. */
const foreignSecret = refusedWith(5052, { siblings: ['bindingSecret', 'bindingCode'], anyRefusal: true });

/**
 * What a request with one fault may earn: the fault's own codes and, where it takes away what the state lives on, the codes
 * of the checks that another order makes first. A check can only come after what it needs, so a missing field is
 * always found missing; a malformed or unknown one may be looked up before its format is seen.
 * @param oldSecret whether the request proves an old bindingSecret.
 */
export function expectedOutcomes(
  fault: Pick<Fault, 'expect' | 'names'>,
  { given, oldSecret = false }: { readonly given: StateName; readonly oldSecret?: boolean },
): Expectation {
  if (fault.names === undefined || given === stateWithoutRecord) return fault.expect;
  // The record's own bindingCode is another one, which has no code in the document.
  if (fault.names === 'another code') return { ...fault.expect, anyRefusal: true };
  return anyOfThese(fault.expect, unknownDevice, ...(oldSecret ? [foreignSecret] : []));
}

/** What a request may earn whose signed or encrypted values no longer fit together: several checks find it, in any order. */
export const mismatchRefused: Expectation = refusedUndocumented([
  'signature',
  'bindingCode',
  'bindingSecret',
  'unknownDevice',
]);
