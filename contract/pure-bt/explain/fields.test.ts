import { expect, test } from 'vitest';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { explain } from './explain.ts';
import type { Known } from './known.ts';
import { readRequestFile } from './read-request/read-request.ts';
import { device, explained, explainedPart, known, seal, signedBody, wrongIds, wrongParts } from './testing/device.ts';

test.each<[what: string, ids: string[], changes: Record<string, unknown>]>([
  ['no pk', ['missing'], { pk: undefined }],
  ['an empty dk', ['missing'], { dk: '' }],
  ['no random', ['missing'], { random: undefined }],
  ['a null encryptedNewBindingSecret', ['missing'], { encryptedNewBindingSecret: null }],
  ['neither code', ['no-code'], { bindingCode: undefined }],
  ['both codes', ['both-codes'], { bindingCode: device.bindingCode, encryptedBindingCode: seal(device.bindingCode) }],
  ['a random of 15 characters', ['random-length'], { random: device.random.slice(1) }],
  ['a random in hex', ['random-length'], { random: Buffer.from(device.random).toString('hex') }],
  ['a random in Base64', ['random-length'], { random: Buffer.from(device.random).toString('base64') }],
  ['a dk with colons', ['dk-format'], { dk: 'AC:D9:29:6A:D4:69' }],
  ['a dk of three characters', ['dk-format'], { dk: 'ACD' }],
  ['a dk of 33 characters', ['dk-format'], { dk: 'A'.repeat(33) }],
  ['a pwd of 65 characters', ['pwd-format'], { pwd: 'x'.repeat(65) }],
  ['a deviceName of 255 characters', ['name-length'], { deviceName: 'x'.repeat(255) }],
  ['a bitmask of 16', ['bitmask'], { capabilitiesBitmask: 16 }],
  ['a bitmask in quotes', ['type'], { capabilitiesBitmask: '4' }],
  ['isCommonDevice in quotes', ['type'], { isCommonDevice: 'true' }],
  ['a number as pwd', ['type'], { pwd: 123456 }],
  ['a list as deviceName', ['type'], { deviceName: ['x'] }],
  ['a misspelt field', ['typo'], { encryptedNewBindSecret: 'x' }],
  ['a field in another letter case', ['typo'], { devicename: 'x' }],
  ['a masked value', ['masked'], { deviceName: '«pwd»' }],
])('finds %s', (_, ids, changes) => {
  expect(wrongIds(explained(signedBody(changes)), 'fields')).toEqual(ids.map((id) => `field/${id}`));
});

const badDk = "dk does not match the dialect's pattern [A-F]{6} (5361)";
const badCode = "bindingCode is wrong: it does not match the dialect's pattern \\d{6}";
const longName = 'deviceName has 9 characters; the limit is 8 (5333)';

test.each<[what: string, changes: Record<string, unknown>, finding: object, limits?: Partial<typeof defaultDialect>]>([
  ['a bitmask of 0, as in the document', { capabilitiesBitmask: 0 }, { id: 'field/bitmask', kind: 'note' }],
  ['an unknown field', { timestamp: '1744773894369' }, { id: 'field/unknown', kind: 'note' }],
  ['a random with other characters', { random: 'RNTIhbheeLiX+/=!' }, { id: 'field/random-characters', kind: 'note' }],
  ['a fixture of another device', { dk: '00D9296AD469' }, { id: 'field/dk-other', kind: 'note' }],
  ['the type of an object', { deviceName: {} }, { says: 'deviceName is an object, not a string' }],
  [
    'the correct name of a field',
    { encryptedNewBindSecret: 'x' },
    {
      says: '"encryptedNewBindSecret" is not a field of this operation',
      fix: 'did you mean "encryptedNewBindingSecret"?',
    },
  ],
  [
    "the dialect's pattern of dk",
    { dk: 'ACD929' },
    { says: badDk, fix: 'change dk, or set --dialect dkPattern=…' },
    { dkPattern: '[A-F]{6}' },
  ],
  [
    "the dialect's pattern of bindingCode",
    { bindingCode: '12345a' },
    { says: badCode, fix: 'change bindingCode, or set --dialect bindingCodePattern=…' },
    { bindingCodePattern: '\\d{6}' },
  ],
  [
    "the dialect's limit of deviceName",
    { deviceName: 'x'.repeat(9) },
    { says: longName, fix: 'shorten deviceName to 8 characters' },
    { deviceNameLimit: 8 },
  ],
])('names %s', (_, changes, finding, limits) => {
  const dialect = { ...defaultDialect, ...limits };
  const { verdict, findings } = explainedPart(signedBody(changes), 'fields', { dialect });
  expect(limits === undefined ? findings : findings.slice(0, 1)).toMatchObject([finding]);
  expect(verdict).toBe('kind' in finding ? 'right' : 'wrong');
});

test('adds a note for a field that is given twice', () => {
  const twice = `{"pk":"x",${JSON.stringify(signedBody()).slice(1)}`;
  const [request] = readRequestFile(Buffer.from(twice), 'twice.json').requests;
  const { parts } = explain({ ...known(signedBody()), request: { ...(request as Known['request']), headers: [] } });
  expect(parts.find(({ part }) => part === 'fields')).toMatchObject({
    verdict: 'right',
    findings: [{ kind: 'note', says: 'pk is given more than once; servers differ in which one they use' }],
  });
});

test('accepts what the patterns of the dialect allow', () => {
  const dialect = { ...defaultDialect, dkPattern: '[0-9A-F:]+', bindingCodePattern: '[0-9a-f]{4}' };
  const secrets = { ...known({}).secrets, bindingCode: 'abcd' };
  const body = signedBody({ dk: 'AC:D9:29', bindingCode: 'abcd' });
  expect(wrongIds(explained(body, { dialect, secrets }), 'fields')).toEqual([]);
});

test.each([
  ['sign', 'signature'],
  ['Signature', 'signature'],
  ['binding_code', 'bindingCode'],
  ['bindCode', 'bindingCode'],
  ['encryptedBindingSecret', 'encryptedNewBindingSecret'],
  ['nonce', 'random'],
  ['iv', 'random'],
])('explains a field that is sent as %s', (name, meant) => {
  const { [meant]: value, ...body } = signedBody();
  const explanation = explained({ ...body, [name]: value });
  expect(wrongParts(explanation)).toEqual(['fields']);
  const fields = explanation.parts.find(({ part }) => part === 'fields');
  expect(fields?.findings).toMatchObject([{ id: 'field/typo', fix: `did you mean "${meant}"?` }]);
});

test.each(['param', 'data'])('explains the fields in a member %s', (name) => {
  const explanation = explained({ [name]: signedBody() });
  expect(wrongParts(explanation)).toEqual(['fields']);
  expect(wrongIds(explanation, 'fields')).toEqual(['field/wrapped']);
});

test('names the first of many unknown fields, and counts the others', () => {
  const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`extra${at}`, 1]));
  const { findings } = explainedPart(signedBody(many), 'fields');
  expect(findings).toHaveLength(51);
  expect(findings.at(-1)?.says).toBe('950 more fields are not of this operation');
});

test.each(['pk', 'dk', 'random', 'bindingCode', 'pwd'])('explains a request with a very long %s', (name) => {
  const body = signedBody({ [name]: '(['.repeat(30_000) });
  expect(JSON.stringify(explained(body)).length).toBeLessThan(10_000);
});
