import { createDecipheriv, createHash, createPublicKey, verify } from 'node:crypto';
import type { Fixture } from '../../../spec/family/states.ts';
import type { BuiltRequest } from '../../request.ts';
import type { Part } from '../faults/fault.ts';

/**
 * The broken parts of a request, found with node:crypto.
 * It shares no code with the generators, because shared code would hide their bugs.
 */
export function brokenParts(
  { body, authorization }: Pick<BuiltRequest, 'body' | 'authorization'>,
  fixture: Fixture,
  publicKeyPem: string,
): Set<Part> {
  const broken = new Set<Part>();
  const text = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
  const given = (name: string): boolean => text(name) !== '';
  const note = (part: Part, ok: boolean): void => {
    if (!ok) broken.add(part);
  };

  note('token', validToken(authorization, publicKeyPem));
  note('pk', text('pk') === fixture.pk);
  note('dk', /^[0-9A-Za-z]{4,32}$/.test(text('dk')) && !text('dk').endsWith('\n'));
  note('deviceName', text('deviceName').length <= 254);
  note('pwd', !given('pwd') || (/^[\x20-\x7e]{1,64}$/.test(text('pwd')) && !text('pwd').endsWith('\n')));
  note('random', /^[0-9A-Za-z]{16}$/.test(text('random')));
  note(
    'signature',
    text('signature') ===
      createHash('sha256')
        .update(text('pk') + text('dk') + (text('encryptedBindingCode') || text('bindingCode')) + text('pwd'))
        .update(fixture.userDomainSecret)
        .digest('hex'),
  );

  const read = (name: string): string | undefined => decrypt(text(name), fixture.ps, text('random'));
  if (given('encryptedBindingCode')) {
    note('encryptedBindingCode', /^[0-9A-F]{16}$/.test(read('encryptedBindingCode') ?? ''));
  } else {
    const part = body['encryptedBindingCode'] === '' ? 'encryptedBindingCode' : 'bindingCode';
    note(part, /^[0-9A-F]{16}$/.test(text('bindingCode')) && !text('bindingCode').endsWith('\n'));
  }
  // A missing pk or dk does not change the secret; a different one must also be in it.
  const prefix = `${text('pk') || fixture.pk},${text('dk') || fixture.dk},`;
  const holdsSecret = (name: string, secret?: string): boolean => {
    const plaintext = read(name) ?? '';
    const rest = plaintext.slice(prefix.length);
    return plaintext.startsWith(prefix) && /^[^,]+$/.test(rest) && (secret === undefined || rest === secret);
  };
  note('encryptedNewBindingSecret', holdsSecret('encryptedNewBindingSecret'));
  if (given('encryptedOldBindingSecret')) {
    note('encryptedOldBindingSecret', holdsSecret('encryptedOldBindingSecret', fixture.oldBindingSecret));
  }
  return broken;
}

/** The plaintext of a ciphertext, read strictly; undefined if it cannot be read. */
export function decrypt(base64: string, key: string, iv: string): string | undefined {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.toString('base64') !== base64 || Buffer.byteLength(iv) !== 16) return undefined;
  const decipher = createDecipheriv('aes-128-cbc', Buffer.from(key), Buffer.from(iv));
  try {
    return Buffer.concat([decipher.update(bytes), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

function validToken(authorization: string | undefined, publicKeyPem: string): boolean {
  const [header, payload, signature, ...rest] = (authorization ?? '').replace(/^Bearer /, '').split('.');
  if (!header || !payload || !signature || rest.length > 0) return false;
  try {
    const { alg } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { alg: string };
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    const now = Date.now() / 1000;
    return (
      alg === 'RS256' &&
      verify(
        'RSA-SHA256',
        Buffer.from(`${header}.${payload}`),
        createPublicKey(publicKeyPem),
        Buffer.from(signature, 'base64url'),
      ) &&
      claims['type'] === 'AccessToken' &&
      claims['aud'] === 'Audience' &&
      Number(claims['nbf']) <= now &&
      Number(claims['exp']) > now
    );
  } catch {
    return false;
  }
}
