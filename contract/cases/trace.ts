import { faultNamed } from '../../generators/faults/menu.ts';
import { encryptedCode } from '../../generators/forms.ts';
import type { Case } from '../case.ts';
import { bindsWith } from '../case.ts';
import { faultCase } from './faults.ts';

/** One fault of each kind: after its refusal the device must still be there to bind. */
const refusals = [
  'token/missing',
  'token/tampered-user',
  'pk/absent',
  'dk/too-short',
  'code/absent',
  'code/lower-case',
  'encrypted-code/bad-padding',
  'encrypted-code/not-hex',
  'new-secret/absent',
  'new-secret/bad-padding',
  'new-secret/other-dk',
  'random/changed',
  'signature/middle-digit',
  'signature/absent',
  'name/too-long',
  'pwd/malformed',
] as const;

/** A refusal leaves no trace: the same device binds with a correct request right afterwards. */
export const traceCases: readonly Case[] = refusals.flatMap((id) => {
  const fault = faultNamed(id);
  if (fault === undefined) return [];
  const refused = faultCase(fault);
  return [
    {
      ...refused,
      id: `trace/${id.replace('/', '-')}`,
      code: 200,
      title: `binds after refusing ${fault.title}`,
      clause: `${fault.clause}; a refusal has no effect`,
      steps: [...refused.steps, bindsWith('a correct request for the same device', ...followUp(id))],
    } satisfies Case,
  ];
});

/** After a bad ciphertext of the code, the good one is sent in the same form. */
function followUp(id: string): Parameters<typeof bindsWith>[1][] {
  return id.startsWith('encrypted-code/') ? [encryptedCode] : [];
}
