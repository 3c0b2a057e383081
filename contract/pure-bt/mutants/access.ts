import type { World } from '../../../spec/family/reference/world.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Behaviour, DecisionName } from '../../../spec/pure-bt/reference/decision.ts';
import { again } from '../../family/mutants/checks.ts';
import { anyProduct, hasBoundAnother, knownBy } from '../../family/mutants/effects.ts';
import { forgetting, sameLength, samePart, skipping } from '../../mutants/operators.ts';
import { changed, changedBy, type Mutant, type Path, paths, skipped } from './server.ts';

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
  // A user passes at the second attempt, for example because of a cache.
  ...changedBy((name: DecisionName) => ({ [name]: forgetting(correct[name], again()) }), {
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

const ownWhereGiven: Partial<Behaviour> = skipped(['homeIsOwn'], ({ fields }) => !fields.fid);

/** Homes (status 5636, 5624, 5669, 5893): `fid` is not signed, so only the records show the owner. */
export const homeMutants: readonly Mutant[] = [
  ...changed({
    'home/fid-not-needed: binds without a fid in home mode -> home/on-without-fid': skipped(
      ['fidFitsHomeMode', 'homeIsOwn'],
      ({ fields }) => !fields.fid,
    ),
    'home/room-is-enough: accepts a frid instead of the fid -> home/on-frid-alone': {
      ...skipped(['fidFitsHomeMode'], ({ fields }) => Boolean(fields.frid)),
      ...ownWhereGiven,
    },
    'home/fid-fits-home-mode-not-common: accepts a missing fid if isCommonDevice is false -> home/on-not-common': {
      ...skipped(['fidFitsHomeMode'], paths.notCommon),
      ...ownWhereGiven,
    },
    'home/mode-not-asked: accepts a fid with home mode off -> home/off-with-fid home/off-not-common': {
      fidFitsHomeMode: ({ user, fields }) => (user?.home !== undefined && !fields.fid ? 'fidMissing' : undefined),
    },
    'home/mode-not-asked-not-common: accepts a fid with home mode off if isCommonDevice is false -> home/off-not-common':
      skipped(['fidFitsHomeMode'], (attempt) => attempt.user?.home === undefined && paths.notCommon(attempt)),
    'home/home-is-own-not-common: accepts a foreign home if isCommonDevice is false -> foreign-home/not-common':
      skipped(['homeIsOwn'], paths.notCommon),
    'home/role: does not check the role in the home -> home/ordinary-member home/ordinary-member-not-common': skipped([
      'roleMayBind',
    ]),
    'home/role-may-bind-not-common: accepts an ordinary member if isCommonDevice is false -> home/ordinary-member-not-common':
      skipped(['roleMayBind'], paths.notCommon),
    'home/role-encrypted: does not check the role if the bindingCode is encrypted -> home/ordinary-member/encrypted':
      skipped(['roleMayBind'], paths.encrypted),
    'home/nobody-may: also rejects the owner of the home -> bind/home bind/home-encrypted': {
      roleMayBind: ({ user }) => (user?.home === undefined ? undefined : 'ordinaryMember'),
    },
  }),
  ...changedBy((path: Path) => skipped(['homeIsOwn'], path), {
    'home/foreign: accepts any fid -> foreign-home/of-somebody-else foreign-home/of-nobody': () => true,
    'home/foreign-without-room: checks the owner of the home only if a room is given -> foreign-home/of-somebody-else-alone':
      ({ fields }) => fields.frid === undefined,
    'home/foreign-with-room: accepts any home that is given with a room -> foreign-home/of-somebody-else': ({
      fields,
    }) => fields.frid !== undefined,
    'home/foreign-encrypted: accepts any home if the bindingCode is encrypted -> foreign-home/of-somebody-else-encrypted':
      paths.encrypted,
  }),
  ...changedBy(owned, {
    'home/own-by-exists: checks that the home exists, but not its owner -> foreign-home/of-somebody-else': (
      fid,
      _,
      { users },
    ) => [...users.values()].some(({ home }) => home?.fid === fid),
    'home/own-by-first-characters: compares only the first character of a fid -> foreign-home/of-nobody': samePart(
      0,
      1,
    ),
    'home/own-by-length: compares only the length of a fid -> foreign-home/of-somebody-else': sameLength,
  }),
  ...changedBy(commonList, {
    'home/common-list-not-asked: does not report a common-device list that it cannot write -> home/common-list-fails':
      () => false,
    'home/common-list-asked-where-true: treats a missing isCommonDevice as false -> home/common-list-fails': ({
      fields,
    }) => fields.isCommonDevice === true,
    'home/common-list-asked-by-default: treats isCommonDevice true as false -> home/common-list-fails-asked': ({
      fields,
    }) => fields.isCommonDevice === undefined,
    'home/common-list-always-asked: writes the common-device list although isCommonDevice is false -> home/common-list-not-asked':
      () => true,
  }),
];

function owned(isOwn: (fid: string, own: string, world: World) => boolean): Partial<Behaviour> {
  return {
    homeIsOwn: skipping(correct.homeIsOwn, ({ user, fields }, world) =>
      isOwn(fields.fid ?? '', user?.home?.fid ?? '', world),
    ),
  };
}

function commonList(isAsked: Path): Partial<Behaviour> {
  return {
    commonListWritable: (attempt) =>
      isAsked(attempt) && attempt.user?.home?.commonListWritable === false ? 'commonListFails' : undefined,
  };
}
