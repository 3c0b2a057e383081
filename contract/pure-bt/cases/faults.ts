import type { Fault } from '../../../generators/pure-bt/faults/fault.ts';
import { faults } from '../../../generators/pure-bt/faults/menu.ts';
import type { Situation } from '../earns.ts';
import { earns } from '../earns.ts';
import type { Case } from './steps.ts';
import { send } from './steps.ts';

/**
 * Every named fault as a case of its own: the fault alone, in a state where nothing else stands in the way.
 * Faults that only the platform's private key can make are left to the states that hand out such tokens.
 */
export const faultCases: readonly Case[] = faults
  .filter(({ needs }) => needs !== 'signingKeyPem')
  .map((fault) => faultCase(fault));

/**
 * Faults of dk and bindingCode once more, where every well-formed device binds: elsewhere a server may miss the device's
 * record, or compare its code, before it sees the format.
 */
export const freshDeviceCases: readonly Case[] = faults
  .filter(({ names, breaks }) => names !== undefined && breaks !== 'pk')
  .concat(faults.filter(({ names, breaks }) => names === undefined && /bindingCode/i.test(breaks)))
  .map((fault) => ({
    ...faultCase(fault, { given: 'a product whose every device is ready to bind' }),
    id: `fresh-device/${fault.id.replace('/', '-')}`,
    title: `refuses ${fault.title}, for a device without a record`,
  }));

/** The case of one fault, in its own state or in another situation. */
export function faultCase(fault: Fault, situation?: Situation): Case {
  const { state = 'a device ready to bind', breaks } = fault;
  const placed = situation ?? { given: state, oldSecret: breaks === 'encryptedOldBindingSecret' };
  return {
    id: fault.id,
    // A fault without a documented code is about what success requires.
    code: fault.expect.codes[0] ?? 200,
    title: `refuses ${fault.title}`,
    rule: fault.rule,
    given: placed.given,
    steps: [send(fault.title, fault.changes, earns(fault, placed))],
    ...(fault.needs === undefined ? {} : { needs: fault.needs }),
    ...(fault.unless === undefined ? {} : { unless: fault.unless }),
  };
}
