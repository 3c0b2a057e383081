import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Certificates, makeCertificates } from '../../contract/testing/tls.ts';
import { readTlsFiles, readTokenKeys } from './tls-files.ts';

let certificates: Certificates;
let folder = '';

beforeAll(async () => {
  certificates = await makeCertificates();
  folder = await mkdtemp(join(tmpdir(), 'bindgate-tls-files-'));
  await writeFile(join(folder, 'text.pem'), 'no certificate');
});

afterAll(async () => {
  await certificates[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

test('reads the files of a configuration', () => {
  const { ca, client } = certificates;
  const begin = /^-----BEGIN /;
  expect(readTlsFiles({ ca, ...client })).toEqual({
    ca: expect.stringMatching(begin),
    cert: expect.stringMatching(begin),
    key: expect.stringMatching(begin),
  });
  expect(readTlsFiles({})).toEqual({});
});

test('reads the public key of the token issuer as text or from a file', async () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const publicKeyFile = join(folder, 'issuer.pem');
  await writeFile(publicKeyFile, publicKeyPem);
  for (const tokenKeys of [{ publicKeyPem }, { publicKeyFile }]) {
    expect(readTokenKeys({ tokenKeys })).toEqual({ publicKeyPem });
  }
  expect(readTokenKeys({})).toEqual({});
  expect(() => readTokenKeys({ tokenKeys: { publicKeyFile: join(folder, 'text.pem') } })).toThrow(
    /\(key "tokenKeys.publicKeyFile"\) is not a public key in PEM; convert it/,
  );
});

test.each<[string, (made: Certificates) => object, RegExp]>([
  ['a missing authority', () => ({ ca: 'none.pem' }), /authority "none.pem" \(key "ca"\) cannot be read; correct/],
  [
    'an authority that is not PEM',
    () => ({ ca: join(folder, 'text.pem') }),
    /\(key "ca"\) is not a certificate in PEM/,
  ],
  [
    'a missing certificate',
    ({ client: { key } }) => ({ cert: 'none.pem', key }),
    /client certificate "none.pem" \(key "cert"\) cannot be read/,
  ],
  [
    'a certificate in place of a key',
    ({ client: { cert } }) => ({ cert, key: cert }),
    /\(key "key"\) is not a private key without a passphrase in PEM/,
  ],
  [
    'a key of another certificate',
    ({ client: { cert }, server: { key } }) => ({ cert, key }),
    /server.key" \(key "key"\) does not belong to the certificate .*client.pem"/,
  ],
])('refuses %s in one line', (_, config, message) => {
  const reading = (): unknown => readTlsFiles(config(certificates));
  expect(reading).toThrow(message);
  expect(reading).toThrow(expect.objectContaining({ exitCode: 2 }));
});
