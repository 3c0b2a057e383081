import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Certificates, makeCertificates } from '../../contract/testing/tls.ts';
import { readTlsFiles } from './tls-files.ts';

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

test('the files of a configuration are read', () => {
  const { ca, client } = certificates;
  const begin = /^-----BEGIN /;
  expect(readTlsFiles({ ca, ...client })).toEqual({
    ca: expect.stringMatching(begin),
    cert: expect.stringMatching(begin),
    key: expect.stringMatching(begin),
  });
  expect(readTlsFiles({})).toEqual({});
});

test.each<[string, (made: Certificates) => object, RegExp]>([
  [
    'an authority that is missing',
    () => ({ ca: 'none.pem' }),
    /authority "none.pem" \(key "ca"\) cannot be read; correct/,
  ],
  ['an authority that is no PEM', () => ({ ca: join(folder, 'text.pem') }), /\(key "ca"\) is not a certificate in PEM/],
  [
    'a certificate that is missing',
    ({ client: { key } }) => ({ cert: 'none.pem', key }),
    /client certificate "none.pem" \(key "cert"\) cannot be read/,
  ],
  [
    'a key that is a certificate',
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
