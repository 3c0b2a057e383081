import { createHash } from 'node:crypto';
import type { Behaviour } from '../../spec/reference/behaviour.ts';
import { correct } from '../../spec/reference/behaviour.ts';
import type { Attempt } from '../../spec/reference/decision.ts';
import type { Ending } from '../../spec/reference/envelope.ts';
import type { ServedResponse } from '../../spec/reference/reference.ts';
import type { Mutant } from './mutant.ts';
import { answering, fieldOf, headerOf, withEnvelope } from './wires.ts';

/** Answers that give away a secret, a plaintext, or what the server is made of. Source: DOMAIN sections 4 and 6. */
export const leakMutants: readonly Mutant[] = [
  leak('ps-in-msg', "the product's secret in msg", refusedBy(5420), ps, inMsg, 'signature/middle-digit'),
  leak('ps-in-ext-msg', "the product's secret in extMsg", refusedBy(5459), ps, inExtMsg, 'new-secret/wrong-key'),
  leak(
    'ps-in-hex',
    "the product's secret in hex",
    refusedBy(5213),
    (attempt) => hex(ps(attempt)),
    inMsg,
    'encrypted-code/bad-padding',
  ),
  leak(
    'ps-in-base64',
    "the product's secret in Base64 in a header",
    refusedBy(5459),
    (attempt) => base64(ps(attempt)),
    inHeader,
    'new-secret/bad-padding',
  ),
  leak(
    'ps-in-debug',
    'everything it knows in a Base64 header',
    refusedBy(5412),
    (attempt) => base64(JSON.stringify({ state: 'single', product: attempt.product?.ps })),
    inHeader,
    'mode-single',
  ),
  leak(
    'domain-secret-in-ext-msg',
    'the userDomainSecret in extMsg',
    refusedBy(5420),
    domainSecret,
    inExtMsg,
    'signature/zeros',
  ),
  leak(
    'domain-secret-half',
    'half of the userDomainSecret',
    refusedBy(5420),
    (attempt) => domainSecret(attempt).slice(0, 22),
    inMsg,
    'signature/first-digit',
  ),
  leak(
    'domain-secret-end',
    'the end of the userDomainSecret',
    refusedBy(5550),
    (attempt) => domainSecret(attempt).slice(-14),
    inMsg,
    'signature/absent',
  ),
  leak(
    'domain-secret-on-success',
    'the userDomainSecret in the data of a success',
    isBound,
    domainSecret,
    inData,
    'bind/plain',
  ),
  leak(
    'domain-secret-in-home',
    "the userDomainSecret where somebody else's home is given",
    refusedBy(5041),
    domainSecret,
    inMsg,
    'foreign-home/of-nobody',
  ),
  leak(
    'text-to-sign',
    'the text that should have been signed',
    refusedBy(5420),
    (attempt) => correct.textToSign(attempt),
    inMsg,
    'signature/last-digit',
  ),
  leak(
    'due-signature',
    'the signature that is due',
    refusedBy(5420),
    due,
    inMsg,
    'signature/first-digit',
    'signature/middle-digit-encrypted',
  ),
  leak(
    'due-signature-upper-case',
    'the signature that is due, in upper case in a header',
    refusedBy(5420),
    (attempt) => due(attempt).toUpperCase(),
    inHeader,
    'signature/zeros',
  ),
  leak(
    'due-signature-base64',
    'the digest that is due, in Base64',
    refusedBy(5420),
    (attempt) => Buffer.from(due(attempt), 'hex').toString('base64'),
    inMsg,
    'signature/zeros',
  ),
  leak(
    'due-signature-absent',
    'the signature that is due to who sends none',
    refusedBy(5550),
    due,
    inExtMsg,
    'signature/absent',
    'signature/empty',
  ),
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
  ...['deviceName', 'frid', 'dk', 'pk', 'bindingCode', 'random'].map(planted),
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

type Place = (answer: ServedResponse, text: string) => ServedResponse;

/** An answer that holds what its request, or the record, must keep. */
function leak(
  name: string,
  what: string,
  when: (ending: Ending) => boolean,
  text: (attempt: Attempt) => string,
  place: Place,
  ...killedBy: Mutant['killedBy']
): Mutant {
  return {
    id: `leak/${name}`,
    breaks: `gives away ${what}`,
    killedBy,
    override: {
      answer: (ending) => {
        const answer = correct.answer(ending);
        return ending.attempt !== undefined && when(ending) ? place(answer, text(ending.attempt)) : answer;
      },
    },
  };
}

/** The text of a field in a header, line breaks included, as a server without a check would write it. */
function planted(name: string): Mutant {
  return {
    id: `leak/header-from-${name}`,
    breaks: `writes ${name} into a header as it is`,
    killedBy: [`robustness/planted-header-${name}`],
    wire: answering((answer, request) => {
      const [, ...lines] = fieldOf(request, name).split('\r\n');
      const headers = lines.flatMap((line) => {
        const [key, value] = line.split(': ');
        return key && value ? [[key, value] as const] : [];
      });
      return { ...answer, headers: [...answer.headers, ...headers] };
    }),
  };
}

function refusedBy(code: number): (ending: Ending) => boolean {
  return (ending) => ending.code === code;
}

function isBound({ bound }: Ending): boolean {
  return bound;
}

function inMsg(answer: ServedResponse, text: string): ServedResponse {
  return withEnvelope(answer, (envelope) => ({ ...envelope, msg: `${String(envelope['msg'])}: ${text}` }));
}

function inExtMsg(answer: ServedResponse, text: string): ServedResponse {
  return withEnvelope(answer, (envelope) => ({ ...envelope, extMsg: text }));
}

function inData(answer: ServedResponse, text: string): ServedResponse {
  return withEnvelope(answer, (envelope) => ({ ...envelope, data: { verified: 1, detail: text } }));
}

function inHeader(answer: ServedResponse, text: string): ServedResponse {
  return withHeader(answer, 'x-debug', text);
}

function withHeader(answer: ServedResponse, name: string, value: string): ServedResponse {
  return { ...answer, headers: [...answer.headers, [name, value]] };
}

function ps({ product }: Attempt): string {
  return product?.ps ?? '';
}

function domainSecret(attempt: Attempt): string {
  return attempt.domainSecret ?? '';
}

function due(attempt: Attempt): string {
  return createHash('sha256').update(correct.textToSign(attempt)).digest('hex');
}

function plaintext(attempt: Attempt, field: 'encryptedBindingCode' | 'encryptedNewBindingSecret'): string {
  return correct.decrypt(attempt.fields[field] ?? '', ps(attempt), attempt.fields.random ?? '') ?? '';
}

function hex(text: string): string {
  return Buffer.from(text).toString('hex');
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
