import { encryptUnpadded, toBase64 } from '../../../../generators/crypto.ts';
import type { CipherSubject } from '../../../../generators/pure-bt/faults/ciphertext.ts';
import { codeSubject, newSecretSubject, oldSecretSubject } from '../../../../generators/pure-bt/faults/ciphertext.ts';
import { fieldText, sealedField } from '../../../../generators/pure-bt/faults/fault.ts';
import type { RequestContext } from '../../../../generators/pure-bt/request.ts';
import { buildRequest } from '../../../../generators/pure-bt/request.ts';
import type { BuiltRequest } from '../../../../generators/request.ts';
import { indistinguishable, inTurn } from '../../../judge/judge-together.ts';
import type { Case } from '../steps.ts';
import { bindsWith, ready, sendAll, tested } from '../steps.ts';

const subjects = [codeSubject, newSecretSubject, oldSecretSubject];
const [padding, content] = ['bad padding', 'bad content'];
/** Different requests of each kind. */
const samples = 4;

/**
 * Padding oracles: the ciphertexts are unauthenticated CBC. An attacker who can distinguish bad padding from bad content can
 * decrypt them byte by byte. Bad Base64 and a bad length are visible to everyone, so they may have their own answers.
 */
export const oracleCases: readonly Case[] = [
  ...subjects.map((subject) =>
    oracle('oracle', `gives the same answer to bad padding and bad content of ${subject.name}`, subject, [
      sendAll(
        `an ${subject.name} with bad padding or bad content`,
        (context) =>
          inTurn(samples, (kind, sample) => (kind === 0 ? paddedBadly : filledBadly)(subject, context, sample)),
        subject.kind.expect,
        indistinguishable(padding, content),
      ),
      bindsWith('a correct request for the same device', ...subject.prepare),
    ]),
  ),
  ...subjects.map((subject) => ({
    ...oracle('timing', `answers bad padding and bad content of ${subject.name} in the same time`, subject, [
      {
        what: `${padding} compared with ${content} of ${subject.name}`,
        timed: [
          { name: padding, request: (context) => paddedBadly(subject, context, 0) },
          { name: content, request: (context) => filledBadly(subject, context, 0) },
        ],
      },
    ]),
    alone: true as const,
  })),
];

function oracle(group: string, title: string, { kind }: CipherSubject, steps: Case['steps']): Case {
  const { prefix, expect, state = ready } = kind;
  return tested(`${group}/${prefix}`, title, 'padding-oracle', steps, { code: expect.codes[0] ?? 200, given: state });
}

function paddedBadly(subject: CipherSubject, context: RequestContext, kind: number): BuiltRequest {
  const last = [0, 17, 0xff, 0][kind] ?? 0;
  return withBlocks(subject, context, (blocks) => {
    blocks[blocks.length - 1] = last;
    // A padding with a valid length but a wrong byte: 2 at the end, and not 2 before it.
    if (kind === 3) blocks.set([7, 2], blocks.length - 2);
  });
}

/** Whole blocks with good padding. They contain text that the field does not allow, or bytes that are not text. */
function filledBadly(subject: CipherSubject, context: RequestContext, kind: number): BuiltRequest {
  return withBlocks(subject, context, (blocks) => {
    // No format of a bindingCode allows a control character.
    blocks.set(kind % 2 === 1 ? [0xff, 0xfe, 0xc3, 0x28] : [0x01, 0x02], 0);
    const length = kind === 2 ? 16 : 1;
    blocks.fill(length, blocks.length - length);
  });
}

function withBlocks(
  { name, prepare }: CipherSubject,
  context: RequestContext,
  spoil: (blocks: Uint8Array) => void,
): BuiltRequest {
  // As many blocks as a correct plaintext has.
  const length = name === 'encryptedBindingCode' ? 32 : 48;
  const bytes = new TextEncoder().encode(context.random.string.alpha(length));
  spoil(bytes);
  return buildRequest(context, [
    ...prepare,
    sealedField(name, (body) => toBase64(encryptUnpadded(bytes, context.fixture.ps, fieldText(body, 'random')))),
  ]);
}
