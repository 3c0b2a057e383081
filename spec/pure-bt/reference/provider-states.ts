import { randomInt, randomUUID } from 'node:crypto';
import type { Fixture, StateName } from '../states.ts';
import type { Claims, TokenKey } from './token.ts';
import { accessClaims, issueToken } from './token.ts';
import type { Device, Home, Product, User, World } from './world.ts';
import { addDevice, findBindings, ordinaryDevice } from './world.ts';

/** The provider states of a server: each set-up makes a new user, product and device. */
export type ProviderStates = {
  /** The fixture of a state; the same fixture for the same id. */
  readonly setup: (state: StateName, id: string) => Fixture;
  /** Removes what the set-up of an id made; does nothing for an unknown id. */
  readonly teardown: (id: string) => void;
};

/** A layer between the states endpoint and the states; it returns undefined for an unsupported state. */
export type StatesWire = (
  setup: ProviderStates['setup'],
) => (...asked: Parameters<ProviderStates['setup']>) => Fixture | undefined;

/** How a state differs from "a device ready to bind". */
type Recipe = {
  readonly user?: Partial<User>;
  readonly product?: Partial<Product>;
  readonly device?: Partial<Device>;
  readonly home?: Partial<Home>;
  /** Optional fixture members for the caller. */
  readonly fixture?: (made: { fid: string; frid: string; oldSecret: string; otherToken: string }) => Partial<Fixture>;
  readonly boundBy?: 'user' | 'other';
  readonly sharedWithUser?: boolean;
  readonly claims?: (claims: Claims) => Partial<Claims>;
};

const hour = 3600;
const inOwnHome: Recipe['fixture'] = ({ fid, frid }) => ({ fid, frid });
const storedSecret: Recipe['fixture'] = ({ oldSecret }) => ({ oldBindingSecret: oldSecret });
const withOther: Recipe['fixture'] = ({ otherToken }) => ({ otherToken });

const recipes: Readonly<Record<StateName, Recipe>> = {
  'a device ready to bind': {},
  'a device ready to bind in a home': { home: {}, fixture: inOwnHome },
  'a device the user has already bound': { boundBy: 'user' },
  'a device nobody has bound': { fixture: storedSecret },
  'a device bound by another user, binding mode multi': { boundBy: 'other', fixture: storedSecret },
  'a device bound by another user, binding mode single': { boundBy: 'other', product: { bindingMode: 'single' } },
  'a device bound by another user, binding mode alternate': {
    boundBy: 'other',
    product: { bindingMode: 'alternate' },
    fixture: storedSecret,
  },
  'two users, binding mode single': { product: { bindingMode: 'single' }, fixture: withOther },
  'two users, binding mode alternate': { product: { bindingMode: 'alternate' }, fixture: withOther },
  'a user without permission': { user: { mayBind: false } },
  'a product the user domain is not authorised for': { product: { domains: new Set() } },
  'a product the user has no permission for': { product: { permission: 'not-for-this-user' } },
  'a product that grants no permission': { product: { permission: 'grants-none' } },
  'a device the cloud cannot look up': { device: { lookUpFails: true } },
  'home mode on': { home: {} },
  'home mode off': { fixture: ({ fid }) => ({ fid }) },
  'an ordinary member of the home': { home: { role: 'ordinary' }, fixture: inOwnHome },
  'a home whose common-device list cannot be written': { home: { commonListWritable: false }, fixture: inOwnHome },
  'a device whose sharing the user has accepted': { sharedWithUser: true },
  'a device registered in another data centre': { device: { dataCentre: 'elsewhere' } },
  'an expired token': { claims: ({ iat }) => ({ iat: iat - 3 * hour, nbf: iat - 3 * hour - 120, exp: iat - hour }) },
  'a refresh token': { claims: ({ iat }) => ({ type: 'RefreshToken', exp: iat + 720 * hour }) },
  'a token not yet valid': { claims: ({ iat }) => ({ iat: iat + hour, nbf: iat + hour - 120, exp: iat + 3 * hour }) },
  'a token for another audience': { claims: () => ({ aud: 'Elsewhere' }) },
  'a product whose every device is ready to bind': { product: { everyDeviceReady: true } },
};

/** The provider states of a world. */
export function createProviderStates(world: World, key: TokenKey): ProviderStates {
  const made = new Map<string, { fixture: Fixture; undo: () => void }>();
  return {
    setup: (state, id) => {
      const known = made.get(id);
      if (known !== undefined) return known.fixture;
      const fresh = setUp(world, key, recipes[state]);
      made.set(id, fresh);
      return fresh.fixture;
    },
    teardown: (id) => {
      made.get(id)?.undo();
      made.delete(id);
    },
  };
}

function setUp(world: World, key: TokenKey, recipe: Recipe): { fixture: Fixture; undo: () => void } {
  const domain = randomUUID();
  const userDomainSecret = letters(44);
  const [fid, frid, oldSecret] = [`f${digits(12)}`, `r${digits(12)}`, letters(16)];
  const home: Home | undefined =
    recipe.home === undefined ? undefined : { fid, role: 'owner', commonListWritable: true, ...recipe.home };
  const user: User = { uid: `u${randomUUID()}`, domain, home, mayBind: true, ...recipe.user };
  const other: User = { uid: `u${randomUUID()}`, domain, home: undefined, mayBind: true };
  const product: Product = {
    pk: freePk(world),
    ps: letters(16),
    bindingMode: 'multi',
    domains: new Set([domain]),
    permission: 'granted',
    everyDeviceReady: false,
    ...recipe.product,
  };
  const { pk } = product;
  const device: Device = {
    ...ordinaryDevice(pk, from(hexUpper, 12), from(hexUpper, 16)),
    sharees: new Set(recipe.sharedWithUser === true ? [user.uid] : []),
    ...recipe.device,
  };

  world.domainSecrets.set(domain, userDomainSecret);
  world.users.set(user.uid, user).set(other.uid, other);
  world.products.set(pk, product);
  // If every device is ready to bind, no device is stored: each is added when it is bound.
  if (!product.everyDeviceReady) addDevice(world, device);
  if (recipe.boundBy !== undefined) {
    findBindings(device, domain).set(recipe.boundBy === 'user' ? user.uid : other.uid, oldSecret);
  }

  const claims = accessClaims(user.uid, randomUUID(), now());
  const otherToken = (): string => issueToken(accessClaims(other.uid, randomUUID(), now()), key);
  return {
    fixture: {
      token: issueToken({ ...claims, ...recipe.claims?.(claims) }, key),
      pk,
      ps: product.ps,
      dk: device.dk,
      bindingCode: device.bindingCode ?? '',
      bindingSecret: letters(16),
      userDomainSecret,
      ...(recipe.fixture === undefined
        ? {}
        : recipe.fixture({ fid, frid, oldSecret, otherToken: recipe.fixture === withOther ? otherToken() : '' })),
    },
    undo: () => {
      world.domainSecrets.delete(domain);
      world.users.delete(user.uid);
      world.users.delete(other.uid);
      world.products.delete(pk);
      world.devices.delete(pk);
    },
  };
}

const hexUpper = '0123456789ABCDEF';
const alphanumeric = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function now(): number {
  return Math.floor(Date.now() / 1000);
}

/** An unused pk like real ones: `p1` and four characters. They are so short that two can be equal. */
function freePk(world: World): string {
  const pk = `p1${letters(4)}`;
  return world.products.has(pk) ? freePk(world) : pk;
}

function letters(length: number): string {
  return from(alphanumeric, length);
}

function digits(length: number): string {
  return from('0123456789', length);
}

function from(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
