import type { Fault } from '../../generators/faults/fault.ts';
import { faults } from '../../generators/faults/menu.ts';
import type { Case } from '../case.ts';
import { send } from '../case.ts';

/**
 * Every named fault as a case of its own: the fault alone, in a state where nothing else stands in the way.
 * Faults that only the platform's private key can make are left to the states that hand out such tokens.
 */
export const faultCases: readonly Case[] = faults.filter(({ needs }) => needs !== 'signingKeyPem').map(faultCase);

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
