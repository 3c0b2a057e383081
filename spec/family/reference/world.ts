/** The platform's records: users, user domains, products, devices and their binds. They are in memory, for one process. */

import type { Claims } from './token.ts';

/** A home of a user, with the user's role in it. */
export type Home = {
  readonly fid: string;
  readonly role: 'owner' | 'ordinary';
  readonly commonListWritable: boolean;
};

/** A user of the platform. */
export type User = {
  readonly uid: string;
  readonly domain: string;
  /** Home mode is on if the user has a home. */
  readonly home: Home | undefined;
  readonly mayBind: boolean;
};

/** A product: a kind of device. */
export type Product = {
  readonly pk: string;
  /** Product secret: the AES key. */
  readonly ps: string;
  readonly bindingMode: 'multi' | 'single' | 'alternate';
  /** The user domains that the product is linked to. */
  readonly domains: ReadonlySet<string>;
  readonly permission: 'granted' | 'not-for-this-user' | 'grants-none';
  /** Any well-formed dk is a device of this product, and is added when it is bound. */
  readonly everyDeviceReady: boolean;
};

/** A device and the users who have bound it. */
export type Device = {
  readonly pk: string;
  readonly dk: string;
  /** Undefined for a device that was added when it was bound. */
  readonly bindingCode: string | undefined;
  readonly lookUpFails: boolean;
  readonly dataCentre: 'here' | 'elsewhere';
  /** The users who have accepted a sharing of the device. */
  readonly sharees: ReadonlySet<string>;
  /** By user domain: the uid and the bindingSecret of each bind. */
  readonly bindings: Map<string, Map<string, string>>;
};

/** The platform's records. */
export type World = {
  readonly users: Map<string, User>;
  /** userDomainSecret by domain. */
  readonly domainSecrets: Map<string, string>;
  readonly products: Map<string, Product>;
  /** Claims by token, for tokens that were given from outside and are known by their text. */
  readonly tokens: Map<string, Claims>;
  /** The state of a user that only marks the user, by token. */
  readonly marks: Map<string, string>;
  /** The successes that cannot be repeated, of operations without binds. */
  readonly done: Set<string>;
  /** By pk, then by dk, so that removing a product removes its devices. */
  readonly devices: Map<string, Map<string, Device>>;
};

/** Empty records. */
export function emptyWorld(): World {
  return {
    users: new Map(),
    domainSecrets: new Map(),
    products: new Map(),
    tokens: new Map(),
    marks: new Map(),
    done: new Set(),
    devices: new Map(),
  };
}

/** The device, or undefined if it is unknown. */
export function findDevice(world: World, pk: string, dk: string): Device | undefined {
  return world.devices.get(pk)?.get(dk);
}

/** Stores a device. */
export function addDevice(world: World, device: Device): Device {
  const ofProduct = world.devices.get(device.pk) ?? new Map<string, Device>();
  world.devices.set(device.pk, ofProduct.set(device.dk, device));
  return device;
}

/** A device with default values. */
export function ordinaryDevice(pk: string, dk: string, bindingCode: string | undefined): Device {
  return { pk, dk, bindingCode, lookUpFails: false, dataCentre: 'here', sharees: new Set(), bindings: new Map() };
}

/** The binds of a device in one user domain: bindingSecret by uid. */
export function findBindings(device: Device, domain: string): Map<string, string> {
  const known = device.bindings.get(domain);
  if (known !== undefined) return known;
  const fresh = new Map<string, string>();
  device.bindings.set(domain, fresh);
  return fresh;
}
