import { isUtf8 } from 'node:buffer';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Attempt, Behaviour } from '../../../spec/pure-bt/reference/decision.ts';
import { makeMutants } from '../../mutants/mutant.ts';
import { type Edit, withFields, withHeaders, withJson, withoutFields, withStatus } from '../../mutants/operators.ts';
import { decryptBlocks } from './secrets.ts';
import { changed, changedBy, type Difference, type Mutant, onCodes, refusal } from './server.ts';

/** The planted differences, in milliseconds: the smallest that the suite must find on loopback. */
const oracleDelayMs = 0.5;

/** Fields, each with a refusal that is used only for its bad padding, and the refusal for bad content. */
const paddingOracles = {
  'encrypted-code': {
    field: 'encryptedBindingCode',
    decision: 'encryptedBindingCodeReadable',
    padding: 'bindingCodeWrong',
    content: 'bindingCodeFormat',
  },
  'new-secret': {
    field: 'encryptedNewBindingSecret',
    decision: 'newSecretReadable',
    padding: 'newSecretMissing',
    content: 'newSecretBad',
  },
  'old-secret': {
    field: 'encryptedOldBindingSecret',
    decision: 'oldSecretReadable',
    padding: 'newSecretMissing',
    content: 'oldSecretBad',
  },
} as const;
const newSecret = paddingOracles['new-secret'];

type PaddingOracle = (typeof paddingOracles)[keyof typeof paddingOracles];

/** Different answers to bad padding and bad content of one field: by code, msg, fields, header, HTTP status or time. */
export const oracleMutants: readonly Mutant[] = [
  ...Object.entries(paddingOracles).flatMap(([slug, one]) =>
    oracles({
      [`${slug}-by-code: another code for ${one.field} -> oracle/${slug}`]: distinctRefusal(one),
      [`${slug}-by-msg: another msg for ${one.field} -> oracle/${slug}`]: hiddenRefusal(
        one,
        withJson(withFields({ msg: 'Bad padding' })),
      ),
      [`${slug}-by-time: another time for ${one.field} -> timing/${slug}`]: slowed(one),
    }),
  ),
  ...oracles({
    'by-shape: no extMsg for encryptedNewBindingSecret': hiddenRefusal(newSecret, withJson(withoutFields('extMsg'))),
    'by-header: another header for encryptedNewBindingSecret': hiddenRefusal(newSecret, withHeaders(['x-error', '1'])),
    'by-status: another HTTP status for encryptedNewBindingSecret': hiddenRefusal(newSecret, withStatus(400)),
    'by-msg-of-some: the same other msg for bad padding and for bytes that are not text': hiddenRefusal(
      newSecret,
      withJson(withFields({ msg: 'Bad padding' })),
      (text) => hasBadPadding(text) || !isUtf8(text),
    ),
    'by-one-kind: another code for one kind of bad padding': distinctRefusal(
      newSecret,
      (text) => text.at(-1) === 0 || (text.at(-1) ?? 0) > 16,
    ),
  }),
  ...changedBy(comparingSlowly, {
    'timing/signature: compares a signature digit by digit and stops at the first difference -> timing/signature': (
      given,
      expected,
    ) => sharedLength(given, expected) / (expected.length - 1),
    'timing/signature-prefix: compares a signature in blocks of eight digits and stops at the first difference -> timing/signature-prefix':
      (given, expected) => Math.floor(sharedLength(given, expected) / 8) / (expected.length / 8 - 1),
    'timing/signature-digits: takes longer for each right digit of a wrong signature -> timing/signature-prefix': (
      given,
      expected,
    ) => [...given].filter((digit, at) => digit === expected[at]).length / (expected.length - 1),
  }),
  ...changed({
    'timing/content: takes longer to refuse bad content of encryptedNewBindingSecret -> timing/new-secret': {
      secretFor: (pk, dk, plaintext) => {
        const secret = correct.secretFor(pk, dk, plaintext);
        if (plaintext !== undefined && secret === undefined) spin(oracleDelayMs);
        return secret;
      },
    },
    'timing/dk: looks up a device character by character -> timing/dk': {
      findDevice: (world, pk, dk) => {
        const known = [...(world.devices.get(pk)?.keys() ?? [])];
        const shared = Math.max(0, ...known.map((each) => sharedLength(dk, each) / each.length));
        // Half of the characters take the planted time.
        spin(oracleDelayMs * 2 * shared);
        return correct.findDevice(world, pk, dk);
      },
    },
  }),
];

/** Mutants that answer bad padding and bad content differently; the keys are the rest of their sentences. */
function oracles(differences: Readonly<Record<string, Difference>>): readonly Mutant[] {
  const sentences = Object.entries(differences).map(([rest, difference]) => {
    return [`oracle/${rest.replace(': ', ': distinguishes bad padding from bad content: ')}`, difference];
  });
  return makeMutants((difference: Difference) => difference, Object.fromEntries(sentences), 'oracle/new-secret');
}

function comparingSlowly(share: (given: string, expected: string) => number): Partial<Behaviour> {
  return {
    sameSignature: (given, expected) => {
      spin(oracleDelayMs * share(given, expected));
      return correct.sameSignature(given, expected);
    },
  };
}

/** Refuses bad padding of a field with a separate code. */
function distinctRefusal(
  { field, decision, padding }: PaddingOracle,
  isDistinct: (text: Buffer) => boolean = hasBadPadding,
): Difference {
  return {
    override: {
      [decision]: (...[attempt, world]: Parameters<(typeof correct)[typeof decision]>) => {
        const text = decryptField(attempt, field);
        return text !== undefined && isDistinct(text) ? padding : correct[decision](attempt, world);
      },
    },
  };
}

/** The same code for both answers, and another difference. */
function hiddenRefusal(field: PaddingOracle, edit: Edit, isDistinct?: (text: Buffer) => boolean): Difference {
  const [from, to] = [correct.codes[field.padding], correct.codes[field.content]];
  return { ...distinctRefusal(field, isDistinct), wire: onCodes([from], () => edit(refusal(to))) };
}

/** The same code for both answers, but one of them later. */
function slowed(field: PaddingOracle): Difference {
  return hiddenRefusal(field, (answer) => {
    spin(oracleDelayMs);
    return answer;
  });
}

/** The decrypted blocks of a field with their padding; undefined if there are no whole blocks. */
function decryptField({ fields: sent, product }: Attempt, field: PaddingOracle['field']): Buffer | undefined {
  const bytes = Buffer.from(sent[field] ?? '', 'base64');
  if (bytes.length === 0 || bytes.length % 16 !== 0) return undefined;
  return decryptBlocks(bytes, product?.ps ?? '', sent.random ?? '');
}

function hasBadPadding(text: Buffer): boolean {
  const last = text.at(-1) ?? 0;
  return last < 1 || last > 16 || !text.subarray(-last).every((byte) => byte === last);
}

function sharedLength(one: string, other: string): number {
  let shared = 0;
  while (shared < one.length && one[shared] === other[shared]) shared += 1;
  return shared;
}

/** Works for some time, like a slow comparison: a timer may take a millisecond longer, and uses no capacity. */
export function spin(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
