import type { Decision } from './decision.ts';
import { findDevice } from './world.ts';

type AccessDecision =
  | 'productKnown'
  | 'productAuthorised'
  | 'deviceFound'
  | 'dataCentreIsHere'
  | 'userMayBind'
  | 'productIsForUser'
  | 'productGrants'
  | 'sharingNotAccepted'
  | 'homeIsRight'
  | 'bindingCodeIsDevices';

/** What the platform's records say of the product, the device, the user and the home. */
export const access: { readonly [Name in AccessDecision]: Decision } = {
  productKnown: (attempt, world) => {
    const product = world.products.get(attempt.fields.pk ?? '');
    if (product === undefined) return 'productUnknown';
    attempt.product = product;
    return undefined;
  },
  productAuthorised: ({ product, user }) =>
    product?.domains.has(user?.domain ?? '') === true ? undefined : 'productNotAuthorised',
  deviceFound: (attempt, world) => {
    const { fields, behaviour } = attempt;
    attempt.device = findDevice(world, fields.pk ?? '', fields.dk ?? '');
    // A pure-Bluetooth device may first appear at its first bind, so an unknown dk is no failed look-up.
    if (attempt.device === undefined) return behaviour.unknownDk === 'refused' ? 'deviceNotFound' : undefined;
    return attempt.device.lookUpFails ? 'deviceNotFound' : undefined;
  },
  dataCentreIsHere: ({ device }) => (device?.dataCentre === 'elsewhere' ? 'otherDataCentre' : undefined),
  userMayBind: ({ user }) => (user?.mayBind === true ? undefined : 'userMayNotBind'),
  productIsForUser: ({ product }) => (product?.permission === 'not-for-this-user' ? 'productNotForUser' : undefined),
  productGrants: ({ product }) => (product?.permission === 'grants-none' ? 'productGrantsNone' : undefined),
  sharingNotAccepted: ({ device, user }) =>
    device?.sharees.has(user?.uid ?? '') === true ? 'sharingAccepted' : undefined,
  homeIsRight: ({ user, fields }) => {
    const home = user?.home;
    if (home === undefined) return fields.fid ? 'homeModeOff' : undefined;
    if (!fields.fid) return 'fidMissing';
    // fid is not signed: whose home it is, only the records tell. A room is only a label and is not checked.
    if (fields.fid !== home.fid) return 'foreignHome';
    if (home.role === 'ordinary') return 'ordinaryMember';
    // Asked before the bind, so that a refusal leaves no trace.
    return fields.isCommonDevice !== false && !home.commonListWritable ? 'commonListFails' : undefined;
  },
  bindingCodeIsDevices: ({ device, code }) =>
    device?.bindingCode === undefined || device.bindingCode === code ? undefined : 'bindingCodeWrong',
};
