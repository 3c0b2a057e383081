import type { World } from '../../../../spec/family/reference/world.ts';
import type { Attempt, Behaviour, Refusal } from '../../../../spec/pure-bt/reference/decision.ts';
import { makeReadings, type Reading, reads } from '../server.ts';

/** Faults without exactly one documented code, and codes that real servers use for them. */
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

const bindOrders: readonly Behaviour['bindOrder'][] = [
  ['notBoundByUser', 'modeAllows', 'oldSecretIsStored'],
  ['oldSecretIsStored', 'notBoundByUser', 'modeAllows'],
  ['oldSecretIsStored', 'modeAllows', 'notBoundByUser'],
  ['modeAllows', 'notBoundByUser', 'oldSecretIsStored'],
  ['modeAllows', 'oldSecretIsStored', 'notBoundByUser'],
];

/** The records, the order of the bind checks, and codes for faults without a documented code. */
export const recordReadings: readonly Reading[] = [
  ...undocumented.flatMap((name) => codes.map((code) => coded(`code-${name}/${code}`, { [name]: code }))),
  coded('code-bindingCodeFormat/5460', { bindingCodeFormat: 5460 }),
  coded('code-bindingCodeFormat/5461', { bindingCodeFormat: 5461 }),
  coded('code-pwdFormat/5353', { pwdFormat: 5353 }),
  ...[5313, 5339, 5229, 4404].map((code) => coded(`code-product/${code}`, { productUnknown: code })),
  coded('code-device/5493', { deviceNotFound: 5493 }),
  coded('code-permission/turned', { userMayNotBind: 5327, productNotForUser: 5358, productGrantsNone: 5041 }),
  coded('code-permission/one', { userMayNotBind: 5041, productNotForUser: 5041, productGrantsNone: 5041 }),
  ...makeReadings({
    'unknown-dk/refused: rejects an unknown dk': reads(() => ({ unknownDk: 'refused' })),
    'unknown-dk/own-code: says that it rejects an unknown dk, with a code of its own': {
      override: (inner) => ({
        unknownDk: 'refused',
        deviceFound: (attempt, world) => {
          const refused = inner.deviceFound(attempt, world);
          return refused !== undefined && attempt.device === undefined ? 'notReadable' : refused;
        },
      }),
      dialect: { unknownDk: 'refused' },
      // 5041 means "No permission" on the page, so it cannot be a code of its own.
      excludes: ['code-notReadable/5041'],
    },
    'old-unbound/ignored: ignores an old bindingSecret of an unbound device': reads(() => ({
      oldSecretWhenUnbound: 'ignored',
    })),
    'old-unbound/bad-secret: treats an old bindingSecret as wrong if none is stored': reads((inner) => ({
      oldSecretIsStored: (attempt, bindings) => {
        const refused = inner.oldSecretIsStored(attempt, bindings);
        return refused === 'notBound' ? 'oldSecretBad' : refused;
      },
    })),
    // An early check of the binds; the bind itself decides.
    'binds-asked/early: checks the recorded binds as soon as it has found the device': reads((inner) => ({
      deviceFound: (attempt, world) => {
        const refused = inner.deviceFound(attempt, world);
        const { behaviour, device, user } = attempt;
        if (refused !== undefined || device === undefined || user === undefined) return refused;
        const bindings = behaviour.findBindings(device, user.domain);
        return behaviour.notBoundByUser(attempt, bindings) ?? behaviour.modeAllows(attempt, bindings);
      },
    })),
  }),
  ...bindOrders.flatMap((bindOrder) =>
    makeReadings({
      [`bind-order/${bindOrder.join('-')}: checks the binds in the order ${bindOrder.join(', ')}`]: reads(() => ({
        bindOrder,
      })),
    }),
  ),
  ...makeReadings({
    'common-list/after-bind: writes the common-device list after the bind, and keeps the bind if that fails': reads(
      (inner) => ({
        order: inner.order.filter((name) => name !== 'commonListWritable'),
        bind: (attempt, world) => inner.bind(attempt, world) ?? inner.commonListWritable(attempt, world),
      }),
    ),
    'empty-fid/is-one: treats an empty fid as the fid of a home': reads((inner) => ({
      fidFitsHomeMode: (attempt, world) =>
        attempt.fields.fid === '' && attempt.user?.home !== undefined
          ? 'foreignHome'
          : inner.fidFitsHomeMode(attempt, world),
    })),
    'pk-case/any: ignores the letter case of a pk': reads((inner) => ({
      productKnown: (attempt, world) => {
        const known: Attempt = { ...attempt, fields: { ...attempt.fields, pk: pkIn(world, attempt.fields.pk ?? '') } };
        const refused = inner.productKnown(known, world);
        if (known.product !== undefined) attempt.product = known.product;
        return refused;
      },
      findDevice: (world, pk, dk) => inner.findDevice(world, pkIn(world, pk), dk),
    })),
    'dk-case/any: ignores the letter case of a dk': reads((inner) => ({
      findDevice: (world, pk, dk) =>
        inner.findDevice(world, pk, dk) ??
        [...(world.devices.get(pk)?.values() ?? [])].find((device) => device.dk.toLowerCase() === dk.toLowerCase()),
    })),
    'bearer-alone/bad: treats Bearer without a token as a bad token': reads((inner) => ({
      token: (attempt, world) =>
        /^bearer$/i.test(attempt.authorization?.trim() ?? '') ? 'tokenBad' : inner.token(attempt, world),
    })),
    'other-scheme/missing: treats a token with another scheme as missing': reads((inner) => ({
      token: (attempt, world) =>
        /^(?!bearer\b)\S+ /i.test(attempt.authorization?.trim() ?? '') ? 'tokenMissing' : inner.token(attempt, world),
    })),
  }),
];

function coded(id: string, changed: Partial<Behaviour['codes']>): Reading {
  const said = Object.entries(changed).map(([name, code]) => `${name} with ${code}`);
  return {
    id,
    differs: `answers ${said.join(', ')}`,
    override: (inner) => ({ codes: { ...inner.codes, ...changed } }),
  };
}

function pkIn({ products }: World, pk: string): string {
  if (products.has(pk)) return pk;
  return [...products.keys()].find((known) => known.toLowerCase() === pk.toLowerCase()) ?? pk;
}
