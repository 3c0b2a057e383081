import type { Fault } from '../../generators/pure-bt/faults/fault.ts';
import { anyOfThese, type Expectation, refusedUndocumented, refusedWith } from '../../spec/expectation.ts';
import type { StateName } from '../../spec/family/states.ts';

/** A state without a record of the device before its first bind: a server can only find the fault itself. */
const stateWithoutRecord: StateName = 'a product whose every device is ready to bind';

/** A look-up that does not find the device. The document has no code for it: 5314 means that the look-up failed. */
const unknownDevice = refusedWith(5314, { siblings: ['unknownDevice'], undocumented: true });
/** An old secret that belongs to no bind of the device, or a code that is not the device's. */
const foreignSecret = refusedWith(5052, { siblings: ['bindingSecret', 'bindingCode'], anyRefusal: true });

/**
 * The correct outcomes for a request with one fault: the fault's own codes and, if the fault names another device or code,
 * the codes of checks that may come first. A check needs its field, so a server always finds a missing field; but it may
 * look up a malformed or unknown value before it checks the format.
 * @param oldSecret whether the request has an old bindingSecret.
 */
export function expectedOutcomes(
  fault: Pick<Fault, 'expect' | 'names'>,
  { given, oldSecret = false }: { readonly given: StateName; readonly oldSecret?: boolean },
): Expectation {
  if (fault.names === undefined || given === stateWithoutRecord) return fault.expect;
  // The record has another bindingCode, and the document has no code for that.
  if (fault.names === 'another code') return { ...fault.expect, anyRefusal: true };
  return anyOfThese(fault.expect, unknownDevice, ...(oldSecret ? [foreignSecret] : []));
}

/** The outcomes for a request with signed or encrypted values that do not match: several checks can find it, in any order. */
export const mismatchRefused: Expectation = refusedUndocumented([
  'signature',
  'bindingCode',
  'bindingSecret',
  'unknownDevice',
]);
