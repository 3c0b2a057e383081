import type { Behaviour } from '../../../spec/pure-bt/reference/behaviour.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Attempt } from '../../../spec/pure-bt/reference/decision.ts';
import type { ServedResponse } from '../../../spec/pure-bt/reference/reference.ts';
import type { Mutant } from '../../mutants/mutant.ts';
import { answering, headerOf } from '../../mutants/wires.ts';
import { inData, inExtMsg, inMsg, isBound, leak, ps, refusedBy, withHeader } from './leak.ts';

/** Answers that give away what a device or a user alone should know. Source: DOMAIN sections 4 and 6. */
export const deviceLeakMutants: readonly Mutant[] = [
  leak(
    'binding-code',
    'the decrypted bindingCode of a success',
    isBound,
    ({ code = '', fields }) => (fields.encryptedBindingCode ? code : ''),
    inData,
    'bind/code/encrypted',
  ),
  leak(
    'binding-code-in-msg',
    'the bindingCode in msg',
    refusedBy(5049),
    ({ code = '' }) => code,
    inMsg,
    'already-bound',
  ),
  leak(
    'binding-code-plaintext',
    'what an encryptedBindingCode holds',
    refusedBy(5213),
    (attempt) => plaintext(attempt, 'encryptedBindingCode'),
    inMsg,
    'encrypted-code/lower-case',
  ),
  leak(
    'binding-secret',
    'the new bindingSecret of a success',
    isBound,
    ({ newSecret = '' }) => newSecret,
    inData,
    'bind/plain',
    'mode-multi',
  ),
  leak(
    'binding-secret-plaintext',
    'what an encryptedNewBindingSecret holds',
    refusedBy(5459),
    (attempt) => plaintext(attempt, 'encryptedNewBindingSecret'),
    inMsg,
    'new-secret/other-dk',
    'new-secret/swapped',
  ),
  leak(
    'binding-secret-already-bound',
    'the new bindingSecret where the device is bound',
    refusedBy(5049),
    ({ newSecret = '' }) => newSecret,
    inExtMsg,
    'already-bound/second-request',
  ),
  {
    id: 'leak/stored-secret',
    breaks: 'gives away the stored bindingSecret in the extMsg of a wrong one',
    killedBy: ['old-secret/wrong', 'old-secret/other-end'],
    override: remembering((stored, answer) => inExtMsg(answer, stored.join())),
  },
  leak(
    'old-secret-on-success',
    'the old bindingSecret of a success',
    isBound,
    ({ oldSecret = '' }) => oldSecret,
    inData,
    'mode-multi/old-secret',
  ),
  leak('pwd', 'the pwd of a success', isBound, ({ fields }) => fields.pwd ?? '', inData, 'bind/pwd/given'),
  leak('pwd-malformed', 'a malformed pwd', refusedBy(5357), ({ fields }) => fields.pwd ?? '', inMsg, 'pwd/malformed'),
  leak(
    'token',
    'the token in msg',
    refusedBy(5032),
    ({ authorization = '' }) => authorization,
    inMsg,
    'token-state/expired',
    'token-state/refresh',
  ),
  leak(
    'token-cookie',
    'the token in a cookie',
    isBound,
    ({ authorization = '' }) => authorization,
    (answer, text) => withHeader(answer, 'set-cookie', `session=${encodeURIComponent(text)}`),
    'bind/plain',
  ),
  leak(
    'token-end',
    'the end of the token',
    refusedBy(5049),
    ({ authorization = '' }) => authorization.slice(-16),
    inMsg,
    'already-bound',
  ),
  {
    id: 'leak/token-where-unreadable',
    breaks: 'gives away the token where it cannot read the body',
    killedBy: ['robustness/truncated', 'robustness/method-get'],
    wire: answering((answer, request) =>
      answer.httpStatus >= 400 ? inMsg(answer, headerOf(request, 'authorization')) : answer,
    ),
  },
];

/** Answers to a wrong old secret, with what is stored at hand. */
function remembering(
  change: (stored: readonly string[], answer: ServedResponse) => ServedResponse,
): Partial<Behaviour> {
  const compared = new WeakMap<Attempt, readonly string[]>();
  return {
    oldSecretIsStored: (attempt, bindings) => {
      compared.set(attempt, [...bindings.values()]);
      return correct.oldSecretIsStored(attempt, bindings);
    },
    answer: (ending) => {
      const stored = ending.attempt === undefined ? undefined : compared.get(ending.attempt);
      const answer = correct.answer(ending);
      return ending.bound || stored === undefined ? answer : change(stored, answer);
    },
  };
}

function plaintext(attempt: Attempt, field: 'encryptedBindingCode' | 'encryptedNewBindingSecret'): string {
  return correct.decrypt(attempt.fields[field] ?? '', ps(attempt), attempt.fields.random ?? '') ?? '';
}
