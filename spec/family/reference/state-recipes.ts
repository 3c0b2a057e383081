import type { Fixture, StateName } from '../states.ts';
import { accessClaims, type Claims } from './token.ts';
import type { Device, Home, Product, User } from './world.ts';

/** How a state differs from "a device ready to bind". */
export type Recipe = {
  readonly user?: Partial<User>;
  readonly product?: Partial<Product>;
  readonly device?: Partial<Device>;
  readonly home?: Partial<Home>;
  /** Optional fixture members for the caller. */
  readonly fixture?: (made: { fid: string; frid: string; oldSecret: string; otherToken: string }) => Partial<Fixture>;
  readonly boundBy?: 'user' | 'other';
  readonly sharedWithUser?: boolean;
  /** @param hour how long half the life of a token is, in seconds. */
  readonly claims?: (claims: Claims, hour: number) => Partial<Claims>;
};

const inOwnHome: Recipe['fixture'] = ({ fid, frid }) => ({ fid, frid });
const storedSecret: Recipe['fixture'] = ({ oldSecret }) => ({ oldBindingSecret: oldSecret });
/** Gives the token of another user. */
export const withOther: Recipe['fixture'] = ({ otherToken }) => ({ otherToken });

/** How each state differs. */
export const recipes: Readonly<Record<StateName, Recipe>> = {
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
  'an expired token': {
    claims: ({ iat }, hour) => ({ iat: iat - 3 * hour, nbf: iat - 3 * hour - 120, exp: iat - hour }),
  },
  'a refresh token': { claims: ({ exp }) => ({ type: 'RefreshToken', exp: exp + 718 * 3600 }) },
  'a token not yet valid': {
    claims: ({ iat }, hour) => ({ iat: iat + hour, nbf: iat + hour - 120, exp: iat + 3 * hour }),
  },
  'a token for another audience': { claims: () => ({ aud: 'Elsewhere' }) },
  'a product whose every device is ready to bind': { product: { everyDeviceReady: true } },
};

/** The claims of a state's token. @param hour half the life of a valid token, in seconds. */
export function claimsIn(state: StateName, uid: string, jti: string, now: number, hour?: number): Claims {
  const claims = accessClaims(uid, jti, now, hour);
  return { ...claims, ...recipes[state].claims?.(claims, (claims.exp - now) / 2) };
}

/** The claims of a given token: its life is measured in decades, because no one renews it. Its text is not read. */
export function givenTokenClaims(state: StateName, uid: string): Claims {
  const decade = 10 * 365 * 24 * 3600;
  return claimsIn(state, uid, '', Date.UTC(2024) / 1000, decade);
}
