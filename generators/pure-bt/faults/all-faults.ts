import type { Dialect } from '../../../spec/pure-bt/dialect.ts';
import { bindingSecretFaults } from './binding-secret.ts';
import { cipherFaults, codeSubject } from './ciphertext.ts';
import type { Fault } from './fault.ts';
import { signatureFaults } from './signature.ts';
import {
  bindingCodeFaults,
  deviceNameFaults,
  dkFaults,
  heldCodeFaults,
  pkFaults,
  pwdFaults,
  randomFaults,
} from './text-fields.ts';
import { tokenFaults } from './token.ts';

/** Every named fault, by the part it breaks. */
export const faults: readonly Fault[] = [
  ...tokenFaults,
  ...pkFaults,
  ...dkFaults,
  ...bindingCodeFaults,
  ...cipherFaults(codeSubject),
  ...heldCodeFaults,
  ...bindingSecretFaults,
  ...randomFaults,
  ...signatureFaults,
  ...deviceNameFaults,
  ...pwdFaults,
];

/** The faults that are some under a dialect: a pattern may match what another one refuses. */
export function faultsUnder(dialect: Dialect): readonly Fault[] {
  return faults.filter(({ unless }) => unless?.(dialect) === undefined);
}

/**
 * The faults of some names, in this order.
 * @throws Error for a name that no fault has: a case built on it would quietly test nothing.
 */
export function faultsNamed(...ids: readonly string[]): readonly Fault[] {
  return ids.map((id) => {
    const fault = faultNamed(id);
    if (fault === undefined) throw new Error(`no fault is called "${id}"`);
    return fault;
  });
}

/** The fault of a name, or undefined. */
export function faultNamed(id: string): Fault | undefined {
  return faults.find((fault) => fault.id === id);
}
