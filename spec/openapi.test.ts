import { createCipheriv, hash } from 'node:crypto';
import { expect, test } from 'vitest';
import { findOperation } from './openapi.ts';
import { loadOpenApi } from './pure-bt/contract-file.ts';
import { defaultDialect } from './pure-bt/dialect.ts';
import { operationPath } from './pure-bt/path.ts';
import type { BindingRequest, EncryptedBindingRequest, Envelope, PlainBindingRequest } from './pure-bt/types.ts';

const document = loadOpenApi();
const { schemas } = document.components;
const operation = findOperation(document);
const requestExamples = operation.requestBody?.content['application/json']?.examples ?? {};

/** The document's request table: field, required, type. */
const requestTable: readonly (readonly [string, boolean, string])[] = [
  ['bindingCode', false, 'string'],
  ['capabilitiesBitmask', false, 'integer(int32)'],
  ['deviceName', false, 'string'],
  ['dk', true, 'string'],
  ['encryptedBindingCode', false, 'string'],
  ['encryptedNewBindingSecret', true, 'string'],
  ['encryptedOldBindingSecret', false, 'string'],
  ['fid', false, 'string'],
  ['frid', false, 'string'],
  ['isCommonDevice', false, 'boolean'],
  ['pk', true, 'string'],
  ['pwd', false, 'string'],
  ['random', true, 'string'],
  ['signature', true, 'string'],
];

test('has only the path of the document', () => {
  expect(Object.keys(document.paths)).toEqual([operationPath]);
});

test.each([
  ['PlainBindingRequest', 'bindingCode'],
  ['EncryptedBindingRequest', 'encryptedBindingCode'],
])('%s has every field of the document, and also requires %s', (name, form) => {
  const required = requestTable.filter(([field, marked]) => marked || field === form).map(([field]) => field);
  expect(Object.keys(schemas[name]?.properties ?? {}).sort()).toEqual(requestTable.map(([field]) => field).sort());
  expect([...(schemas[name]?.required ?? [])].sort()).toEqual(required.sort());
});

test.each(requestTable)('%s has the type of the document', (field, required, type) => {
  const { type: types, format } = schemas[field] ?? {};
  const [name, ...others] = [types].flat();
  expect(format === undefined ? name : `${String(name)}(${String(format)})`).toBe(type);
  // Each bindingCode is required in its own form.
  expect(others).toEqual(required || /bindingCode$/i.test(field) ? [] : ['null']);
});

test('uses the dialect defaults as limits', () => {
  expect(schemas['deviceName']?.['maxLength']).toBe(defaultDialect.deviceNameLimit);
  expect(schemas['pwd']?.['pattern']).toBe(`^(?:${defaultDialect.pwdPattern})?$`);
  expect(schemas['SuccessEnvelope']?.properties?.['code']?.['const']).toBe(defaultDialect.successCode);
});

/** The values in the request examples; all are invented. */
const made = {
  ps: 'b4Nq8sTz1wYc6HjK',
  userDomainSecret: 'madeUp0UserDomain0Secret0For0The0Examples044',
  bindingCode: '3F9A0C5D71E2B864',
  bindingSecret: 'q7Rk2VdX9mLp4TzA',
  oldBindingSecret: 'H3sYw8Bn5cUe0JfG',
};

function encrypt(plaintext: string, iv: string): string {
  const cipher = createCipheriv('aes-128-cbc', made.ps, iv);
  return cipher.update(plaintext, 'utf8', 'base64') + cipher.final('base64');
}

test('signs and encrypts the plain example as documented', () => {
  const example = requestExamples['plain']?.value as PlainBindingRequest;
  const { pk, dk, random, signature, ...body } = example;
  expect(body).toEqual({
    bindingCode: made.bindingCode,
    encryptedNewBindingSecret: encrypt(`${pk},${dk},${made.bindingSecret}`, random),
  });
  expect(signature).toBe(hash('sha256', pk + dk + made.bindingCode + made.userDomainSecret));
});

test('signs and encrypts the encrypted example as documented', () => {
  const body = requestExamples['encrypted']?.value as EncryptedBindingRequest;
  const { pk, dk, random, pwd } = body;
  const encryptedBindingCode = encrypt(made.bindingCode, random);
  expect(body).toMatchObject({
    encryptedBindingCode,
    encryptedNewBindingSecret: encrypt(`${pk},${dk},${made.bindingSecret}`, random),
    encryptedOldBindingSecret: encrypt(`${pk},${dk},${made.oldBindingSecret}`, random),
    signature: hash('sha256', pk + dk + encryptedBindingCode + String(pwd) + made.userDomainSecret),
  });
  expect(Object.keys(body)).toHaveLength(requestTable.length - 1);
});

const common = { pk: 'p', dk: 'd', encryptedNewBindingSecret: 's', random: 'r', signature: 's' };

test('has types for each request form and each envelope', () => {
  const bodies = [
    { ...common, bindingCode: 'c', encryptedBindingCode: null, pwd: null } satisfies PlainBindingRequest,
    { ...common, encryptedBindingCode: 'c', isCommonDevice: false } satisfies EncryptedBindingRequest,
    // @ts-expect-error a request has one form, not both
    { ...common, bindingCode: 'c', encryptedBindingCode: 'c' } satisfies BindingRequest,
    // @ts-expect-error a request needs one form
    { ...common } satisfies BindingRequest,
    { code: 200, msg: '', data: { verified: '1' }, extMsg: null } satisfies Envelope,
    { code: 5032, msg: '' } satisfies Envelope,
  ];
  expect(bodies).toHaveLength(6);
});
