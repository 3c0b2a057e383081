import type { Fault, Part } from '../../generators/faults/fault.ts';
import { faults } from '../../generators/faults/menu.ts';
import { encryptedCode, withOldSecret } from '../../generators/forms.ts';
import type { Change } from '../../generators/request.ts';
import type { Case } from '../case.ts';
import { bindsUnlessBound, bindsWith } from '../case.ts';
import { faultCase } from './faults.ts';

/** After a bad ciphertext the good one is sent in its place: a refused one must not have been kept. */
const followUps: { readonly [Breaks in Part]?: readonly Change[] } = {
  encryptedBindingCode: [encryptedCode],
  encryptedOldBindingSecret: [withOldSecret],
};

/** A refusal leaves no trace: after every fault the same device binds with a correct request. */
export const traceCases: readonly Case[] = faults.filter(({ needs }) => needs === undefined).map(traceCase);

function traceCase(fault: Fault): Case {
  const refused = faultCase(fault);
  const followUp = followUps[fault.breaks] ?? [];
  // Where another reading takes it for no fault, the device may be bound already.
  const binds = fault.expect.open.includes(200) ? bindsUnlessBound : bindsWith;
  return {
    ...refused,
    id: `trace/${fault.id.replace('/', '-')}`,
    code: 200,
    title: `binds after refusing ${fault.title}`,
    clause: `${fault.clause}; a refusal has no effect`,
    steps: [...refused.steps, binds('a correct request for the same device', ...followUp)],
  };
}
