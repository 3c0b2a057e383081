import type { Dialect } from '../../../spec/pure-bt/dialect.ts';
import { bindingCodeFaults } from './binding-code.ts';
import { bindingSecretFaults } from './binding-secret.ts';
import { deviceNameFaults } from './device-name.ts';
import { dkFaults } from './dk.ts';
import { encryptedCodeFaults } from './encrypted-code.ts';
import type { Fault } from './fault.ts';
import { pkFaults } from './pk.ts';
import { pwdFaults } from './pwd.ts';
import { randomFaults } from './random-field.ts';
import { signatureFaults } from './signature.ts';
import { tokenFaults } from './token.ts';

/** Every named fault, by the part it breaks. */
export const faults: readonly Fault[] = [
  ...tokenFaults,
  ...pkFaults,
  ...dkFaults,
  ...bindingCodeFaults,
  ...encryptedCodeFaults,
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
