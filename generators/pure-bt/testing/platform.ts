import { createPublicKey, createSign } from 'node:crypto';
import type { TokenKeys } from '../../request.ts';
import { foreignKeyPem } from '../../tokens.ts';

/**
 * A fake token issuer of the platform with new keys: every key that a fault may need, and one valid access token. The token is
 * signed here with node:crypto, not by the code under test.
 */
export async function startPlatform(): Promise<{ readonly keys: Required<TokenKeys>; readonly token: string }> {
  const signingKeyPem = await foreignKeyPem();
  const publicKeyPem = createPublicKey(signingKeyPem).export({ type: 'spki', format: 'pem' }).toString();
  const now = Math.floor(Date.now() / 1000);
  const times = { iat: now, nbf: now - 120, exp: now + 7200 };
  const claims = {
    iss: 'enduser',
    aud: 'Audience',
    sub: 'subject',
    uid: 'u1',
    jti: 'j1',
    ...times,
    type: 'AccessToken',
  };
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`;
  const signature = createSign('RSA-SHA256').update(unsigned).sign(signingKeyPem, 'base64url');
  return {
    keys: { publicKeyPem, signingKeyPem, foreignKeyPem: await foreignKeyPem() },
    token: `${unsigned}.${signature}`,
  };
}
