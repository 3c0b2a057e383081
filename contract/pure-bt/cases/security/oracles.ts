import { encryptUnpadded, toBase64 } from '../../../../generators/crypto.ts';
import {
  type CipherSubject,
  codeSubject,
  newSecretSubject,
  oldSecretSubject,
} from '../../../../generators/pure-bt/faults/ciphertext.ts';
import { fieldText, sealedField, signedField } from '../../../../generators/pure-bt/faults/fault.ts';
import { buildRequest, type Change, type RequestContext } from '../../../../generators/pure-bt/request.ts';
import { withDk } from '../../../../generators/pure-bt/valid-forms.ts';
import type { Random } from '../../../../generators/random.ts';
import type { BuiltRequest } from '../../../../generators/request.ts';
import { indistinguishable, inTurn } from '../../../judge/judge-together.ts';
import { bindsWith, type Case, devices, sendAll, tested } from '../steps.ts';

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

/** Comparisons and look-ups that end early: an attacker who can measure how early can guess a value character by character. */
export const timeCases: readonly Case[] = [
  sameTime('signature', 'compares signatures in constant time', {
    'a wrong first digit': wrongDigits(0, 1),
    'a wrong last digit': wrongDigits(63, 64),
  }),
  sameTime('signature-prefix', 'compares signatures in the same time for any number of right digits', {
    'a signature without a right digit': wrongDigits(0, 64),
    'a signature with a wrong last digit': wrongDigits(63, 64),
  }),
  {
    ...sameTime('dk', 'looks up unknown devices in the same time for any number of known first characters', {
      'an unknown dk with an unknown first half': withDk(({ fixture, random }) => otherHalf(fixture.dk, 0, random)),
      'an unknown dk with a known first half': withDk(({ fixture, random }) => otherHalf(fixture.dk, 1, random)),
    }),
    rule: 'timing-dk',
    // This user may not bind, so a server that adds devices at their first bind refuses both kinds too.
    given: 'a user without permission',
  },
];

/** Compares two kinds of request, each with the change that makes it from a correct one. */
function sameTime(name: string, title: string, kinds: Readonly<Record<string, Change>>): Case {
  const [one, other] = Object.entries(kinds).map(([what, change]) => ({
    name: what,
    request: (context: RequestContext) => buildRequest(context, [change]),
  }));
  if (one === undefined || other === undefined) throw new Error('a comparison needs two kinds');
  const step = { what: Object.keys(kinds).join(' compared with '), timed: [one, other] } as const;
  return tested(`timing/${name}`, title, 'timing-signature', [step], { alone: true });
}

function oracle(group: string, title: string, { kind }: CipherSubject, steps: Case['steps']): Case {
  const { prefix, expect, state = devices.ready } = kind;
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

/** Replaces some digits of the right signature. */
function wrongDigits(from: number, to: number): Change {
  return signedField('signature', (body, { random }) =>
    replaceSome(fieldText(body, 'signature'), (at) => at >= from && at < to, random),
  );
}

/** Replaces one half of a dk. Another format than its own is unlikely: each character stays of its kind. */
function otherHalf(dk: string, half: 0 | 1, random: Random): string {
  return replaceSome(dk, (at) => Math.floor((2 * at) / dk.length) === half, random);
}

const alphabets = ['0123456789', 'ABCDEF', 'abcdef'];

/** Replaces digits by other digits, and letters by other ones from A to F: those are in most formats. */
function replaceSome(text: string, isReplaced: (at: number) => boolean, random: Random): string {
  return [...text]
    .map((character, at) => {
      if (!isReplaced(at)) return character;
      const alphabet = alphabets.find((letters) => letters.includes(character)) ?? '';
      const others = [...alphabet].filter((letter) => letter !== character);
      return others.length === 0 ? character : random.helpers.arrayElement(others);
    })
    .join('');
}
