import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Behaviour, Decision, DecisionName } from '../../../spec/pure-bt/reference/decision.ts';
import type { Device, World } from '../../../spec/pure-bt/reference/world.ts';
import type { Mutant } from './server.ts';
import { changed, changedBy, paths, skipped } from './server.ts';

/** Checks of what is on record, what each asks, and the case that detects that it is not made. */
const checks: readonly (readonly [name: DecisionName, what: string, killedBy: string])[] = [
  ['productAuthorised', 'whether the user domain is authorised for the product', 'product/not-authorised'],
  ['deviceFound', 'whether the device can be looked up', 'cloud/look-up-fails'],
  ['dataCentreIsHere', "whether the device is this data centre's", 'data-centre/other'],
  ['userMayBind', 'whether the user may bind', 'permission/user'],
  ['productIsForUser', 'whether the product is for this user', 'permission/product'],
  ['productGrants', 'what the product grants', 'permission/product-grants-none'],
  ['sharingNotAccepted', 'whether the user has accepted a sharing', 'sharing/accepted'],
];

/** What the platform's records say of product, device and user (status 5229, 5314, 6083, 5041, 5327, 5358, 6040). */
export const accessMutants: readonly Mutant[] = [
  ...checks.flatMap(([name, what, killedBy]) => {
    const id = `access/${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const encrypted = `${id}-encrypted: does not ask ${what} beside an encrypted bindingCode -> ${killedBy}/encrypted`;
    return changed({
      [`${id}: does not ask ${what} -> ${killedBy}`]: skipped([name]),
      [encrypted]: skipped([name], paths.encrypted),
    });
  }),
  ...changedBy(refuseOnce, {
    'access/product-authorised-once: refuses once for productAuthorised, and not again -> product/not-authorised/again':
      'productAuthorised',
    'access/user-may-bind-once: refuses once for userMayBind, and not again -> permission/user/again': 'userMayBind',
    'access/sharing-not-accepted-once: refuses once for sharingNotAccepted, and not again -> sharing/accepted/again':
      'sharingNotAccepted',
    'access/role-may-bind-once: refuses once for roleMayBind, and not again -> home/ordinary-member/again':
      'roleMayBind',
    'access/device-found-once: refuses once for deviceFound, and not again -> cloud/look-up-fails/again': 'deviceFound',
  }),
  ...changed({
    'access/unknown-dk-is-5412: answers 5412 for a dk that nobody knows -> open/unknown-dk': {
      bindingCodeIsDevices: ({ device, product }) =>
        device === undefined && product?.everyDeviceReady !== true ? 'boundByAnother' : undefined,
    },
    'access/any-user-binds-once: lets a user bind one device of a product -> devices/two-of-a-product': {
      sharingNotAccepted: ({ product, user }, world) => {
        const has = ({ bindings }: Device): boolean => bindings.get(user?.domain ?? '')?.has(user?.uid ?? '') === true;
        return listDevices(world, product?.pk ?? '').some(has) ? 'alreadyBound' : undefined;
      },
    },
    'access/devices-by-first-characters: tells devices apart by the first 12 characters of their dk -> devices/longer-dk':
      { findDevice: (world, pk, dk) => listDevices(world, pk).find((one) => one.dk.slice(0, 12) === dk.slice(0, 12)) },
    'access/devices-by-last-characters: tells devices apart by the last 12 characters of their dk -> devices/alike-at-the-end':
      { findDevice: (world, pk, dk) => listDevices(world, pk).find((one) => one.dk.slice(-12) === dk.slice(-12)) },
    'access/devices-by-dk-alone: takes devices of two products with one dk for one -> devices/same-dk-of-two-products':
      {
        findDevice: (world, pk, dk) =>
          correct.findDevice(world, pk, dk) ??
          [...world.devices.values()].flatMap((devices) => devices.get(dk) ?? [])[0],
        // Whoever binds it, in whatever user domain.
        findBindings: (device) => correct.findBindings(device, ''),
        notBoundByUser: (_, bindings) => (bindings.size > 0 ? 'alreadyBound' : undefined),
      },
  }),
];

/** A check that a user passes at the second attempt, as where the first one has warmed a cache. */
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

function listDevices({ devices }: World, pk: string): readonly Device[] {
  return [...(devices.get(pk)?.values() ?? [])];
}
