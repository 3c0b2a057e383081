import { createCipheriv, createHash } from 'node:crypto';
import { defaultDialect } from '../../../../spec/pure-bt/dialect.ts';
import { explain } from '../explain.ts';
import { type Explanation, isWrong, mistakesIn, type Part, type PartExplanation } from '../explanation.ts';
import type { Known } from '../known.ts';
import type { Secrets } from '../secrets.ts';

/** Requests made only with node:crypto: a test that used the explainer's own rows would repeat their mistakes. */

/** 2026-01-01, in seconds. */
export const now = 1_767_225_600;

/** The claims of a good access token. */
export const goodClaims: Readonly<Record<string, unknown>> = {
  iss: 'enduser',
  aud: 'Audience',
  sub: 'subject',
  uid: 'u-77',
  jti: 'j-1',
  iat: now,
  nbf: now - 120,
  exp: now + 7200,
  type: 'AccessToken',
};

/** A JWT with these claims; no test verifies its signature. */
export function jwt(claims: object, header: object = { typ: 'JWT', alg: 'RS256' }): string {
  const segment = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${segment(header)}.${segment(claims)}.${Buffer.alloc(256, 7).toString('base64url')}`;
}

/** A device with everything a request needs. With its random, every ciphertext contains both `+` and `/`. */
export const device: Required<Secrets> & { readonly random: string } = {
  token: jwt(goodClaims),
  pk: 'p1G0wL',
  ps: 'q7Zr2LmX9vTb4KdE',
  dk: 'ACD9296AD469',
  bindingCode: '27B450E2CB954D66',
  bindingSecret: 'Zx81hTq0LmWe5RnB',
  oldBindingSecret: 'Pv37kDy6GsUa2CfJ',
  userDomainSecret: 'Hn29TkWq7ZcLx4Rv8BsMd1Yf6PgJt3Ea5UhQo0KiXwNz',
  pwd: 'Door#42!x',
  random: 'RNTIhbheeLiX0030',
};

/** Base64 of AES-128-CBC with PKCS#5 padding, as the document says. */
export function seal(...args: Parameters<typeof sealBytes>): string {
  return sealBytes(...args).toString('base64');
}

/** The bytes of {@link seal}. */
export function sealBytes(
  plaintext: string | Buffer,
  key: string | Buffer = device.ps,
  iv: string | Buffer = device.random,
): Buffer {
  const cipher = createCipheriv(`aes-${Buffer.byteLength(key) * 8}-cbc`, key, iv);
  return Buffer.concat([cipher.update(plaintext), cipher.final()]);
}

/** Lower-case hex SHA-256. */
export function sha256(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * A request's body with changes, signed as the document says; undefined removes a field, bytes are sent in Base64.
 * An encrypted code replaces the plain one.
 */
export function signedBody(
  changes: Readonly<Record<string, unknown>> = {},
  userDomainSecret: string = device.userDomainSecret,
): Record<string, unknown> {
  const { pk, dk, bindingCode, bindingSecret, random } = device;
  const all = {
    pk,
    dk,
    bindingCode: 'encryptedBindingCode' in changes ? undefined : bindingCode,
    random,
    encryptedNewBindingSecret: seal(`${pk},${dk},${bindingSecret}`),
    ...changes,
  };
  const body: Record<string, unknown> = Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Buffer.isBuffer(value) ? value.toString('base64') : value]],
    ),
  );
  const text = (name: string): string => (body[name] === undefined || body[name] === null ? '' : String(body[name]));
  const code = text('encryptedBindingCode') || text('bindingCode');
  return { signature: sha256(text('pk') + text('dk') + code + text('pwd') + userDomainSecret), ...body };
}

/** The input for an explanation of a body that was sent with the device's token. */
export function known(body: Readonly<Record<string, unknown>>, changes: Partial<Known> = {}): Known {
  const { random: _, ...secrets } = device;
  return {
    request: { source: 'test', headers: [['Authorization', `Bearer ${device.token}`]], body },
    secrets,
    dialect: defaultDialect,
    showSecrets: false,
    now,
    ...changes,
  };
}

/** Explains a body; throws if the explanation contains a secret, so every test checks that too. */
export function explained(body: Readonly<Record<string, unknown>>, changes: Partial<Known> = {}): Explanation {
  const all = known(body, changes);
  const explanation = explain(all);
  if (!all.showSecrets) refuseLeak(JSON.stringify(explanation), all);
  return explanation;
}

/** Explains one part of a body. */
export function explainedPart(
  body: Readonly<Record<string, unknown>>,
  part: Part,
  changes: Partial<Known> = {},
): PartExplanation {
  const found = explained(body, changes).parts.find((one) => one.part === part);
  if (found === undefined) throw new Error(`the request has no ${part}`);
  return found;
}

function refuseLeak(output: string, { secrets }: Known): void {
  const { pk: _pk, dk: _dk, token = '', ...values } = secrets;
  const forms = [...Object.values(values), ...token.split('.').slice(1)].flatMap((value) => [
    value,
    Buffer.from(value).toString('base64').replace(/=+$/, ''),
    Buffer.from(value).toString('hex'),
    createHash('md5').update(value).digest('hex'),
  ]);
  const leaked = forms.find((form) => form !== '' && output.toLowerCase().includes(form.toLowerCase()));
  if (leaked !== undefined) throw new Error(`the explanation contains the secret ${leaked}`);
}

/** The ids of all mistakes in a part, without notes. */
export function wrongIds({ parts }: Explanation, part: Part): readonly string[] {
  const found = parts.find((explanation) => explanation.part === part);
  return mistakesIn(found?.findings ?? []).map(({ id }) => id);
}

/** The parts that have a mistake. */
export function wrongParts({ parts }: Explanation): readonly Part[] {
  return parts.filter(isWrong).map(({ part }) => part);
}
