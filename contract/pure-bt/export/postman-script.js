// Computes the request before it is sent. The body of each request in this collection says how; the secrets are variables.
// bindgate wrote it. crypto-js is part of Postman's sandbox.
// biome-ignore lint/style/noCommonJs: Postman's sandbox has no modules.
const cryptoJs = require('crypto-js');
const secrets = [
  'token',
  'pk',
  'ps',
  'dk',
  'bindingCode',
  'bindingSecret',
  'oldBindingSecret',
  'userDomainSecret',
  'pwd',
  'fid',
  'frid',
];
const program = JSON.parse(pm.request.body.raw);
const utf8 = cryptoJs.enc.Utf8;

function compute(device) {
  const known = Object.fromEntries(secrets.map((name) => [name, device[name] ?? '']));
  const names = { ...known, token: known.token.replace(/^bearer\s+/i, ''), random: randomText() };
  const fill = (text, more = {}) =>
    text.replace(/\{\{([\w.]+)\}\}/g, (whole, name) => more[name] ?? names[name] ?? whole);
  const body = {};
  for (const [field, value] of Object.entries(program.fields)) {
    // A device may have no pwd: a field that is only such a variable is left out.
    const filled = typeof value === 'string' ? fill(value) : value;
    if (filled !== '' || value === '') body[field] = filled;
  }
  for (const [field, text] of Object.entries(program.plaintexts)) {
    body[field] = encrypt(fill(text), names.ps, String(body.random ?? ''));
  }
  replace(body, program.beforeSigning, fill);
  const { code, ...parts } = inBody(body);
  body.signature = sha256(parts['body.pk'] + parts['body.dk'] + code + parts['body.pwd'] + names.userDomainSecret);
  replace(body, program.afterSigning, fill);
  pm.request.body.update({ mode: 'raw', raw: JSON.stringify(body).replaceAll('{{', '{\\u007b') });
  const header = { authorization: `Bearer ${names.token}` };
  replace(header, { ...(program.authorization !== undefined && { authorization: program.authorization }) }, fill);
  pm.request.headers.remove('Authorization');
  if (header.authorization !== undefined) pm.request.headers.add({ key: 'Authorization', value: header.authorization });
}

function replace(body, replacements, fill) {
  const before = inBody(body);
  for (const [field, expression] of Object.entries(replacements ?? {})) {
    if (expression === null) delete body[field];
    else body[field] = evaluate(expression, (text) => fill(text, { ...before, good: before[`body.${field}`] }));
  }
}

function inBody(body) {
  const text = (field) => (body[field] === undefined || body[field] === null ? '' : String(body[field]));
  const all = ['pk', 'dk', 'pwd', ...Object.keys(body)].map((field) => [`body.${field}`, text(field)]);
  return { ...Object.fromEntries(all), code: text('encryptedBindingCode') || text('bindingCode') };
}

function evaluate(expression, fill) {
  const {
    value,
    join,
    slice,
    bytes,
    segments,
    otherAt,
    of,
    reverse,
    sha256: hashed,
    encrypt: text,
    key,
    iv,
    fill: filler,
  } = expression;
  const { from, to, append = '' } = expression;
  if (join !== undefined) return join.map((part) => evaluate(part, fill)).join('');
  if (slice !== undefined) return fill(slice).slice(from, to);
  if (bytes !== undefined) {
    const parser = { base64: cryptoJs.enc.Base64, hex: cryptoJs.enc.Hex, utf8 }[from];
    const hex = cryptoJs.enc.Hex.stringify(parser.parse(fill(bytes)));
    const cut = hex.slice(0, to === undefined ? undefined : to * 2) + cryptoJs.enc.Hex.stringify(utf8.parse(append));
    return cryptoJs.enc.Base64.stringify(cryptoJs.enc.Hex.parse(cut));
  }
  if (segments !== undefined) return fill(segments).split('.').slice(0, to).join('.');
  if (otherAt !== undefined) {
    const good = fill(of);
    return good.slice(0, otherAt) + (good[otherAt] === '1' ? '2' : '1') + good.slice(otherAt + 1);
  }
  if (reverse !== undefined) return [...fill(reverse)].reverse().join('');
  if (hashed !== undefined) return sha256(fill(hashed));
  if (text !== undefined) return encrypt(fill(text), fill(key), fill(iv), filler);
  return typeof value === 'string' ? fill(value) : value;
}

function sha256(text) {
  return cryptoJs.SHA256(text).toString(cryptoJs.enc.Hex);
}

function encrypt(text, key, iv, filler) {
  const words = utf8.parse(filler === undefined ? text : text + filler.repeat(16 - (utf8.parse(text).sigBytes % 16)));
  const padding = filler === undefined ? cryptoJs.pad.Pkcs7 : cryptoJs.pad.NoPadding;
  const options = { iv: utf8.parse(iv), mode: cryptoJs.mode.CBC, padding };
  return cryptoJs.AES.encrypt(words, utf8.parse(key), options).ciphertext.toString(cryptoJs.enc.Base64);
}

function randomText() {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const bytes = cryptoJs.enc.Hex.stringify(cryptoJs.lib.WordArray.random(16)).match(/../g);
  return bytes.map((byte) => letters[Number.parseInt(byte, 16) % letters.length]).join('');
}

const statesUrl = pm.variables.get('statesUrl');
if (statesUrl) {
  // A device binds once, so each request gets a new one in its state.
  const setUp = { state: program.state, params: { id: pm.variables.replaceIn('{{$guid}}') }, action: 'setup' };
  const header = { 'Content-Type': 'application/json' };
  pm.sendRequest(
    { url: statesUrl, method: 'POST', header, body: { mode: 'raw', raw: JSON.stringify(setUp) } },
    (error, response) => {
      if (error || response.code !== 200) throw new Error(`statesUrl did not set up "${program.state}"`);
      compute(response.json());
    },
  );
} else compute(Object.fromEntries(secrets.map((name) => [name, pm.variables.get(name)])));
