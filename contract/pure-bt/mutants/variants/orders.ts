import type { DecisionName } from '../../../../spec/pure-bt/reference/behaviour.ts';
import { correct } from '../../../../spec/pure-bt/reference/behaviour.ts';
import type { Variant } from '../../../mutants/mutant.ts';

/** What has no need of what was found out before, in the reference's order. */
const given = ['pkGiven', 'dkGiven', 'bindingCodeGiven', 'signatureGiven', 'newSecretGiven'] as const;
const formats = ['dkFormat', 'bindingCodeFormat', 'deviceNameFormat', 'pwdFormat', 'randomFormat'] as const;
const product = ['productKnown', 'productAuthorised'] as const;
const proofs = ['signatureMatches', 'encryptedBindingCodeReadable', 'newSecretReadable', 'oldSecretReadable'] as const;
const device = ['deviceFound', 'dataCentreIsHere', 'sharingNotAccepted'] as const;
const rights = ['userMayBind', 'productIsForUser', 'productGrants'] as const;
const home = ['fidFitsHomeMode', 'homeIsOwn', 'roleMayBind', 'commonListWritable'] as const;

/** The order of checks is open: every order is right, as long as every check is made. */
export const orderVariants: readonly Variant[] = [
  order('formats-last', 'looks at formats after everything on record', [
    'token',
    ...given,
    ...product,
    ...rights,
    ...home,
    ...device,
    ...formats,
    ...proofs,
    'bindingCodeIsDevices',
  ]),
  order('fields-backwards', 'looks at the fields from the last to the first', [
    'token',
    ...[...given].reverse(),
    ...[...formats].reverse(),
    ...product,
    ...proofs,
    ...device,
    ...rights,
    ...home,
    'bindingCodeIsDevices',
  ]),
  order('token-late', 'looks at the token after the fields', [
    ...given,
    ...formats,
    'token',
    ...product,
    ...proofs,
    ...device,
    ...rights,
    ...home,
    'bindingCodeIsDevices',
  ]),
  order('signature-first', 'verifies the signature before it looks at any field', [
    'token',
    'signatureGiven',
    'signatureMatches',
    ...given,
    ...formats,
    ...product,
    ...proofs.slice(1),
    ...device,
    ...rights,
    ...home,
    'bindingCodeIsDevices',
  ]),
  order('home-first', 'looks at the home before everything else', [
    'token',
    ...home,
    ...rights.slice(0, 1),
    ...given,
    ...formats,
    ...product,
    ...rights.slice(1),
    ...device,
    ...proofs,
    'bindingCodeIsDevices',
  ]),
  order('proofs-last', 'decrypts and verifies after it has looked everything up', [
    'token',
    ...given,
    ...formats,
    ...product,
    ...device,
    ...rights,
    ...home,
    ...[...proofs].reverse(),
    'bindingCodeIsDevices',
  ]),
  {
    id: 'order/mode-before-holder',
    differs: 'looks at the binding mode and the old bindingSecret before it asks who has bound',
    override: { bindOrder: ['modeAllows', 'oldSecretIsStored', 'notBoundByUser'] },
  },
  {
    id: 'order/common-list-after-bind',
    differs: 'writes the common-device list after the bind, which stays when that fails',
    override: {
      order: correct.order.filter((name) => name !== 'commonListWritable'),
      bind: (attempt, world) => correct.bind(attempt, world) ?? correct.commonListWritable(attempt, world),
    },
  },
];

function order(name: string, differs: string, names: readonly DecisionName[]): Variant {
  return { id: `order/${name}`, differs, override: { order: names } };
}
