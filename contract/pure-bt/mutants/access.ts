import type { DecisionName } from '../../../spec/pure-bt/reference/behaviour.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Decision } from '../../../spec/pure-bt/reference/decision.ts';
import { findDevice } from '../../../spec/pure-bt/reference/world.ts';
import type { Mutant } from '../../mutants/mutant.ts';
import { kebab, paths, skipped, skippedOn } from './paths.ts';

/** What the platform's records say of product, device and user (status 5229, 5314, 6083, 5041, 5327, 5358, 6040). */
export const accessMutants: readonly Mutant[] = [
  ...check('productAuthorised', 'whether the user domain is authorised for the product', 'product/not-authorised'),
  ...check('deviceFound', 'whether the device can be looked up', 'cloud/look-up-fails'),
  ...check('dataCentreIsHere', "whether the device is this data centre's", 'data-centre/other'),
  ...check('userMayBind', 'whether the user may bind', 'permission/user'),
  ...check('productIsForUser', 'whether the product is for this user', 'permission/product'),
  ...check('productGrants', 'what the product grants', 'permission/product-grants-none'),
  ...check('sharingNotAccepted', 'whether the user has accepted a sharing', 'sharing/accepted'),
  once('productAuthorised', 'product/not-authorised'),
  once('userMayBind', 'permission/user'),
  once('sharingNotAccepted', 'sharing/accepted'),
  once('roleMayBind', 'home/ordinary-member'),
  once('deviceFound', 'cloud/look-up-fails'),
  {
    id: 'access/unknown-dk-is-5412',
    breaks: 'answers 5412 for a dk that nobody knows',
    killedBy: ['open/unknown-dk'],
    override: {
      bindingCodeIsDevices: ({ device, product }) =>
        device === undefined && product?.everyDeviceReady !== true ? 'boundByAnother' : undefined,
    },
  },
  {
    id: 'access/any-user-binds-once',
    breaks: 'lets a user bind one device of a product',
    killedBy: ['devices/two-of-a-product'],
    override: {
      sharingNotAccepted: ({ product, user }, world) =>
        [...(world.devices.get(product?.pk ?? '')?.values() ?? [])].some(
          ({ bindings }) => bindings.get(user?.domain ?? '')?.has(user?.uid ?? '') === true,
        )
          ? 'alreadyBound'
          : undefined,
    },
  },
  {
    id: 'access/devices-by-first-characters',
    breaks: 'tells devices apart by the first 12 characters of their dk',
    killedBy: ['devices/longer-dk'],
    override: {
      findDevice: (world, pk, dk) =>
        [...(world.devices.get(pk)?.values() ?? [])].find((device) => device.dk.slice(0, 12) === dk.slice(0, 12)),
    },
  },
  {
    id: 'access/devices-by-last-characters',
    breaks: 'tells devices apart by the last 12 characters of their dk',
    killedBy: ['devices/alike-at-the-end'],
    override: {
      findDevice: (world, pk, dk) =>
        [...(world.devices.get(pk)?.values() ?? [])].find((device) => device.dk.slice(-12) === dk.slice(-12)),
    },
  },
  {
    id: 'access/devices-by-dk-alone',
    breaks: 'takes devices of two products with one dk for one',
    killedBy: ['devices/same-dk-of-two-products'],
    override: {
      findDevice: (world, pk, dk) =>
        findDevice(world, pk, dk) ?? [...world.devices.values()].flatMap((devices) => devices.get(dk) ?? [])[0],
      bindingsOf: (device) => {
        const all = device.bindings.get('') ?? new Map<string, string>();
        device.bindings.set('', all);
        return all;
      },
      notBoundByUser: (_, bindings) => (bindings.size > 0 ? 'alreadyBound' : undefined),
    },
  },
];

/** A check that is never made, and one that an encrypted bindingCode skips. */
function check(name: DecisionName, what: string, killedBy: string): readonly Mutant[] {
  const id = `access/${kebab(name)}`;
  const encrypted = skippedOn(paths.encrypted, name);
  return [
    { id, breaks: `does not ask ${what}`, killedBy: [killedBy], override: skipped(name) },
    {
      id: `${id}-encrypted`,
      breaks: `does not ask ${what} beside an encrypted bindingCode`,
      killedBy: [`${killedBy}/encrypted`],
      override: encrypted,
    },
  ];
}

/** A check that a user passes at the second attempt, as where the first one has warmed a cache. */
function once(name: DecisionName, killedBy: string): Mutant {
  const refused = new Set<string>();
  const decision: Decision = (attempt, world) => {
    const refusal = correct[name](attempt, world);
    const uid = attempt.user?.uid ?? '';
    if (refused.has(uid)) return undefined;
    if (refusal !== undefined) refused.add(uid);
    return refusal;
  };
  return {
    id: `access/${kebab(name)}-once`,
    breaks: `refuses once for ${name}, and not again`,
    killedBy: [`${killedBy}/again`],
    override: { [name]: decision },
  };
}
