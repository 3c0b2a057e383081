import type { Behaviour } from '../../../../spec/pure-bt/reference/behaviour.ts';
import type { Attempt, Decision } from '../../../../spec/pure-bt/reference/decision.ts';
import type { World } from '../../../../spec/pure-bt/reference/world.ts';
import type { Reading } from './reading.ts';

type Refusal = keyof Behaviour['codes'];

/** Faults for which the document has no code, or more than one, and codes that servers have been seen to use. */
const undocumented: readonly Refusal[] = [
  'notReadable',
  'signatureWrong',
  'signatureMissing',
  'newSecretMissing',
  'newSecretBad',
  'oldSecretBad',
  'randomFormat',
  'foreignHome',
  'bindingCodeWrong',
];
const codes = [400, 1001, 4003, 5000, 5041, 5420, 5421, 5459, 5465, 5550, 5999];

/** What the records say, who is asked first, and the codes of what the document has no code for. */
export const recordReadings: readonly Reading[] = [
  ...undocumented.flatMap((name) => codes.map((code) => coded(`code-${name}/${code}`, { [name]: code }))),
  coded('code-bindingCodeFormat/5460', { bindingCodeFormat: 5460 }),
  coded('code-bindingCodeFormat/5461', { bindingCodeFormat: 5461 }),
  coded('code-pwdFormat/5353', { pwdFormat: 5353 }),
  coded('code-product/5313', { productUnknown: 5313 }),
  coded('code-product/5339', { productUnknown: 5339 }),
  coded('code-product/5229', { productUnknown: 5229 }),
  coded('code-product/4404', { productUnknown: 4404 }),
  coded('code-device/5493', { deviceNotFound: 5493 }),
  coded('code-permission/turned', { userMayNotBind: 5327, productNotForUser: 5358, productGrantsNone: 5041 }),
  coded('code-permission/one', { userMayNotBind: 5041, productNotForUser: 5041, productGrantsNone: 5041 }),
  {
    id: 'unknown-dk/refused',
    differs: 'refuses a dk that it has never seen',
    override: () => ({ unknownDk: 'refused' }),
  },
  {
    id: 'old-unbound/ignored',
    differs: 'ignores an old bindingSecret of a device that is not bound',
    override: () => ({ oldSecretWhenUnbound: 'ignored' }),
  },
  {
    id: 'old-unbound/bad-secret',
    differs: 'finds an old bindingSecret wrong where none is stored',
    override: (inner) => ({
      oldSecretIsStored: (attempt, bindings) => {
        const refused = inner.oldSecretIsStored(attempt, bindings);
        return refused === 'notBound' ? 'oldSecretBad' : refused;
      },
    }),
  },
  {
    id: 'binds-asked/early',
    differs: 'looks at the binds on record as soon as it has found the device',
    override: (inner) => ({
      deviceFound: (attempt, world) => inner.deviceFound(attempt, world) ?? askedEarly(attempt),
    }),
  },
  ...[
    ['notBoundByUser', 'modeAllows', 'oldSecretIsStored'],
    ['oldSecretIsStored', 'notBoundByUser', 'modeAllows'],
    ['oldSecretIsStored', 'modeAllows', 'notBoundByUser'],
    ['modeAllows', 'notBoundByUser', 'oldSecretIsStored'],
    ['modeAllows', 'oldSecretIsStored', 'notBoundByUser'],
  ].map(
    (bindOrder): Reading => ({
      id: `bind-order/${bindOrder.join('-')}`,
      differs: `asks the binds in the order ${bindOrder.join(', ')}`,
      override: () => ({ bindOrder: bindOrder as Behaviour['bindOrder'] }),
    }),
  ),
  {
    id: 'common-list/after-bind',
    differs: 'writes the common-device list after the bind, which stays when that fails',
    override: (inner) => ({
      order: inner.order.filter((name) => name !== 'commonListWritable'),
      bind: (attempt, world) => inner.bind(attempt, world) ?? inner.commonListWritable(attempt, world),
    }),
  },
  {
    id: 'empty-fid/is-one',
    differs: 'looks for the home of an empty fid',
    override: (inner) => ({
      fidFitsHomeMode: (attempt, world) =>
        attempt.fields.fid === '' && attempt.user?.home !== undefined
          ? 'foreignHome'
          : inner.fidFitsHomeMode(attempt, world),
    }),
  },
  {
    id: 'pk-case/any',
    differs: 'ignores the letter case of a pk',
    override: (inner) => ({
      productKnown: (attempt, world) =>
        inner.productKnown(withPk(attempt, world), world) ?? keepProduct(attempt, world),
      findDevice: (world, pk, dk) => inner.findDevice(world, pkIn(world, pk), dk),
    }),
  },
  {
    id: 'dk-case/any',
    differs: 'ignores the letter case of a dk',
    override: (inner) => ({
      findDevice: (world, pk, dk) =>
        inner.findDevice(world, pk, dk) ??
        [...(world.devices.get(pk)?.values() ?? [])].find((device) => device.dk.toLowerCase() === dk.toLowerCase()),
    }),
  },
  {
    id: 'bearer-alone/bad',
    differs: 'takes Bearer with nothing after it for a bad token',
    override: (inner) => ({ token: bearerAlone(inner.token) }),
  },
  {
    id: 'other-scheme/missing',
    differs: 'takes a token of another scheme for none',
    override: (inner) => ({
      token: (attempt, world) =>
        /^(?!bearer\b)\S+ /i.test(attempt.authorization?.trim() ?? '') ? 'tokenMissing' : inner.token(attempt, world),
    }),
  },
];

function coded(id: string, changed: Partial<Behaviour['codes']>): Reading {
  const said = Object.entries(changed).map(([name, code]) => `${name} with ${code}`);
  return {
    id,
    differs: `answers ${said.join(', ')}`,
    override: (inner) => ({ codes: { ...inner.codes, ...changed } }),
  };
}

/** A first look at the binds; the last word is the bind's own. */
function askedEarly(attempt: Attempt): ReturnType<Decision> {
  const { behaviour, device, user } = attempt;
  if (device === undefined || user === undefined) return undefined;
  const bindings = behaviour.bindingsOf(device, user.domain);
  return behaviour.notBoundByUser(attempt, bindings) ?? behaviour.modeAllows(attempt, bindings);
}

function bearerAlone(token: Decision): Decision {
  return (attempt, world) =>
    /^bearer$/i.test(attempt.authorization?.trim() ?? '') ? 'tokenBad' : token(attempt, world);
}

/** The pk on record that a given one means. */
function pkIn(world: World, pk: string): string {
  if (world.products.has(pk)) return pk;
  return [...world.products.keys()].find((known) => known.toLowerCase() === pk.toLowerCase()) ?? pk;
}

function withPk(attempt: Attempt, world: World): Attempt {
  return { ...attempt, fields: { ...attempt.fields, pk: pkIn(world, attempt.fields.pk ?? '') } };
}

/** The product that was found for the copy of an attempt belongs to the attempt. */
function keepProduct(attempt: Attempt, world: World): undefined {
  const product = world.products.get(pkIn(world, attempt.fields.pk ?? ''));
  if (product !== undefined) attempt.product = product;
}
