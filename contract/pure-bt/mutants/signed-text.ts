import type { Behaviour } from '../../../spec/pure-bt/reference/behaviour.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Attempt } from '../../../spec/pure-bt/reference/decision.ts';
import type { Mutant } from '../../mutants/mutant.ts';
import { paths, skippedOn } from './paths.ts';

/** What is signed: pk, dk, bindingCode, pwd and the userDomainSecret, on every path. */
export const signedTextMutants: readonly Mutant[] = [
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
  over(
    'with-commas',
    'takes commas between what is signed',
    ({ pk, dk, code, pwd, secret }) => [[pk, dk, code, pwd, secret].join(',')],
    'signature/every-other-formula',
  ),
  {
    id: 'signature/checked-once',
    breaks: 'verifies the signature of a device once',
    killedBy: ['two-users/wrong-signature'],
    override: checkedOnce(),
  },
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

function signedOf({ fields, domainSecret = '', product }: Attempt): Signed {
  const { pk = '', dk = '', bindingCode = '', encryptedBindingCode = '', pwd = '' } = fields;
  return { pk, dk, code: encryptedBindingCode || bindingCode, pwd, secret: domainSecret, ps: product?.ps ?? '' };
}
