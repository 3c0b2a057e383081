import { createHash } from 'node:crypto';
import { correct } from '../../spec/reference/behaviour.ts';
import type { Attempt } from '../../spec/reference/decision.ts';
import type { Mutant } from './mutant.ts';
import { paths, skippedOn } from './paths.ts';

/** SHA-256 over pk, dk, bindingCode, pwd and the userDomainSecret, all of it compared, on every path. */
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
  over(
    'without-secret',
    'forgets the userDomainSecret',
    ({ pk, dk, code, pwd }) => [pk, dk, code, pwd],
    'signature/without-secret',
  ),
  over(
    'without-pk',
    'takes a signature without pk',
    ({ dk, code, pwd, secret }) => [dk, code, pwd, secret],
    'signature/without-pk',
  ),
  over(
    'without-dk',
    'takes a signature without dk',
    ({ pk, code, pwd, secret }) => [pk, code, pwd, secret],
    'signature/without-dk',
  ),
  over(
    'without-code',
    'takes a signature without the code',
    ({ pk, dk, pwd, secret }) => [pk, dk, pwd, secret],
    'signature/without-code',
    'signature/without-code-encrypted',
  ),
  over(
    'without-pwd',
    'takes a signature without pwd',
    ({ pk, dk, code, secret }) => [pk, dk, code, secret],
    'signature/without-pwd',
    'tamper/pwd-added',
  ),
  over(
    'secret-first',
    'takes the secret in front',
    ({ pk, dk, code, pwd, secret }) => [secret, pk, dk, code, pwd],
    'signature/secret-first',
  ),
  over(
    'other-order',
    'takes dk before pk',
    ({ pk, dk, code, pwd, secret }) => [dk, pk, code, pwd, secret],
    'signature/other-order',
  ),
  over(
    'product-secret',
    "takes the product's secret",
    ({ pk, dk, code, pwd, ps }) => [pk, dk, code, pwd, ps],
    'signature/product-secret',
  ),
  {
    id: 'signature/other-apps-secret',
    breaks: 'takes the userDomainSecret of any app',
    killedBy: ['signature/other-apps-secret'],
    override: {
      signatureMatches: (attempt, world) =>
        [...world.domainSecrets.values()].some(
          (domainSecret) => correct.signatureMatches({ ...attempt, domainSecret }, world) === undefined,
        )
          ? undefined
          : 'signatureWrong',
    },
  },
  onPath(
    'encrypted',
    'beside an encrypted bindingCode',
    paths.encrypted,
    'signature/middle-digit-encrypted',
    'tamper/dk-encrypted',
  ),
  onPath('in-home', 'where a home is given', paths.home, 'path/home/signature-middle-digit'),
  onPath('old-secret', 'beside an old bindingSecret', paths.oldSecret, 'path/old-secret/signature-middle-digit'),
  onPath('not-common', 'where isCommonDevice is false', paths.notCommon, 'path/not-common/signature-middle-digit'),
  onPath(
    'named',
    'beside a deviceName',
    ({ fields }) => fields.deviceName !== undefined,
    'path/full/signature-middle-digit',
  ),
  onPath('single', 'in binding mode single', paths.single, 'path/single/signature-middle-digit'),
  onPath('pwd', 'beside a pwd', paths.pwd, 'tamper/pwd-changed'),
  onPath('alternate', 'in binding mode alternate', paths.alternate, 'path/alternate/signature-middle-digit'),
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

type Signed = Readonly<Record<'pk' | 'dk' | 'code' | 'pwd' | 'secret' | 'ps', string>>;

/** A signature over another text counts as well. */
function over(
  name: string,
  breaks: string,
  parts: (signed: Signed) => readonly string[],
  ...killedBy: Mutant['killedBy']
): Mutant {
  return {
    id: `signature/${name}`,
    breaks,
    killedBy,
    override: {
      signatureMatches: (attempt, world) => {
        if (correct.signatureMatches(attempt, world) === undefined) return undefined;
        const textToSign = (): string => parts(signedOf(attempt)).join('');
        return correct.signatureMatches({ ...attempt, behaviour: { ...attempt.behaviour, textToSign } }, world);
      },
    },
  };
}

function onPath(
  name: string,
  where: string,
  path: (attempt: Attempt) => boolean,
  ...killedBy: Mutant['killedBy']
): Mutant {
  const override = skippedOn(path, 'signatureMatches');
  return { id: `signature/unchecked-${name}`, breaks: `does not verify the signature ${where}`, killedBy, override };
}

function signedOf({ fields, domainSecret = '', product }: Attempt): Signed {
  const { pk = '', dk = '', bindingCode = '', encryptedBindingCode = '', pwd = '' } = fields;
  return { pk, dk, code: encryptedBindingCode || bindingCode, pwd, secret: domainSecret, ps: product?.ps ?? '' };
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
