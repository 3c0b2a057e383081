import { createHash } from 'node:crypto';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Attempt, Behaviour } from '../../../spec/pure-bt/reference/decision.ts';
import { orAlso } from '../../mutants/operators.ts';
import type { Mutant, Path } from './server.ts';
import { changed, changedBy, paths, skipped } from './server.ts';

/** The signature. */
export const signatureMutants: readonly Mutant[] = [
  // It is there, and all of it is compared.
  ...changed({
    'signature/unchecked: takes any signature -> signature/zeros tamper/dk-any-device tamper/code-any-device': skipped([
      'signatureMatches',
    ]),
    'signature/absent: verifies a signature where there is one -> signature/absent signature/null signature/absent-encrypted':
      skipped(['signatureGiven', 'signatureMatches'], ({ fields }) => fields.signature === undefined),
    'signature/empty: takes an empty signature -> signature/empty signature/empty-encrypted': {
      signatureGiven: ({ fields }) => (fields.signature === undefined ? 'signatureMissing' : undefined),
      sameSignature: orAlso(correct.sameSignature, (given) => given === ''),
    },
  }),
  ...changedBy(withComparison, {
    'signature/first-half: compares the first half of a signature -> signature/last-digit': part(0, 32),
    'signature/last-half: compares the last half of a signature -> signature/first-digit': part(32),
    'signature/first-bytes: compares four bytes of a signature -> signature/middle-digit': part(0, 8),
    'signature/all-but-first: compares all but the first digit of a signature -> signature/first-digit': part(1),
    'signature/all-but-last: compares all but the last digit of a signature -> signature/last-digit': part(0, 63),
    'signature/one-digit-left-out: compares all but one digit of a signature -> tamper/every-signature-digit': (
      given,
      expected,
    ) => part(0, 17)(given, expected) && part(18)(given, expected),
    'signature/start-of-it: takes the start of a signature -> signature/truncated signature/prefix': (
      given,
      expected,
    ) => expected.startsWith(given),
    'signature/more-than-it: takes a signature with more behind it -> signature/extended': (given, expected) =>
      given.startsWith(expected),
    'signature/one-edit: forgives one edit in a signature -> signature/middle-digit property/tampered': isOneEdit,
    'signature/base64: takes the digest in Base64 as well -> signature/base64': (given, expected) =>
      expected === Buffer.from(given, 'base64').toString('hex'),
    'signature/zeros: has a signature of zeros for tests -> signature/zeros': (given) => /^0+$/.test(given),
    'signature/of-nothing: takes the digest of nothing -> signature/of-nothing signature/of-nothing-encrypted': (
      given,
    ) => given === sha256(''),
    'signature/hashed-twice: takes the digest of the digest -> signature/hashed-twice': (given, expected) =>
      given === sha256(expected),
  }),
  // It is over pk, dk, bindingCode, pwd and the userDomainSecret, on every path.
  ...changedBy((parts: string) => over(parts), {
    'signature/without-secret: forgets the userDomainSecret -> signature/without-secret': 'pk dk code pwd',
    'signature/without-pk: takes a signature without pk -> signature/without-pk': 'dk code pwd secret',
    'signature/without-dk: takes a signature without dk -> signature/without-dk': 'pk code pwd secret',
    'signature/without-code: takes a signature without the code -> signature/without-code signature/without-code-encrypted':
      'pk dk pwd secret',
    'signature/without-pwd: takes a signature without pwd -> signature/without-pwd tamper/pwd-added':
      'pk dk code secret',
    'signature/secret-first: takes the secret in front -> signature/secret-first': 'secret pk dk code pwd',
    'signature/other-order: takes dk before pk -> signature/other-order': 'dk pk code pwd secret',
    "signature/product-secret: takes the product's secret -> signature/product-secret": 'pk dk code pwd ps',
  }),
  ...changed({
    'signature/with-commas: takes commas between what is signed -> signature/every-other-formula': over(
      'pk dk code pwd secret',
      ',',
    ),
    'signature/checked-once: verifies the signature of a device once -> two-users/wrong-signature': checkedOnce(),
    'signature/other-apps-secret: takes the userDomainSecret of any app -> signature/other-apps-secret': {
      signatureMatches: (attempt, world) => {
        const isOver = (domainSecret: string): boolean =>
          correct.signatureMatches({ ...attempt, domainSecret }, world) === undefined;
        return [...world.domainSecrets.values()].some(isOver) ? undefined : 'signatureWrong';
      },
    },
  }),
  ...changedBy((path: Path) => skipped(['signatureMatches'], path), {
    'signature/unchecked-encrypted: does not verify the signature beside an encrypted bindingCode -> signature/middle-digit-encrypted tamper/dk-encrypted':
      paths.encrypted,
    'signature/unchecked-in-home: does not verify the signature where a home is given -> path/home/signature-middle-digit':
      paths.home,
    'signature/unchecked-old-secret: does not verify the signature beside an old bindingSecret -> path/old-secret/signature-middle-digit':
      paths.oldSecret,
    'signature/unchecked-not-common: does not verify the signature where isCommonDevice is false -> path/not-common/signature-middle-digit':
      paths.notCommon,
    'signature/unchecked-named: does not verify the signature beside a deviceName -> path/full/signature-middle-digit':
      ({ fields }) => fields.deviceName !== undefined,
    'signature/unchecked-single: does not verify the signature in binding mode single -> path/single/signature-middle-digit':
      paths.single,
    'signature/unchecked-pwd: does not verify the signature beside a pwd -> tamper/pwd-changed': paths.pwd,
    'signature/unchecked-alternate: does not verify the signature in binding mode alternate -> path/alternate/signature-middle-digit':
      paths.alternate,
  }),
];

function withComparison(alsoSame: Behaviour['sameSignature']): Partial<Behaviour> {
  return { sameSignature: orAlso(correct.sameSignature, alsoSame) };
}

/** Compares some of the digits. */
function part(from: number, to?: number): Behaviour['sameSignature'] {
  return (given, expected) => given.slice(from, to) === expected.slice(from, to);
}

/** One digit replaced, put in or left out: what stands before and behind it is the same. */
function isOneEdit(given: string, expected: string): boolean {
  let start = 0;
  while (start < expected.length && given[start] === expected[start]) start += 1;
  const [rest, dueRest] = [given.slice(start), expected.slice(start)];
  return rest.slice(1) === dueRest.slice(1) || rest.slice(1) === dueRest || rest === dueRest.slice(1);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A signature over other parts, in their order, counts as well. */
function over(parts: string, separator = ''): Partial<Behaviour> {
  return {
    signatureMatches: (attempt, world) => {
      if (correct.signatureMatches(attempt, world) === undefined) return undefined;
      const signed = signedFields(attempt);
      const text = parts.split(' ').map((part) => signed[part] ?? '');
      const behaviour = { ...attempt.behaviour, textToSign: () => text.join(separator) };
      return correct.signatureMatches({ ...attempt, behaviour }, world);
    },
  };
}

function signedFields({ fields, domainSecret, product }: Attempt): Readonly<Record<string, string | undefined>> {
  const { pk, dk, bindingCode, encryptedBindingCode, pwd } = fields;
  return { pk, dk, code: encryptedBindingCode || bindingCode, pwd, secret: domainSecret, ps: product?.ps };
}

/** The devices of which a signature was right: their dks are those of no other server. */
function checkedOnce(): Partial<Behaviour> {
  const right = new Set<string>();
  return {
    signatureMatches: (attempt, world) => {
      const { dk = '' } = attempt.fields;
      const refusal = right.has(dk) ? undefined : correct.signatureMatches(attempt, world);
      if (refusal === undefined) right.add(dk);
      return refusal;
    },
  };
}
