import { createPublicKey } from 'node:crypto';
import type { TokenKeys } from '../../request.ts';
import { foreignKeyPem, joinJwt, signedJwt, writeSegment } from '../../tokens.ts';

/** A fake token issuer of the platform with new keys: every key that a fault may need, and one valid access token. */
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
  const header = writeSegment({ alg: 'RS256', typ: 'JWT' });
  const token = signedJwt(joinJwt({ header, payload: writeSegment(claims), signature: '' }), signingKeyPem);
  return { keys: { publicKeyPem, signingKeyPem, foreignKeyPem: await foreignKeyPem() }, token };
}
