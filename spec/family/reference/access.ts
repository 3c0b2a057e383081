import type { SharedDecision } from './attempt.ts';

type AccessDecision =
  | 'productKnown'
  | 'productAuthorised'
  | 'deviceFound'
  | 'dataCentreIsHere'
  | 'userMayBind'
  | 'productIsForUser'
  | 'productGrants'
  | 'sharingNotAccepted'
  | 'fidFitsHomeMode'
  | 'homeIsOwn'
  | 'roleMayBind'
  | 'commonListWritable'
  | 'bindingCodeIsDevices';

/** Decisions from the platform's records of the product, the device, the user and the home. */
export const access: { readonly [Name in AccessDecision]: SharedDecision } = {
  productKnown: (attempt, world) => {
    const product = world.products.get(attempt.fields.pk ?? '');
    if (product === undefined) return 'productUnknown';
    attempt.product = product;
    return undefined;
  },
  productAuthorised: ({ product, user }) =>
    product?.domains.has(user?.domain ?? '') === true ? undefined : 'productNotAuthorised',
  deviceFound: (attempt, world) => {
    const { fields, behaviour, product } = attempt;
    attempt.device = behaviour.findDevice(world, fields.pk ?? '', fields.dk ?? '');
    if (attempt.device !== undefined) return attempt.device.lookUpFails ? 'deviceNotFound' : undefined;
    // The cloud may first see a pure-Bluetooth device when it is bound, so an unknown dk is not a failed look-up.
    const mayAppear = behaviour.unknownDk === 'binds' || product?.everyDeviceReady === true;
    return mayAppear ? undefined : 'deviceNotFound';
  },
  dataCentreIsHere: ({ device }) => (device?.dataCentre === 'elsewhere' ? 'otherDataCentre' : undefined),
  userMayBind: ({ user }) => (user?.mayBind === true ? undefined : 'userMayNotBind'),
  productIsForUser: ({ product }) => (product?.permission === 'not-for-this-user' ? 'productNotForUser' : undefined),
  productGrants: ({ product }) => (product?.permission === 'grants-none' ? 'productGrantsNone' : undefined),
  sharingNotAccepted: ({ device, user }) =>
    device?.sharees.has(user?.uid ?? '') === true ? 'sharingAccepted' : undefined,
  fidFitsHomeMode: ({ user, fields }) => {
    if (user?.home === undefined) return fields.fid ? 'homeModeOff' : undefined;
    return fields.fid ? undefined : 'fidMissing';
  },
  // fid is not signed, so only the records show that the home belongs to the user. A room is only a label and not checked.
  homeIsOwn: ({ user, fields }) =>
    user?.home === undefined || fields.fid === user.home.fid ? undefined : 'foreignHome',
  roleMayBind: ({ user }) => (user?.home?.role === 'ordinary' ? 'ordinaryMember' : undefined),
  // Checked before the bind, so that a refusal has no effect.
  commonListWritable: ({ user, fields }) =>
    fields.isCommonDevice !== false && user?.home?.commonListWritable === false ? 'commonListFails' : undefined,
  // The plain code may be compared before its format is checked.
  bindingCodeIsDevices: ({ device, fields, code = fields.bindingCode }) =>
    device?.bindingCode === undefined || device.bindingCode === code ? undefined : 'bindingCodeWrong',
};
