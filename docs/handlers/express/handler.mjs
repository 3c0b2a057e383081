/**
 * Provider states for Express: sets up what a case needs, answers with the fixture, clears it away.
 * For test environments only: it makes users and hands out their tokens and secrets.
 */
import { randomInt, sign } from 'node:crypto';
import express from 'express';

const hour = 3600;
const home = { role: 'owner', commonListWritable: true };

/** How each state differs from a device ready to bind. */
const states = {
  'a device ready to bind': {},
  'a device ready to bind in a home': { home, gives: ['fid', 'frid'] },
  'a device the user has already bound': { boundBy: 'user' },
  'a device nobody has bound': { gives: ['oldBindingSecret'] },
  'a device bound by another user, binding mode multi': { boundBy: 'other', gives: ['oldBindingSecret'] },
  'a device bound by another user, binding mode single': { boundBy: 'other', product: { bindingMode: 'single' } },
  'a device bound by another user, binding mode alternate': {
    boundBy: 'other',
    product: { bindingMode: 'alternate' },
    gives: ['oldBindingSecret'],
  },
  'two users, binding mode single': { product: { bindingMode: 'single' }, gives: ['otherToken'] },
  'two users, binding mode alternate': { product: { bindingMode: 'alternate' }, gives: ['otherToken'] },
  'a user without permission': { user: { mayBind: false } },
  'a product the user domain is not authorised for': { product: { domains: [] } },
  'a product the user has no permission for': { product: { permission: 'not-this-user' } },
  'a product that grants no permission': { product: { permission: 'nobody' } },
  'a device the cloud cannot look up': { device: { lookUpFails: true } },
  'home mode on': { home },
  'home mode off': { gives: ['fid'] },
  'an ordinary member of the home': { home: { ...home, role: 'ordinary' }, gives: ['fid', 'frid'] },
  'a home whose common-device list cannot be written': {
    home: { ...home, commonListWritable: false },
    gives: ['fid', 'frid'],
  },
  'a device whose sharing the user has accepted': { shared: true },
  'a device registered in another data centre': { device: { dataCentre: 'elsewhere' } },
  'an expired token': { claims: { iat: -3 * hour, nbf: -3 * hour, exp: -hour } },
  'a refresh token': { claims: { type: 'RefreshToken', exp: 720 * hour } },
  'a token not yet valid': { claims: { iat: hour, nbf: hour, exp: 3 * hour } },
  'a token for another audience': { claims: { aud: 'Elsewhere' } },
  'a product whose every device is ready to bind': { product: { everyDeviceReady: true } },
};

/**
 * The states endpoint.
 * @param store replace this by your database: `put(records)` writes users, a product, a device and its binding;
 *   `remove(records)` deletes them again, with whatever was bound meanwhile.
 * @param issueToken replace this by your identity service: claims become a signed token.
 */
export function statesHandler(store, issueToken) {
  const made = new Map();
  return express.Router().post('/', express.json(), async (request, response) => {
    const { state, params, action } = request.body ?? {};
    if (action === 'teardown') {
      const records = made.get(params?.id);
      made.delete(params?.id);
      if (records !== undefined) await store.remove(records);
      return response.json({});
    }
    // 4xx says "not supported": the cases of this state are skipped.
    if (!Object.hasOwn(states, state)) return response.status(404).json({ message: 'this state is not known' });
    const { records, fixture } = setUp(states[state], issueToken);
    made.set(params.id, records);
    await store.put(records);
    return response.json(fixture);
  });
}

/** Records and fixture of one set-up: everything in them is new, so that cases cannot disturb one another. */
function setUp(state, issueToken) {
  const domain = { id: letters(12), secret: letters(44) };
  const [uid, otherUid] = [letters(12), letters(12)];
  const [fid, frid, oldBindingSecret] = [letters(8), letters(8), letters(16)];
  const product = { pk: `p1${letters(6)}`, ps: letters(16), bindingMode: 'multi', domains: [domain.id] };
  const device = { dk: letters(12, hex), bindingCode: letters(16, hex), sharees: state.shared ? [uid] : [] };
  const boundBy = { user: uid, other: otherUid }[state.boundBy];
  const records = {
    users: [
      { uid, domain, mayBind: true, ...(state.home && { home: { fid, ...state.home } }), ...state.user },
      { uid: otherUid, domain, mayBind: true },
    ],
    product: { ...product, permission: 'everybody', ...state.product },
    // Where every device is ready to bind, none is on record before its first bind.
    device: state.product?.everyDeviceReady ? null : { ...device, dataCentre: 'here', ...state.device },
    binding: boundBy ? { domain: domain.id, uid: boundBy, bindingSecret: oldBindingSecret } : null,
  };
  const optional = { fid, frid, oldBindingSecret, otherToken: issueToken(claimsOf(otherUid)) };
  const fixture = {
    token: issueToken(claimsOf(uid, state.claims)),
    pk: product.pk,
    ps: product.ps,
    dk: device.dk,
    bindingCode: device.bindingCode,
    bindingSecret: letters(16),
    userDomainSecret: domain.secret,
    ...Object.fromEntries((state.gives ?? []).map((field) => [field, optional[field]])),
  };
  return { records, fixture };
}

/** An access token's claims; `changes` give times relative to now. */
function claimsOf(uid, changes = {}) {
  const now = Math.floor(Date.now() / 1000);
  const { iat, nbf, exp, ...others } = { iat: 0, nbf: -120, exp: 2 * hour, ...changes };
  const fixed = { iss: 'enduser', aud: 'Audience', sub: 'subject', type: 'AccessToken', uid, jti: letters(16) };
  return { ...fixed, iat: now + iat, nbf: now + nbf, exp: now + exp, ...others };
}

/** An issuer of RS256 tokens; the server under test verifies with the public key of this pair. */
export function rs256Issuer(privateKey) {
  const segment = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return (claims) => {
    const signed = `${segment({ typ: 'JWT', alg: 'RS256' })}.${segment(claims)}`;
    return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`;
  };
}

const hex = '0123456789ABCDEF';
const alphanumeric = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function letters(length, alphabet = alphanumeric) {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
