import type { Fault, Part } from '../../../generators/pure-bt/faults/fault.ts';
import { faults } from '../../../generators/pure-bt/faults/menu.ts';
import { encryptedCode, withOldSecret } from '../../../generators/pure-bt/forms.ts';
import type { Change } from '../../../generators/pure-bt/request.ts';
import { mayBind } from '../../../spec/expectation.ts';
import { faultCase } from './faults.ts';
import type { Case } from './steps.ts';
import { bindsUnlessBound, bindsWhateverIsBound, bindsWith } from './steps.ts';

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
  return {
    ...refused,
    id: `trace/${fault.id.replace('/', '-')}`,
    code: 200,
    title: `binds after refusing ${fault.title}`,
    rule: 'no-trace',
    steps: [...refused.steps, afterwards(fault)('a correct request for the same device', ...followUp)],
  };
}

/** Where another reading takes it for no fault, the device may be bound already. */
function afterwards({ expect, names }: Fault): typeof bindsWith {
  if (!mayBind(expect)) return bindsWith;
  return names === 'another device' ? bindsWhateverIsBound : bindsUnlessBound;
}
