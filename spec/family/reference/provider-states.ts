import { randomInt, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Fixture, StateName } from '../states.ts';
import { claimsIn, givenTokenClaims, recipes, withOther } from './state-recipes.ts';
import { accessClaims, type Claims, issueToken, type TokenKey } from './token.ts';
import {
  addDevice,
  type Device,
  findBindings,
  type Home,
  ordinaryDevice,
  type Product,
  type User,
  type World,
} from './world.ts';

/** The provider states of a server: each set-up makes a new user, product and device. */
export type ProviderStates = {
  /**
   * The fixture of a state; the same fixture for the same id.
   * @param given the fixture to use, in place of a random one. Fixtures with the same token share a user, with the same
   * secret a user domain, and with the same pk a product.
   * @throws FixtureConflict if a shared user or product would need two different records.
   */
  readonly setup: (state: StateName, id: string, given?: Fixture) => Fixture;
  /** Removes what the set-up of an id made; does nothing for an unknown id. */
  readonly teardown: (id: string) => void;
};

/** Two given fixtures that share a user or product and need different ones; the message names the member, not its value. */
export class FixtureConflict extends Error {
  override readonly name = 'FixtureConflict';
}

/** The provider states of a world. */
export function createProviderStates(world: World, key: TokenKey): ProviderStates {
  const made = new Map<string, { fixture: Fixture; undo: () => void }>();
  return {
    setup: (state, id, given) => {
      const known = made.get(id);
      if (known !== undefined) return known.fixture;
      const fresh = setUp(world, state, given === undefined ? madeUp(world, state, key) : asGiven(state, given));
      made.set(id, fresh);
      return fresh.fixture;
    },
    teardown: (id) => {
      made.get(id)?.undo();
      made.delete(id);
    },
  };
}

type Values = ReturnType<typeof madeUp>;

function madeUp(world: World, state: StateName, key: TokenKey) {
  const [uid, otherUid] = [`u${randomUUID()}`, `u${randomUUID()}`];
  const [fid, frid, oldSecret] = [`f${digits(12)}`, `r${digits(12)}`, letters(16)];
  const { fixture: more } = recipes[state];
  const otherToken = (): string => issueToken(accessClaims(otherUid, randomUUID(), now()), key);
  const fixture: Fixture = {
    token: issueToken(claimsIn(state, uid, randomUUID(), now()), key),
    pk: freePk(world),
    ps: letters(16),
    dk: from(hexUpper, 12),
    bindingCode: from(hexUpper, 16),
    bindingSecret: letters(16),
    userDomainSecret: letters(44),
    ...more?.({ fid, frid, oldSecret, otherToken: more === withOther ? otherToken() : '' }),
  };
  /** Tokens that are known by their text. */
  const tokens: readonly (readonly [token: string, claims: Claims])[] = [];
  return { fixture, uid, otherUid, domain: String(randomUUID()), fid, oldSecret, tokens };
}

/** Ids that follow from the given values, so that fixtures which share a value share the record. */
function asGiven(state: StateName, fixture: Fixture): Values {
  const { token, otherToken, userDomainSecret: domain, fid = '', oldBindingSecret: oldSecret = letters(16) } = fixture;
  const [uid, otherUid] = [`u ${token}`, otherToken === undefined ? 'another user' : `u ${otherToken}`];
  const tokens = [
    [token, givenTokenClaims(state, uid)] as const,
    ...(otherToken === undefined ? [] : [[otherToken, givenTokenClaims(state, otherUid)] as const]),
  ];
  return { fixture, uid, otherUid, domain, fid, oldSecret, tokens };
}

function setUp(
  world: World,
  state: StateName,
  { fixture, uid, otherUid, domain, fid, oldSecret, tokens }: Values,
): { fixture: Fixture; undo: () => void } {
  const recipe = recipes[state];
  const { pk, dk, ps, bindingCode, userDomainSecret } = fixture;
  const home: Home | undefined =
    recipe.home === undefined ? undefined : { fid, role: 'owner', commonListWritable: true, ...recipe.home };
  const user: User = { uid, domain, home, mayBind: true, ...recipe.user };
  const other: User = { uid: otherUid, domain, home: undefined, mayBind: true };
  const product: Product = {
    pk,
    ps,
    bindingMode: 'multi',
    domains: new Set([domain]),
    permission: 'granted',
    everyDeviceReady: false,
    ...recipe.product,
  };
  const device: Device = {
    ...ordinaryDevice(pk, dk, bindingCode),
    sharees: new Set(recipe.sharedWithUser === true ? [uid] : []),
    ...recipe.device,
  };

  world.domainSecrets.set(domain, userDomainSecret);
  for (const [token, claims] of tokens) share(world.tokens, token, claims, 'token');
  share(world.users, uid, user, 'token');
  world.users.set(otherUid, other);
  share(world.products, pk, product, 'pk');
  // If every device is ready to bind, no device is stored: each is added when it is bound.
  if (!product.everyDeviceReady) addDevice(world, device);
  if (recipe.boundBy !== undefined) {
    findBindings(device, domain).set(recipe.boundBy === 'user' ? uid : otherUid, oldSecret);
  }
  return {
    fixture,
    undo: () => {
      world.domainSecrets.delete(domain);
      for (const [token] of tokens) world.tokens.delete(token);
      world.users.delete(uid);
      world.users.delete(otherUid);
      world.products.delete(pk);
      world.devices.delete(pk);
    },
  };
}

function share<Key, Value>(records: Map<Key, Value>, key: Key, value: Value, member: 'token' | 'pk'): void {
  const known = records.get(key);
  if (known !== undefined && !isDeepStrictEqual(known, value)) {
    throw new FixtureConflict(
      `another state gives the same ${member}, and its ${member === 'pk' ? 'product' : 'user'} differs`,
    );
  }
  records.set(key, value);
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
