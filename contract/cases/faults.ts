import type { Fault } from '../../generators/faults/fault.ts';
import { faults } from '../../generators/faults/menu.ts';
import type { Case } from '../case.ts';
import { send } from '../case.ts';

/**
 * Every named fault as a case of its own: the fault alone, in a state where nothing else stands in the way.
 * Faults that only the platform's private key can make are left to the states that hand out such tokens.
 */
export const faultCases: readonly Case[] = faults.filter(({ needs }) => needs !== 'signingKeyPem').map(faultCase);

/**
 * Faults of the bindingCode once more, where any well-formed code binds: elsewhere a server that knows the device's own code
 * refuses a malformed one as a wrong one, and its format check is never seen.
 */
export const freshDeviceCases: readonly Case[] = faults
  .filter(({ breaks }) => breaks === 'bindingCode' || breaks === 'encryptedBindingCode')
  .map((fault) => ({
    ...faultCase(fault),
    id: `fresh-device/${fault.id.replace('/', '-')}`,
    title: `refuses ${fault.title}, for a device nobody knows`,
    given: 'a product whose every device is ready to bind',
  }));

/** The case of one fault. */
export function faultCase(fault: Fault): Case {
  return {
    id: fault.id,
    // A fault without a documented code is about what success requires.
    code: fault.expect.codes[0] ?? 200,
    title: `refuses ${fault.title}`,
    basis: fault.basis,
    given: fault.state ?? 'a device ready to bind',
    clause: fault.clause,
    steps: [send(fault.title, fault.changes, fault.expect)],
    ...(fault.needs === undefined ? {} : { needs: fault.needs }),
  };
}
