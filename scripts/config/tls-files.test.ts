import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { makeCertificates } from '../../contract/testing/tls.ts';
import { testFolder } from '../testing/folder.ts';
import { readTlsFiles, readTokenKeys } from './tls-files.ts';

const certificates = await makeCertificates();
afterAll(() => certificates[Symbol.asyncDispose]());
const { ca, client, server } = certificates;
const locked = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'p' } as const;
const folder = testFolder({
  'text.pem': 'no certificate',
  'locked.key': createPrivateKey(readFileSync(client.key, 'utf8')).export(locked),
});

test('reads the files of a configuration', () => {
  const begin = /^-----BEGIN /;
  expect(readTlsFiles({ ca, ...client })).toEqual({
    ca: expect.stringMatching(begin),
    cert: expect.stringMatching(begin),
    key: expect.stringMatching(begin),
  });
  expect(readTlsFiles({})).toEqual({});
});

test('reads the public key of the token issuer as text or from a file', () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const publicKeyFile = join(testFolder({ 'issuer.pem': publicKeyPem }), 'issuer.pem');
  for (const tokenKeys of [{ publicKeyPem }, { publicKeyFile }]) {
    expect(readTokenKeys({ tokenKeys })).toEqual({ publicKeyPem });
  }
  expect(readTokenKeys({})).toEqual({});
  expect(() => readTokenKeys({ tokenKeys: { publicKeyFile: join(folder, 'text.pem') } })).toThrow(
    /\(key "tokenKeys.publicKeyFile"\) is not a public key in PEM; convert it/,
  );
});

test.each<[string, object, RegExp]>([
  ['a missing authority', { ca: 'none.pem' }, /authority "none.pem" \(key "ca"\) cannot be read; correct/],
  ['an authority that is not PEM', { ca: join(folder, 'text.pem') }, /\(key "ca"\) is not a certificate in PEM/],
  [
    'a missing certificate',
    { cert: 'none.pem', key: client.key },
    /client certificate "none.pem" \(key "cert"\) cannot be read/,
  ],
  [
    'a certificate in place of a key',
    { cert: client.cert, key: client.cert },
    /\(key "key"\) is not a private key without a passphrase in PEM/,
  ],
  [
    'a key with a passphrase',
    { cert: client.cert, key: join(folder, 'locked.key') },
    /locked.key" \(key "key"\) has a passphrase; write it without: openssl pkey -in \S+locked.key -out new.key/,
  ],
  [
    'a key of another certificate',
    { cert: client.cert, key: server.key },
    /server.key" \(key "key"\) does not belong to the certificate .*client.pem"/,
  ],
])('refuses %s in one line', (_, config, message) => {
  const reading = (): unknown => readTlsFiles(config);
  expect(reading).toThrow(message);
  expect(reading).toThrow(expect.objectContaining({ exitCode: 2 }));
});

test.each<[string, number, RegExp]>([
  ['expired', 10, /client.pem" \(key "cert"\) expired on \d{4}-\d\d-\d\d; request a new one/],
  ['not valid yet', -10, /client.pem" \(key "cert"\) is valid from \d{4}-\d\d-\d\d; check the clock/],
])('refuses a certificate that is %s', (_, days, message) => {
  vi.useFakeTimers({ now: Date.now() + days * 86_400_000, toFake: ['Date'] });
  try {
    expect(() => readTlsFiles(client)).toThrow(message);
  } finally {
    vi.useRealTimers();
  }
});
