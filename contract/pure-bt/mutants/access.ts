import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Behaviour, Decision, DecisionName } from '../../../spec/pure-bt/reference/decision.ts';
import { anyProduct, hasBoundAnother, knownBy } from '../../family/mutants/effects.ts';
import { samePart } from '../../mutants/operators.ts';
import type { Mutant } from './server.ts';
import { changed, changedBy, paths, skipped } from './server.ts';

/** Checks of the server's records: what each one checks, and the case that detects a missing check. */
const checks: readonly (readonly [name: DecisionName, what: string, killedBy: string])[] = [
  ['productAuthorised', 'whether the user domain is authorised for the product', 'product/not-authorised'],
  ['deviceFound', 'whether the device can be looked up', 'cloud/look-up-fails'],
  ['dataCentreIsHere', 'whether the device belongs to this data centre', 'data-centre/other'],
  ['userMayBind', 'whether the user may bind', 'permission/user'],
  ['productIsForUser', 'whether the product is for this user', 'permission/product'],
  ['productGrants', 'which permissions the product grants', 'permission/product-grants-none'],
  ['sharingNotAccepted', 'whether the user has accepted a share', 'sharing/accepted'],
];

/** The platform's records of product, device and user (status 5229, 5314, 6083, 5041, 5327, 5358, 6040). */
export const accessMutants: readonly Mutant[] = [
  ...checks.flatMap(([name, what, killedBy]) => {
    const id = `access/${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const encrypted = `${id}-encrypted: does not check ${what} if the bindingCode is encrypted -> ${killedBy}/encrypted`;
    return changed({
      [`${id}: does not check ${what} -> ${killedBy}`]: skipped([name]),
      [encrypted]: skipped([name], paths.encrypted),
    });
  }),
  ...changedBy(refuseOnce, {
    'access/product-authorised-once: rejects for productAuthorised only once -> product/not-authorised/again':
      'productAuthorised',
    'access/user-may-bind-once: rejects for userMayBind only once -> permission/user/again': 'userMayBind',
    'access/sharing-not-accepted-once: rejects for sharingNotAccepted only once -> sharing/accepted/again':
      'sharingNotAccepted',
    'access/role-may-bind-once: rejects for roleMayBind only once -> home/ordinary-member/again': 'roleMayBind',
    'access/device-found-once: rejects for deviceFound only once -> cloud/look-up-fails/again': 'deviceFound',
  }),
  ...changed({
    'access/unknown-dk-is-5412: answers 5412 for an unknown dk -> open/unknown-dk': {
      bindingCodeIsDevices: ({ device, product }) =>
        device === undefined && product?.everyDeviceReady !== true ? 'boundByAnother' : undefined,
    },
    'access/any-user-binds-once: lets a user bind only one device of a product -> devices/two-of-a-product': {
      sharingNotAccepted: (attempt, world) => (hasBoundAnother(attempt, world) ? 'alreadyBound' : undefined),
    },
    'access/devices-by-first-characters: identifies devices by the first 12 characters of their dk -> devices/longer-dk':
      knownBy(samePart(0, 12)),
    'access/devices-by-last-characters: identifies devices by the last 12 characters of their dk -> devices/alike-at-the-end':
      knownBy(samePart(-12)),
    'access/devices-by-dk-alone: treats devices of two products with the same dk as one device -> devices/same-dk-of-two-products':
      { ...anyProduct, notBoundByUser: (_, bindings) => (bindings.size > 0 ? 'alreadyBound' : undefined) },
  }),
];

/** A check that a user passes at the second attempt, for example because of a cache. */
function refuseOnce(name: DecisionName): Partial<Behaviour> {
  const refused = new Set<string>();
  const decision: Decision = (attempt, world) => {
    const refusal = correct[name](attempt, world);
    const uid = attempt.user?.uid ?? '';
    if (refused.has(uid)) return undefined;
    if (refusal !== undefined) refused.add(uid);
    return refusal;
  };
  return { [name]: decision };
}
