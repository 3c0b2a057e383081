import type { Bindings, SharedAttempt, SharedBehaviour, SharedDecision, SharedRefusal } from './attempt.ts';
import { claimsHold, parseToken, tokenIsSigned } from './token.ts';
import { addDevice, findBindings, findDevice, ordinaryDevice, type World } from './world.ts';

/** The decisions of the platform, with those that must come before each, because it uses their results or their records. */
export const sharedNeeds = {
  token: [],
  pkGiven: [],
  dkGiven: [],
  dkFormat: ['dkGiven'],
  deviceNameFormat: [],
  productKnown: ['pkGiven'],
  productAuthorised: ['productKnown', 'token'],
  deviceFound: ['productKnown', 'dkGiven'],
  dataCentreIsHere: ['deviceFound'],
  sharingNotAccepted: ['deviceFound', 'token'],
  userMayBind: ['token'],
  productIsForUser: ['productKnown', 'token'],
  productGrants: ['productKnown'],
  fidFitsHomeMode: ['token'],
  homeIsOwn: ['token', 'fidFitsHomeMode'],
  roleMayBind: ['token'],
  commonListWritable: ['token'],
  bindingCodeIsDevices: ['deviceFound'],
} as const;

/** The decisions of the platform: formats of fields, and its records of the token, the product, the device, the user and the home. */
export const sharedDecisions: { readonly [Name in keyof typeof sharedNeeds]: SharedDecision } = {
  pkGiven: ({ fields }) => (fields.pk ? undefined : 'pkMissing'),
  dkGiven: ({ fields }) => (fields.dk ? undefined : 'dkMissing'),
  dkFormat: ({ fields, behaviour }) => (behaviour.dkPattern.test(fields.dk ?? '') ? undefined : 'dkFormat'),
  // The unit of the limit is open; this server counts UTF-16 units.
  deviceNameFormat: ({ fields, behaviour }) =>
    (fields.deviceName ?? '').length <= behaviour.deviceNameLimit ? undefined : 'deviceNameTooLong',
  token: (attempt, world) => {
    const authorization = attempt.authorization?.trim() ?? '';
    // `Bearer` with nothing after it counts as a missing token.
    if (authorization === '' || /^bearer$/i.test(authorization)) return 'tokenMissing';
    const [, token] = /^bearer +(\S+)$/i.exec(authorization) ?? [];
    const claims = token === undefined ? undefined : attempt.readToken(token);
    if (claims === undefined || !attempt.behaviour.claimsHold(claims, attempt.now)) return 'tokenBad';
    const user = world.users.get(claims.uid);
    if (user === undefined) return 'tokenBad';
    attempt.user = user;
    // The token does not name the user domain; it is found by uid.
    attempt.domainSecret = world.domainSecrets.get(user.domain) ?? '';
    return undefined;
  },
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

/** Decisions from the stored binds: codes 5049 and 5412, and the binding modes. */
export const sharedBindDecisions: Readonly<
  Record<'notBoundByUser' | 'modeAllows', (attempt: SharedAttempt, bindings: Bindings) => SharedRefusal | undefined>
> = {
  notBoundByUser: ({ user }, bindings) => (bindings.has(user?.uid ?? '') ? 'alreadyBound' : undefined),
  modeAllows: ({ product }, bindings) =>
    bindings.size > 0 && product?.bindingMode === 'single' ? 'boundByAnother' : undefined,
};

/** The binds of the request's device, counted per user domain. A device without a record is added. */
function bindingsOf({ behaviour, fields, user }: SharedAttempt, world: World): Bindings {
  const { pk = '', dk = '' } = fields;
  const device = behaviour.findDevice(world, pk, dk) ?? addDevice(world, ordinaryDevice(pk, dk, undefined));
  return behaviour.findBindings(device, user?.domain ?? '');
}

/**
 * Binds the device to the user, or returns the first refusal. Synchronous from the look-up to the stored bind, so exactly one of
 * several requests at once binds.
 */
export function bindUnless<Attempt extends SharedAttempt, Refusal>(
  attempt: Attempt,
  world: World,
  decisions: readonly ((attempt: Attempt, bindings: Bindings) => Refusal | undefined)[],
  store: (attempt: Attempt, bindings: Bindings) => void,
): Refusal | undefined {
  const bindings = bindingsOf(attempt, world);
  for (const decide of decisions) {
    const refusal = decide(attempt, bindings);
    if (refusal !== undefined) return refusal;
  }
  store(attempt, bindings);
  return undefined;
}

/** Stores a bind; in binding mode alternate it replaces the previous one. */
export function record({ user, product, newSecret }: SharedAttempt, bindings: Bindings): void {
  if (product?.bindingMode === 'alternate') bindings.clear();
  bindings.set(user?.uid ?? '', newSecret ?? '');
}

/** The shared parts of the reference servers. */
export const sharedBehaviour: Omit<SharedBehaviour, 'deviceNameLimit'> = {
  parseToken,
  tokenIsSigned,
  claimsHold,
  dkPattern: /^[0-9A-Za-z]{4,32}$/,
  unknownDk: 'binds',
  findDevice,
  findBindings,
  successCode: 200,
};
