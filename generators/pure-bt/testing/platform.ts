import { createSign, generateKeyPairSync } from 'node:crypto';
import type { TokenKeys } from '../../request.ts';
import { foreignKeyPem } from '../../tokens.ts';

/** A fake token issuer of the platform with new keys: every key that a fault may need, and one valid access token. */
export async function startPlatform(): Promise<{ readonly keys: Required<TokenKeys>; readonly token: string }> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: 'enduser',
    aud: 'Audience',
    sub: 'subject',
    uid: 'u1',
    jti: 'j1',
    iat: now,
    nbf: now - 120,
    exp: now + 7200,
    type: 'AccessToken',
  };
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`;
  const signature = createSign('RSA-SHA256').update(unsigned).sign(privateKey).toString('base64url');
  return {
    keys: { publicKeyPem: publicKey, signingKeyPem: privateKey, foreignKeyPem: await foreignKeyPem() },
    token: `${unsigned}.${signature}`,
  };
}
