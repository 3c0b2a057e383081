/** Names and fixtures of the provider states, which every server's states handler implements. */

/** A states handler's answer to a set-up: one device that no earlier set-up has returned. */
export type Fixture = {
  /** The user's access token, with or without `Bearer `. */
  readonly token: string;
  readonly pk: string;
  /** Product secret: 16 ASCII characters, the AES key. */
  readonly ps: string;
  readonly dk: string;
  readonly bindingCode: string;
  readonly bindingSecret: string;
  readonly userDomainSecret: string;
  /** The secret that an earlier bind has stored. */
  readonly oldBindingSecret?: string;
  /** Another user's access token, for states with two users. */
  readonly otherToken?: string;
  readonly pwd?: string;
  readonly fid?: string;
  readonly frid?: string;
};

/** Every provider state, with the optional fixture fields it must return. */
export const states = {
  'a device ready to bind': [],
  'a device ready to bind in a home': ['fid', 'frid'],
  'a device the user has already bound': [],
  'a device nobody has bound': ['oldBindingSecret'],
  'a device bound by another user, binding mode multi': ['oldBindingSecret'],
  'a device bound by another user, binding mode single': [],
  'a device bound by another user, binding mode alternate': ['oldBindingSecret'],
  'two users, binding mode single': ['otherToken'],
  'two users, binding mode alternate': ['otherToken'],
  'a user without permission': [],
  'a product the user domain is not authorised for': [],
  'a product the user has no permission for': [],
  'a product that grants no permission': [],
  'a device the cloud cannot look up': [],
  'home mode on': [],
  'home mode off': ['fid'],
  'an ordinary member of the home': ['fid'],
  'a home whose common-device list cannot be written': ['fid'],
  'a device whose sharing the user has accepted': [],
  'a device registered in another data centre': [],
  'an expired token': [],
  'a refresh token': [],
  'a token not yet valid': [],
  'a token for another audience': [],
  'a product whose every device is ready to bind': [],
} as const;

/** The name of a provider state. */
export type StateName = keyof typeof states;

/** The names of all states, in the order of the table. */
export const stateNames: readonly StateName[] = Object.keys(states) as StateName[];

/** Whether a text names a provider state. */
export function isStateName(name: string): name is StateName {
  return Object.hasOwn(states, name);
}
