import { createHash } from 'node:crypto';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Attempt, Behaviour } from '../../../spec/pure-bt/reference/decision.ts';
import { type Comparison, hasStart, isStart, orAlso, samePart } from '../../mutants/operators.ts';
import { changed, changedBy, type Mutant, type Path, paths, skipped } from './server.ts';

/** The signature. */
export const signatureMutants: readonly Mutant[] = [
  // It must be present and fully compared.
  ...changed({
    'signature/unchecked: accepts any signature -> signature/zeros signature/other-secret tamper/dk-any-device tamper/code-any-device tamper/pwd-removed':
      skipped(['signatureMatches']),
    'signature/absent: verifies a signature only if one is given -> signature/absent signature/null signature/absent-encrypted':
      skipped(['signatureGiven', 'signatureMatches'], ({ fields }) => fields.signature === undefined),
    'signature/empty: accepts an empty signature -> signature/empty signature/empty-encrypted': {
      signatureGiven: ({ fields }) => (fields.signature === undefined ? 'signatureMissing' : undefined),
      sameSignature: orAlso(correct.sameSignature, (given) => given === ''),
    },
  }),
  ...changedBy((alsoSame: Comparison) => ({ sameSignature: orAlso(correct.sameSignature, alsoSame) }), {
    'signature/first-half: compares only the first half of a signature -> signature/last-digit': samePart(0, 32),
    'signature/last-half: compares only the last half of a signature -> signature/first-digit': samePart(32),
    'signature/first-bytes: compares only four bytes of a signature -> signature/middle-digit': samePart(0, 8),
    'signature/all-but-first: compares all digits of a signature except the first -> signature/first-digit':
      samePart(1),
    'signature/all-but-last: compares all digits of a signature except the last -> signature/last-digit': samePart(
      0,
      63,
    ),
    'signature/one-digit-left-out: compares all digits of a signature except one -> tamper/every-signature-digit': (
      given,
      expected,
    ) => samePart(0, 17)(given, expected) && samePart(18)(given, expected),
    'signature/start-of-it: accepts the start of a signature -> signature/truncated signature/prefix': isStart,
    'signature/more-than-it: accepts a signature with extra characters -> signature/extended': hasStart,
    'signature/end-of-it: accepts the end of a signature -> signature/suffix': (given, expected) =>
      given.length >= 8 && expected.endsWith(given),
    'signature/any-order: compares the digits of a signature in any order -> signature/reversed signature/rotated': (
      given,
      expected,
    ) => [...given].sort().join('') === [...expected].sort().join(''),
    'signature/digits-alone: ignores all characters of a signature except hex digits -> signature/space-inside': (
      given,
      expected,
    ) => given.replace(/[^0-9a-f]/g, '') === expected,
    'signature/0x: ignores 0x before a signature -> signature/0x': (given, expected) =>
      given.replace(/^0x/, '') === expected,
    'signature/one-edit: accepts one wrong digit in a signature -> signature/middle-digit property/tampered': isOneEdit,
    'signature/base64: also accepts the digest in Base64 -> signature/base64': (given, expected) =>
      expected === Buffer.from(given, 'base64').toString('hex'),
    'signature/zeros: accepts a signature of zeros for tests -> signature/zeros': (given) => /^0+$/.test(given),
    'signature/of-nothing: accepts the digest of the empty text -> signature/of-nothing signature/of-nothing-encrypted':
      (given) => given === sha256(''),
    'signature/hashed-twice: accepts the digest of the digest -> signature/hashed-twice': (given, expected) =>
      given === sha256(expected),
  }),
  // It covers pk, dk, bindingCode, pwd and the userDomainSecret, on every path.
  ...changedBy((parts: string) => over(parts), {
    'signature/without-secret: accepts a signature without the userDomainSecret -> signature/without-secret':
      'pk dk code pwd',
    'signature/without-pk: accepts a signature without pk -> signature/without-pk': 'dk code pwd secret',
    'signature/without-dk: accepts a signature without dk -> signature/without-dk': 'pk code pwd secret',
    'signature/without-code: accepts a signature without the code -> signature/without-code signature/without-code-encrypted':
      'pk dk pwd secret',
    'signature/without-pwd: accepts a signature without pwd -> signature/without-pwd tamper/pwd-added':
      'pk dk code secret',
    'signature/secret-first: accepts a signature with the secret first -> signature/secret-first':
      'secret pk dk code pwd',
    'signature/other-order: accepts a signature with dk before pk -> signature/other-order': 'dk pk code pwd secret',
    "signature/product-secret: accepts a signature with the product's secret -> signature/product-secret":
      'pk dk code pwd ps',
  }),
  ...changedBy((parts: string) => over(parts, '', paths.encrypted), {
    'signature/without-pk-encrypted: accepts a signature without pk if the bindingCode is encrypted -> signature/without-pk-encrypted':
      'dk code pwd secret',
    'signature/without-dk-encrypted: accepts a signature without dk if the bindingCode is encrypted -> signature/without-dk-encrypted':
      'pk code pwd secret',
    'signature/without-code-encrypted: accepts a signature without the code if it is encrypted -> signature/without-code-encrypted':
      'pk dk pwd secret',
    'signature/without-pwd-encrypted: accepts a signature without pwd if the bindingCode is encrypted -> signature/without-pwd-encrypted tamper/pwd-added-encrypted':
      'pk dk code secret',
    'signature/plain-code-signed: verifies the signature of the plain bindingCode but uses the encrypted one -> tamper/plain-code-signed':
      'pk dk plain pwd secret',
  }),
  ...changed({
    'signature/with-commas: accepts a signature with commas between the values -> signature/every-other-formula': over(
      'pk dk code pwd secret',
      ',',
    ),
    'signature/checked-once: verifies the signature of a device only once -> two-users/wrong-signature': checkedOnce(),
    'signature/other-apps-secret: accepts a signature with the userDomainSecret of any app -> signature/other-apps-secret':
      {
        signatureMatches: (attempt, world) => {
          const isOver = (domainSecret: string): boolean =>
            correct.signatureMatches({ ...attempt, domainSecret }, world) === undefined;
          return [...world.domainSecrets.values()].some(isOver) ? undefined : 'signatureWrong';
        },
      },
  }),
  ...changedBy((path: Path) => skipped(['signatureMatches'], path), {
    'signature/unchecked-encrypted: does not verify the signature if the bindingCode is encrypted -> signature/middle-digit-encrypted signature/other-secret-encrypted tamper/dk-encrypted tamper/code-encrypted':
      paths.encrypted,
    'signature/unchecked-in-home: does not verify the signature if a home is given -> path/home/signature-middle-digit':
      paths.home,
    'signature/unchecked-old-secret: does not verify the signature if an old bindingSecret is given -> path/old-secret/signature-middle-digit':
      paths.oldSecret,
    'signature/unchecked-not-common: does not verify the signature if isCommonDevice is false -> path/not-common/signature-middle-digit':
      paths.notCommon,
    'signature/unchecked-named: does not verify the signature if a deviceName is given -> path/full/signature-middle-digit':
      ({ fields }) => fields.deviceName !== undefined,
    'signature/unchecked-single: does not verify the signature in binding mode single -> path/single/signature-middle-digit':
      paths.single,
    'signature/unchecked-pwd: does not verify the signature if a pwd is given -> tamper/pwd-changed': paths.pwd,
    'signature/unchecked-alternate: does not verify the signature in binding mode alternate -> path/alternate/signature-middle-digit':
      paths.alternate,
  }),
];

/** Whether one digit was replaced, inserted or removed, and everything before and after it is equal. */
function isOneEdit(given: string, expected: string): boolean {
  let start = 0;
  while (start < expected.length && given[start] === expected[start]) start += 1;
  const [rest, expectedRest] = [given.slice(start), expected.slice(start)];
  return rest.slice(1) === expectedRest.slice(1) || rest.slice(1) === expectedRest || rest === expectedRest.slice(1);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Also accepts a signature over other parts, in this order. */
function over(parts: string, separator = '', path: Path = () => true): Partial<Behaviour> {
  return {
    signatureMatches: (attempt, world) => {
      const refusal = correct.signatureMatches(attempt, world);
      if (refusal === undefined || !path(attempt)) return refusal;
      const signed = signedFields(attempt);
      const text = parts.split(' ').map((part) => signed[part] ?? '');
      const behaviour = { ...attempt.behaviour, textToSign: () => text.join(separator) };
      return correct.signatureMatches({ ...attempt, behaviour }, world);
    },
  };
}

function signedFields({ fields, domainSecret, product }: Attempt): Readonly<Record<string, string | undefined>> {
  const { pk, dk, bindingCode, encryptedBindingCode, pwd } = fields;
  return {
    pk,
    dk,
    code: encryptedBindingCode || bindingCode,
    plain: bindingCode,
    pwd,
    secret: domainSecret,
    ps: product?.ps,
  };
}

/** Remembers the devices with a correct signature; no other server has the same dks. */
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
