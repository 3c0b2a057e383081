import { describe, expect, test } from 'vitest';
import type { CipherField } from '../../../generators/pure-bt/request.ts';
import { device, explained, explainedPart, known, seal, signedBody, wrongIds, wrongParts } from './testing/device.ts';

const { pk, dk, bindingCode, ps, userDomainSecret } = device;
const otherDk = '00D9296AD469';

type Planted = [what: string, ids: string[], plaintext: (secret: string) => string];

/** Plaintexts of the encrypted bindingSecrets. */
const secretPlaintexts: readonly Planted[] = [
  ['spaces after the commas', ['spaces'], (secret) => `${pk}, ${dk}, ${secret}`],
  ['DK before PK', ['swapped'], (secret) => `${dk},${pk},${secret}`],
  ['the secret first', ['order'], (secret) => `${secret},${pk},${dk}`],
  ['no commas', ['no-commas'], (secret) => pk + dk + secret],
  ['no commas and DK before PK', ['no-commas', 'swapped'], (secret) => dk + pk + secret],
  ['full-width commas', ['full-width-commas'], (secret) => `${pk}，${dk}，${secret}`],
  ['semicolons', ['separator'], (secret) => [pk, dk, secret].join(';')],
  ['bars', ['separator'], (secret) => [pk, dk, secret].join('|')],
  ['colons', ['separator'], (secret) => [pk, dk, secret].join(':')],
  ['spaces alone', ['separator'], (secret) => [pk, dk, secret].join(' ')],
  ['line breaks', ['separator'], (secret) => [pk, dk, secret].join('\n')],
  ['quotes around', ['quoted'], (secret) => `"${pk},${dk},${secret}"`],
  ['quotes around each value', ['quoted-values'], (secret) => `"${pk}","${dk}","${secret}"`],
  ['a JSON object', ['json'], (secret) => JSON.stringify({ pk, dk, bindingSecret: secret })],
  ['a JSON list', ['json'], (secret) => JSON.stringify([pk, dk, secret])],
  ['name=value', ['key-value'], (secret) => `pk=${pk},dk=${dk},bindingSecret=${secret}`],
  ['a line break at the end', ['trailing-newline'], (secret) => `${pk},${dk},${secret}\n`],
  ['CR LF at the end', ['trailing-newline'], (secret) => `${pk},${dk},${secret}\r\n`],
  ['a space at the end', ['surrounding-space'], (secret) => `${pk},${dk},${secret} `],
  ['a byte order mark', ['byte-order-mark'], (secret) => `\ufeff${pk},${dk},${secret}`],
  ['dk in lower case', ['dk-lower-case'], (secret) => `${pk},${dk.toLowerCase()},${secret}`],
  ['dk with colons', ['dk-form'], (secret) => `${pk},AC:D9:29:6A:D4:69,${secret}`],
  ['pk in upper case', ['pk-case'], (secret) => `${pk.toUpperCase()},${dk},${secret}`],
  ['another dk', ['other-dk'], (secret) => `${pk},${otherDk},${secret}`],
  ['another pk', ['other-pk'], (secret) => `p1XXXX,${dk},${secret}`],
  ['another pk and dk', ['other-dk', 'other-pk'], (secret) => `p1XXXX,${otherDk},${secret}`],
  ['the secret alone', ['secret-alone'], (secret) => secret],
  ['PK and DK alone', ['secret-missing'], () => `${pk},${dk}`],
  ['PK and the secret', ['dk-missing'], (secret) => `${pk},${secret}`],
  ['DK and the secret', ['pk-missing'], (secret) => `${dk},${secret}`],
  ['two values that are neither', ['two-parts'], (secret) => `${secret},${secret}`],
  ['four values', ['four-parts'], (secret) => `${pk},${dk},${secret},x`],
  ['a comma at the end', ['four-parts'], (secret) => `${pk},${dk},${secret},`],
  ['an empty secret', ['empty-secret'], () => `${pk},${dk},`],
  ['a null secret', ['secret-null'], () => `${pk},${dk},null`],
  ['an undefined secret', ['secret-null'], () => `${pk},${dk},undefined`],
  ['nothing', ['empty'], () => ''],
  ['the words of the document', ['literal'], () => 'PK,DK,bindingSecret'],
  ['PS as secret', ['secret-is-other'], () => `${pk},${dk},${ps}`],
  ['userDomainSecret as secret', ['secret-is-other'], () => `${pk},${dk},${userDomainSecret}`],
  ['the bindingCode as secret', ['secret-is-other'], () => `${pk},${dk},${bindingCode}`],
  [
    'full-width commas, spaces and a line break',
    ['full-width-commas', 'spaces', 'trailing-newline'],
    (secret) => `${pk}， ${dk}， ${secret}\n`,
  ],
];

describe.each([
  ['encryptedNewBindingSecret', device.bindingSecret],
  ['encryptedOldBindingSecret', device.oldBindingSecret],
] as const)('%s', (field, secret) => {
  test.each<Planted>(secretPlaintexts)('finds %s', (_, ids, plaintext) => {
    const explanation = explained(signedBody({ [field]: seal(plaintext(secret)) }));
    expect(wrongIds(explanation, field).toSorted()).toEqual(ids.map((id) => `plaintext/${id}`));
    expect(wrongParts(explanation)).toEqual([field]);
  });
});

test.each([
  ['encryptedNewBindingSecret', device.oldBindingSecret, 'plaintext/secret-is-old'],
  ['encryptedOldBindingSecret', device.bindingSecret, 'plaintext/secret-is-new'],
  ['encryptedOldBindingSecret', 'neverStoredBefor', 'plaintext/secret-other'],
] as const)('%s with %s gives %s', (field, secret, id) => {
  const explanation = explained(signedBody({ [field]: seal(`${pk},${dk},${secret}`) }));
  expect(wrongIds(explanation, field)).toEqual([id]);
});

test('adds only a note for a new secret that the fixture does not have', () => {
  const body = signedBody({ encryptedNewBindingSecret: seal(`${pk},${dk},drawnByTheApp123`) });
  expect(explainedPart(body, 'encryptedNewBindingSecret')).toMatchObject({
    verdict: 'right',
    findings: [{ id: 'plaintext/secret-other', kind: 'note' }],
  });
});

const codes: readonly [what: string, ids: string[], code: string][] = [
  ['lower case', ['lower-case'], bindingCode.toLowerCase()],
  ['a line break at the end', ['trailing-newline'], `${bindingCode}\n`],
  ['a space at the end', ['surrounding-space'], `${bindingCode} `],
  ['quotes', ['quoted'], `"${bindingCode}"`],
  ['0x', ['hex-prefix'], `0x${bindingCode}`],
  ['hyphens', ['separated'], bindingCode.replace(/.{4}(?!$)/g, '$&-')],
  ['15 characters', ['length'], bindingCode.slice(1)],
  ['17 characters', ['length'], `${bindingCode}0`],
  ['the letter G', ['not-hex'], `G${bindingCode.slice(1)}`],
  ['the bindingSecret', ['holds-other'], device.bindingSecret],
  ['PS', ['holds-other'], ps],
  ['dk', ['holds-other'], dk],
  ['PK,DK,bindingSecret', ['holds-secret'], `${pk},${dk},${device.bindingSecret}`],
  ['another code', ['other-code'], 'FFFF50E2CB954D66'],
];

describe('a bindingCode', () => {
  test.each([...codes, ['nothing', ['empty'], '']] as typeof codes)(
    'finds in the encrypted code: %s',
    (_, ids, code) => {
      const explanation = explained(signedBody({ encryptedBindingCode: seal(code) }));
      expect(wrongIds(explanation, 'encryptedBindingCode')).toEqual(ids.map((id) => `code/${id}`));
      expect(wrongParts(explanation)).toEqual(['encryptedBindingCode']);
    },
  );

  test.each(codes)('finds in the plain code: %s', (_, ids, code) => {
    const explanation = explained(signedBody({ bindingCode: code }));
    expect(wrongIds(explanation, 'fields')).toEqual(ids.map((id) => `code/${id}`));
    expect(wrongParts(explanation)).toEqual(['fields']);
  });
});

test('checks only the format without the secrets of the device', () => {
  const { userDomainSecret: given } = device;
  const fields: readonly CipherField[] = ['encryptedNewBindingSecret', 'encryptedOldBindingSecret'];
  const ciphertexts = Object.fromEntries(fields.map((field) => [field, seal(`${pk},${dk},whatever`)]));
  const body = signedBody({ encryptedBindingCode: seal('0123456789ABCDEF'), ...ciphertexts });
  expect(wrongParts(explained(body, { secrets: { ps, userDomainSecret: given } }))).toEqual([]);
  expect(wrongParts(explained(body, known(body)))).toEqual(['encryptedBindingCode', 'encryptedOldBindingSecret']);
});

test('shows pk and dk of a wrong plaintext, and no secret', () => {
  const body = signedBody({ encryptedNewBindingSecret: seal([pk, dk, device.bindingSecret].join(';')) });
  expect(explainedPart(body, 'encryptedNewBindingSecret').made).toBe(`${pk};${dk};«bindingSecret»`);
});
