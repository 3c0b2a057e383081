import { encryptUnpadded, toBase64 } from '../../../../generators/crypto.ts';
import { sealedField, signedField, textOf } from '../../../../generators/pure-bt/faults/fault.ts';
import { replacedAt } from '../../../../generators/pure-bt/faults/tamper.ts';
import { encryptedCode, withOldSecret } from '../../../../generators/pure-bt/forms.ts';
import type { Change, CipherField, RequestContext } from '../../../../generators/pure-bt/request.ts';
import { buildRequest } from '../../../../generators/pure-bt/request.ts';
import type { BuiltRequest } from '../../../../generators/request.ts';
import { refusedSomehow, refusedWith } from '../../../../spec/expectation.ts';
import type { StateName } from '../../../../spec/pure-bt/states.ts';
import { alike } from '../../../judge/together.ts';
import type { Case } from '../steps.ts';
import { bindsWith, sendAll } from '../steps.ts';

type Field = {
  readonly name: CipherField;
  readonly slug: string;
  readonly given: StateName;
  readonly prepare: readonly Change[];
  readonly blocks: number;
};

const fields: readonly Field[] = [
  {
    name: 'encryptedBindingCode',
    slug: 'encrypted-code',
    given: 'a device ready to bind',
    prepare: [encryptedCode],
    blocks: 2,
  },
  { name: 'encryptedNewBindingSecret', slug: 'new-secret', given: 'a device ready to bind', prepare: [], blocks: 3 },
  {
    name: 'encryptedOldBindingSecret',
    slug: 'old-secret',
    given: 'a device bound by another user, binding mode multi',
    prepare: [withOldSecret],
    blocks: 3,
  },
];

const [padding, content] = ['bad padding', 'bad content'];
/** Of each kind; with one value for each, chance does not make a difference. */
const samples = 4;

/**
 * Padding oracles: the ciphertexts are unauthenticated CBC, so whoever can tell bad padding from bad content can decrypt
 * them byte by byte. Bad Base64 and a bad length are public facts, and may have answers of their own.
 */
export const oracleCases: readonly Case[] = [
  ...fields.map(
    (field): Case => ({
      ...oracle(`oracle/${field.slug}`, `answers bad padding and bad content of ${field.name} alike`, field),
      steps: [
        sendAll(
          `an ${field.name} of bad padding or bad content`,
          // In turn: a clock or a counter in the answers must not tell the two kinds apart.
          (context) =>
            Array.from({ length: samples }, (_, at) => at).flatMap((at) => [
              paddedBadly(field, context, at),
              filledBadly(field, context, at),
            ]),
          field.name === 'encryptedBindingCode'
            ? refusedWith(5213, { siblings: ['bindingCode'], anyRefusal: true })
            : refusedSomehow(['bindingSecret']),
          alike(padding, content),
        ),
        bindsWith('a correct request for the same device', ...field.prepare),
      ],
    }),
  ),
  ...fields.map(
    (field): Case => ({
      ...oracle(`timing/${field.slug}`, `answers them in the same time (${field.name})`, field),
      alone: true,
      steps: [
        {
          what: `${padding} against ${content} of ${field.name}`,
          timed: [
            { name: padding, request: (context) => paddedBadly(field, context, 0) },
            { name: content, request: (context) => filledBadly(field, context, 0) },
          ],
        },
      ],
    }),
  ),
  {
    id: 'timing/signature',
    code: 200,
    title: 'compares signatures in the same time wherever they differ',
    rule: 'timing-signature',
    given: 'a device ready to bind',
    alone: true,
    steps: [
      {
        what: 'a wrong first digit against a wrong last digit of the signature',
        timed: [
          { name: 'a wrong first digit', request: (context) => wrongDigit(context, 0) },
          { name: 'a wrong last digit', request: (context) => wrongDigit(context, 63) },
        ],
      },
    ],
  },
];

function oracle(id: string, title: string, { name, given }: Field): Omit<Case, 'steps'> {
  return {
    id,
    code: name === 'encryptedBindingCode' ? 5213 : 200,
    title,
    rule: 'padding-oracle',
    given,
  };
}

function paddedBadly(field: Field, context: RequestContext, kind: number): BuiltRequest {
  const last = [0, 17, 0xff, 0][kind] ?? 0;
  return withBlocks(field, context, (blocks) => {
    blocks[blocks.length - 1] = last;
    // A padding that is the right length and wrong inside: 2 at the end, and no 2 before it.
    if (kind === 3) blocks.set([7, 2], blocks.length - 2);
  });
}

/** Whole blocks with good padding, holding text that is no content of the field, or bytes that are no text. */
function filledBadly(field: Field, context: RequestContext, kind: number): BuiltRequest {
  return withBlocks(field, context, (blocks) => {
    // No format allows a control character, whatever a server accepts for a bindingCode.
    blocks.set(kind % 2 === 1 ? [0xff, 0xfe, 0xc3, 0x28] : [0x01, 0x02], 0);
    const length = kind === 2 ? 16 : 1;
    blocks.fill(length, blocks.length - length);
  });
}

function withBlocks(
  { name, prepare, blocks }: Field,
  context: RequestContext,
  spoil: (blocks: Uint8Array) => void,
): BuiltRequest {
  const bytes = new TextEncoder().encode(context.random.string.alpha(blocks * 16));
  spoil(bytes);
  return buildRequest(context, [
    ...prepare,
    sealedField(name, (body) => toBase64(encryptUnpadded(bytes, context.fixture.ps, textOf(body, 'random')))),
  ]);
}

function wrongDigit(context: RequestContext, at: number): BuiltRequest {
  return buildRequest(context, [signedField('signature', (body) => replacedAt(textOf(body, 'signature'), at))]);
}
