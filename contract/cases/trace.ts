import type { Fault } from '../../generators/faults/fault.ts';
import { faults } from '../../generators/faults/menu.ts';
import { encryptedCode } from '../../generators/forms.ts';
import type { Case } from '../case.ts';
import { bindsWith } from '../case.ts';
import { faultCase } from './faults.ts';

/** A refusal leaves no trace: after every fault the same device binds with a correct request. */
export const traceCases: readonly Case[] = faults.filter(({ needs }) => needs === undefined).map(traceCase);

function traceCase(fault: Fault): Case {
  const refused = faultCase(fault);
  // After a bad ciphertext of the code, the good one is sent in the same form.
  const followUp = fault.breaks === 'encryptedBindingCode' ? [encryptedCode] : [];
  return {
    ...refused,
    id: `trace/${fault.id.replace('/', '-')}`,
    code: 200,
    title: `binds after refusing ${fault.title}`,
    clause: `${fault.clause}; a refusal has no effect`,
    steps: [...refused.steps, bindsWith('a correct request for the same device', ...followUp)],
  };
}
