import { createHash } from 'node:crypto';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Mutant } from '../../mutants/mutant.ts';

/** A signature is there, and all of it is compared. */
export const signatureMutants: readonly Mutant[] = [
  {
    id: 'signature/unchecked',
    breaks: 'takes any signature',
    killedBy: ['signature/zeros', 'tamper/dk-any-device', 'tamper/code-any-device'],
    override: { signatureMatches: () => undefined },
  },
  {
    id: 'signature/absent',
    breaks: 'verifies a signature where there is one',
    killedBy: ['signature/absent', 'signature/null', 'signature/absent-encrypted'],
    override: {
      signatureGiven: () => undefined,
      signatureMatches: (attempt, world) =>
        attempt.fields.signature === undefined ? undefined : correct.signatureMatches(attempt, world),
    },
  },
  {
    id: 'signature/empty',
    breaks: 'takes an empty signature',
    killedBy: ['signature/empty', 'signature/empty-encrypted'],
    override: {
      signatureGiven: ({ fields }) => (fields.signature === undefined ? 'signatureMissing' : undefined),
      sameSignature: (given, due) => given === '' || correct.sameSignature(given, due),
    },
  },
  compared(
    'first-half',
    'compares the first half of a signature',
    (given, due) => given.slice(0, 32) === due.slice(0, 32),
    'signature/last-digit',
  ),
  compared(
    'last-half',
    'compares the last half of a signature',
    (given, due) => given.slice(32) === due.slice(32),
    'signature/first-digit',
  ),
  compared(
    'first-bytes',
    'compares four bytes of a signature',
    (given, due) => given.slice(0, 8) === due.slice(0, 8),
    'signature/middle-digit',
  ),
  compared(
    'all-but-first',
    'compares all but the first digit of a signature',
    (given, due) => given.slice(1) === due.slice(1),
    'signature/first-digit',
  ),
  compared(
    'all-but-last',
    'compares all but the last digit of a signature',
    (given, due) => given.slice(0, 63) === due.slice(0, 63),
    'signature/last-digit',
  ),
  compared(
    'one-digit-left-out',
    'compares all but one digit of a signature',
    (given, due) => without(given, 17) === without(due, 17),
    'tamper/every-signature-digit',
  ),
  compared(
    'start-of-it',
    'takes the start of a signature',
    (given, due) => due.startsWith(given),
    'signature/truncated',
    'signature/prefix',
  ),
  compared(
    'more-than-it',
    'takes a signature with more behind it',
    (given, due) => given.startsWith(due),
    'signature/extended',
  ),
  compared(
    'one-edit',
    'forgives one edit in a signature',
    (given, due) => isOneEdit(given, due),
    'signature/middle-digit',
    'property/tampered',
  ),
  compared(
    'base64',
    'takes the digest in Base64 as well',
    (given, due) => given === Buffer.from(due, 'hex').toString('base64'),
    'signature/base64',
  ),
  compared('zeros', 'has a signature of zeros for tests', (given) => /^0+$/.test(given), 'signature/zeros'),
  compared(
    'of-nothing',
    'takes the digest of nothing',
    (given) => given === sha256(''),
    'signature/of-nothing',
    'signature/of-nothing-encrypted',
  ),
  compared(
    'hashed-twice',
    'takes the digest of the digest',
    (given, due) => given === sha256(due),
    'signature/hashed-twice',
  ),
];

function compared(
  name: string,
  breaks: string,
  alsoSame: (given: string, due: string) => boolean,
  ...killedBy: Mutant['killedBy']
): Mutant {
  const override = {
    sameSignature: (given: string, due: string) => correct.sameSignature(given, due) || alsoSame(given, due),
  };
  return { id: `signature/${name}`, breaks, killedBy, override };
}

/** One digit replaced, put in or left out: what stands before and behind it is the same. */
function isOneEdit(given: string, due: string): boolean {
  let start = 0;
  while (start < due.length && given[start] === due[start]) start += 1;
  return [
    [1, 1],
    [1, 0],
    [0, 1],
  ].some(([more = 0, less = 0]) => given.slice(start + more) === due.slice(start + less));
}

function without(text: string, at: number): string {
  return text.slice(0, at) + text.slice(at + 1);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
