import type { FixtureMember } from '../operation.ts';

/** The name of a member. */
export type FixtureMemberName =
  | 'token'
  | 'pk'
  | 'ps'
  | 'dk'
  | 'bindingCode'
  | 'bindingSecret'
  | 'userDomainSecret'
  | 'oldBindingSecret'
  | 'otherToken'
  | 'pwd'
  | 'fid'
  | 'frid';

/** The members of a fixture that a states handler of the platform returns, in the order of the documentation. */
export const fixtureMembers: Readonly<Record<FixtureMemberName, FixtureMember>> = {
  token: { about: 'access token', secret: true, token: true },
  pk: { about: 'product key', identity: true },
  ps: {
    about: '16 ASCII characters',
    secret: true,
    format: { pattern: /^[\x20-\x7e]{16}$/, says: '16 printable ASCII characters' },
  },
  dk: { about: '4 to 32 letters and digits, new each time', identity: true, declaredBy: 'dkPattern' },
  bindingCode: { about: '16 characters 0-9A-F', secret: true, declaredBy: 'bindingCodePattern' },
  bindingSecret: { about: 'any text without a comma', secret: true },
  userDomainSecret: { about: 'the last part of the signed text', secret: true },
  oldBindingSecret: { about: 'the stored secret, or a random one', secret: true, optional: true },
  otherToken: { about: "another user's access token", secret: true, token: true, optional: true },
  pwd: { about: 'password of the device', secret: true, optional: true },
  fid: { about: 'home (family) id', optional: true },
  frid: { about: 'room id', optional: true },
};
