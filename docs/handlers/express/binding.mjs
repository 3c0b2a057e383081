/** The operation: a request becomes a code. Each group of checks gives the code of what is wrong, or undefined. */
import { createDecipheriv, createHash, timingSafeEqual, verify } from 'node:crypto';

const types = {
  pk: 'string',
  dk: 'string',
  bindingCode: 'string',
  encryptedBindingCode: 'string',
  encryptedNewBindingSecret: 'string',
  encryptedOldBindingSecret: 'string',
  random: 'string',
  signature: 'string',
  pwd: 'string',
  deviceName: 'string',
  fid: 'string',
  frid: 'string',
  capabilitiesBitmask: 'number',
  isCommonDevice: 'boolean',
};

/** The operation over a store, for tokens that verify with this public key. */
export function binder({ users, products }, publicKey) {
  // Synchronous from the first look to the record: of twenty requests at once exactly one binds.
  return (authorization, bytes) => {
    const body = readBody(bytes);
    if (body === undefined) return 5000;
    const token = authorization?.replace(/^bearer\s*/i, '').trim() ?? '';
    if (token === '') return 5106;
    const user = users.get(claimsOf(token, publicKey)?.uid);
    if (user === undefined) return 5032;
    const malformed = formatCode(body);
    if (malformed !== undefined) return malformed;
    const product = products.get(body.pk);
    if (product === undefined) return 5314;
    if (!product.domains.includes(user.domain.id)) return 5229;
    if (!isSigned(body, user.domain.secret)) return 5420;
    const opened = open(body, product.ps);
    if (opened.problem !== undefined) return opened.problem;
    const device = product.devices.get(body.dk);
    return accessCode(body, user, product, device) ?? record(body, user, product, device, opened);
  };
}

/** The fields of a JSON object, null counting as absent; undefined for anything else. */
function readBody(bytes) {
  try {
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const given = Object.keys(types).filter((name) => Object.hasOwn(value, name) && value[name] !== null);
    if (given.some((name) => typeof value[name] !== types[name])) return undefined;
    const body = Object.fromEntries(given.map((name) => [name, value[name]]));
    const { capabilitiesBitmask: mask = 1 } = body;
    return Number.isInteger(mask) && mask >= 0 && mask <= 15 ? body : undefined;
  } catch {
    return undefined;
  }
}

/** The claims of an access token that is signed, current and meant for us. */
function claimsOf(token, publicKey) {
  const segments = token.split('.');
  const [header, claims, signature] = segments.map((text) => Buffer.from(text, 'base64url'));
  // Base64url that does not come out the same holds stray bits or characters: the token was changed.
  if (segments.length !== 3 || segments.join() !== [header, claims, signature].map(base64url).join()) return undefined;
  try {
    // The algorithm is ours to choose, not the token's.
    if (JSON.parse(header).alg !== 'RS256') return undefined;
    if (!verify('RSA-SHA256', Buffer.from(segments.slice(0, 2).join('.')), publicKey, signature)) return undefined;
    const read = JSON.parse(claims);
    const now = Date.now() / 1000;
    const ours = read.iss === 'enduser' && read.aud === 'Audience' && read.type === 'AccessToken';
    return ours && read.nbf <= now && now < read.exp ? read : undefined;
  } catch {
    return undefined;
  }
}

function base64url(bytes) {
  return bytes.toString('base64url');
}

/** What can be said of the fields alone. */
function formatCode(body) {
  const { pk, dk, bindingCode, encryptedBindingCode, deviceName = '', pwd, random = '' } = body;
  if (!pk) return 5066;
  if (!dk) return 5067;
  if (!bindingCode && !encryptedBindingCode) return 5179;
  if (!/^[0-9A-Za-z]{4,32}$/.test(dk)) return 5361;
  if (!encryptedBindingCode && !isBindingCode(bindingCode)) return 5213;
  if (deviceName.length > 254) return 5333;
  if (pwd && !/^[\x20-\x7e]{1,64}$/.test(pwd)) return 5357;
  if (!/^[0-9A-Za-z]{16}$/.test(random)) return 5459;
  if (!body.signature) return 5550;
  return body.encryptedNewBindingSecret ? undefined : 5458;
}

function isBindingCode(text) {
  return /^[0-9A-F]{16}$/.test(text ?? '');
}

/** SHA-256 of pk+dk+bindingCode+pwd+userDomainSecret, the ciphertext as transmitted standing for the code. */
function isSigned({ pk, dk, bindingCode, encryptedBindingCode, pwd = '', signature }, secret) {
  const text = [pk, dk, encryptedBindingCode || bindingCode, pwd, secret].join('');
  return same(signature, createHash('sha256').update(text).digest('hex'));
}

function same(given, expected) {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The ciphertexts' contents. Bad padding and bad content have one answer, or the field is a padding oracle. */
function open({ pk, dk, random, ...body }, ps) {
  const code = body.encryptedBindingCode ? decrypt(body.encryptedBindingCode, ps, random) : body.bindingCode;
  if (!isBindingCode(code)) return { problem: 5213 };
  const newSecret = secretOf(decrypt(body.encryptedNewBindingSecret, ps, random), pk, dk);
  if (!newSecret) return { problem: 5459 };
  if (!body.encryptedOldBindingSecret) return { code, newSecret };
  const oldSecret = secretOf(decrypt(body.encryptedOldBindingSecret, ps, random), pk, dk);
  return oldSecret ? { code, newSecret, oldSecret } : { problem: 5465 };
}

function decrypt(base64, ps, random) {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.toString('base64') !== base64) return undefined;
  try {
    const decipher = createDecipheriv('aes-128-cbc', Buffer.from(ps), Buffer.from(random));
    return Buffer.concat([decipher.update(bytes), decipher.final()]).toString();
  } catch {
    return undefined;
  }
}

/** The secret in `PK,DK,bindingSecret`, if it names this very device. */
function secretOf(plaintext, pk, dk) {
  const [itsPk, itsDk, secret, ...more] = plaintext?.split(',') ?? [];
  return itsPk === pk && itsDk === dk && more.length === 0 ? secret : undefined;
}

/** What the records say of the product, the device, the user and the home. */
function accessCode({ fid, isCommonDevice }, { uid, mayBind, home }, { permission }, device) {
  if (device?.lookUpFails) return 5314;
  if (device?.dataCentre === 'elsewhere') return 6083;
  if (!mayBind) return 5041;
  if (permission === 'not-this-user') return 5327;
  if (permission === 'nobody') return 5358;
  if (device?.sharees.includes(uid)) return 6040;
  return homeCode(fid, isCommonDevice, home);
}

function homeCode(fid, isCommonDevice, home) {
  if (home === undefined) return fid ? 5624 : undefined;
  if (!fid) return 5636;
  // fid is not signed: that the home is the caller's own, only the records tell.
  if (fid !== home.fid) return 5041;
  if (home.role === 'ordinary') return 5669;
  return isCommonDevice === false || home.commonListWritable ? undefined : 5893;
}

/** Binds, or says why the binds on record do not allow it. Bindings count per user domain. */
function record({ dk }, { uid, domain }, product, device, { code, newSecret, oldSecret }) {
  if (device?.bindingCode !== undefined && device.bindingCode !== code) return 5460;
  const bindings = device?.bindings.get(domain.id) ?? new Map();
  if (bindings.has(uid)) return 5049;
  if (oldSecret !== undefined) {
    if (bindings.size === 0) return 5052;
    if (![...bindings.values()].some((stored) => same(oldSecret, stored))) return 5465;
  }
  if (bindings.size > 0 && product.bindingMode === 'single') return 5412;
  if (product.bindingMode === 'alternate') bindings.clear();
  bindings.set(uid, newSecret);
  // A pure-Bluetooth device may first appear at its first bind.
  if (device === undefined) product.devices.set(dk, { dk, sharees: [], bindings: new Map([[domain.id, bindings]]) });
  else device.bindings.set(domain.id, bindings);
  return 200;
}
