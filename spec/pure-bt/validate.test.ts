import { expect, test } from 'vitest';
import { findOperation } from '../openapi.ts';
import { loadOpenApi } from '../pure-bt/contract-file.ts';
import { type Problem, requestProblems, responseProblems } from './validate.ts';

const examples = findOperation(loadOpenApi()).requestBody?.content['application/json']?.examples ?? {};
const plain = examples['plain']?.value as Record<string, unknown>;
const encrypted = examples['encrypted']?.value as Record<string, unknown>;

/** The problems as text. */
function problemTexts(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ path, message }) => `${path} ${message}`.trim());
}

test.each(Object.entries(examples))('accepts the request example %s', (_, { value }) => {
  expect(requestProblems(value)).toEqual([]);
});

test.each(Object.entries(findOperation(loadOpenApi()).responses['200']?.content?.['application/json']?.examples ?? {}))(
  'accepts the response example %s',
  (_, { value }) => {
    expect(responseProblems(value)).toEqual([]);
  },
);

const accepted: readonly (readonly [string, Record<string, unknown>])[] = [
  ['a deviceName of 254 characters', { deviceName: 'x'.repeat(254) }],
  ['a deviceName of 254 emoji', { deviceName: '⚖'.repeat(254) }],
  ['a dk of 4 characters', { dk: 'aZ09' }],
  ['a dk of 32 characters', { dk: 'd'.repeat(32) }],
  ['capabilitiesBitmask 0', { capabilitiesBitmask: 0 }],
  ['capabilitiesBitmask 15', { capabilitiesBitmask: 15 }],
  ['a pwd of 64 characters', { pwd: ' ~'.repeat(32) }],
  ['an empty pwd', { pwd: '' }],
  ['a pk of any text', { pk: '客' }],
  ['an unknown field', { extra: 1 }],
  [
    'null in every optional field',
    {
      encryptedBindingCode: null,
      encryptedOldBindingSecret: null,
      pwd: null,
      deviceName: null,
      capabilitiesBitmask: null,
      isCommonDevice: null,
      fid: null,
      frid: null,
    },
  ],
];

test.each(accepted)('accepts a request with %s', (_, changes) => {
  expect(requestProblems({ ...plain, ...changes })).toEqual([]);
});

const refused: readonly (readonly [string, Record<string, unknown>, readonly string[]])[] = [
  ['a deviceName of 255 characters', { deviceName: 'x'.repeat(255) }, ['/deviceName must have at most 254 characters']],
  ['a dk of 3 characters', { dk: 'abc' }, ['/dk must match ^[0-9A-Za-z]{4,32}$']],
  ['a dk of 33 characters', { dk: 'd'.repeat(33) }, ['/dk must match ^[0-9A-Za-z]{4,32}$']],
  ['a dk that ends with a line feed', { dk: 'abcd\n' }, ['/dk must match ^[0-9A-Za-z]{4,32}$']],
  ['no dk', { dk: undefined }, ['/dk is missing']],
  ['a null dk', { dk: null }, ['/dk must be string']],
  ['an empty pk', { pk: '' }, ['/pk must not be empty']],
  ['capabilitiesBitmask -1', { capabilitiesBitmask: -1 }, ['/capabilitiesBitmask must be at least 0']],
  ['capabilitiesBitmask 16', { capabilitiesBitmask: 16 }, ['/capabilitiesBitmask must be at most 15']],
  ['capabilitiesBitmask 1.5', { capabilitiesBitmask: 1.5 }, ['/capabilitiesBitmask must be integer or null']],
  ['capabilitiesBitmask "3"', { capabilitiesBitmask: '3' }, ['/capabilitiesBitmask must be integer or null']],
  ['isCommonDevice "yes"', { isCommonDevice: 'yes' }, ['/isCommonDevice must be boolean or null']],
  ['a pwd of 65 characters', { pwd: 'x'.repeat(65) }, ['/pwd must match ^(?:[\\x20-\\x7e]{1,64})?$']],
  ['a bindingCode in lower case', { bindingCode: '3f9a0c5d71e2b864' }, ['/bindingCode must match ^[0-9A-F]{16}$']],
  ['a random of 15 characters', { random: 'Zt5pX0aLm93RkQ7' }, ['/random must match ^[0-9A-Za-z]{16}$']],
  ['a signature in upper case', { signature: 'A'.repeat(64) }, ['/signature must match ^[0-9a-f]{64}$']],
  [
    'neither bindingCode',
    { bindingCode: null },
    ['/bindingCode is missing, and so is encryptedBindingCode: choose one'],
  ],
  [
    'both bindingCodes',
    { encryptedBindingCode: encrypted['encryptedBindingCode'] },
    ['/bindingCode must be absent if encryptedBindingCode is given: choose one'],
  ],
  [
    'a short encryptedBindingCode alone',
    { bindingCode: undefined, encryptedBindingCode: 'AAAA' },
    ['/encryptedBindingCode must match ^[0-9A-Za-z+/]{43}=$'],
  ],
  [
    'a secret of less than one AES block',
    { encryptedNewBindingSecret: 'AAAA' },
    ['/encryptedNewBindingSecret must have at least 24 characters'],
  ],
];

test.each(refused)('refuses a request with %s', (_, changes, want) => {
  const entries = Object.entries({ ...plain, ...changes }).filter(([, value]) => value !== undefined);
  expect(problemTexts(requestProblems(Object.fromEntries(entries)))).toEqual(want);
});

test.each([null, undefined, [], 'text', 1])('refuses a request that is %j', (body) => {
  expect(problemTexts(requestProblems(body))).toEqual(['must be object']);
});

const success = { code: 200, msg: '', data: { verified: 1 }, extMsg: null };

const envelopes: readonly (readonly [string, unknown, readonly string[]])[] = [
  ['a success', success, []],
  ['a success with verified "0"', { ...success, data: { verified: '0' } }, []],
  ['a success without extMsg', { code: 200, msg: 'ok', data: { verified: 0 } }, []],
  ['a success with more fields', { ...success, traceId: 'x', data: { verified: 1, at: 2 } }, []],
  ['a success without data', { code: 200, msg: '' }, ['/data is missing']],
  ['a success with null data', { ...success, data: null }, ['/data must be object']],
  ['a success without verified', { ...success, data: {} }, ['/data/verified is missing']],
  ['verified 2', { ...success, data: { verified: 2 } }, ['/data/verified must be one of 0, 1, "0", "1"']],
  ['a success without msg', { code: 200, data: { verified: 1 } }, ['/msg is missing']],
  ['a failure with code and msg only', { code: 5032, msg: 'x' }, []],
  ['a failure with null data', { code: 5361, msg: 'x', data: null, extMsg: null }, []],
  ['a failure of an unknown code', { code: 9999, msg: 'x' }, []],
  ['a failure with an array as data', { code: 5361, msg: 'x', data: [] }, ['/data must be null']],
  ['a failure with other data', { code: 5361, msg: 'x', data: { id: 1 } }, ['/data must be null']],
  ['a code that is text', { code: '5361', msg: 'x' }, ['/code must be integer']],
  ['a fractional code', { code: 5361.5, msg: 'x' }, ['/code must be integer']],
  ['no code', { msg: 'x' }, ['/code is missing']],
  ['a null msg', { code: 5361, msg: null }, ['/msg must be string']],
  ['extMsg as an object', { code: 5361, msg: '', extMsg: {} }, ['/extMsg must be string or null']],
  ['an array', [], ['must be object']],
  ['null', null, ['must be object']],
];

test.each(envelopes)('names the problems of %s', (_, body, want) => {
  expect(problemTexts(responseProblems(body))).toEqual(want);
});

test.each([
  [200, 200, ['/data is missing']],
  [200, 0, []],
  [0, 0, ['/data is missing']],
  [0, 200, []],
  ['any', 200, ['/data is missing']],
  ['any', 0, ['/data is missing']],
  ['any', 5361, []],
] as const)('with success code %s, checks %i without data: %j', (successCode, code, want) => {
  expect(problemTexts(responseProblems({ code, msg: '' }, successCode))).toEqual(want);
});

test('with success code 0, uses the same schema for success', () => {
  expect(responseProblems({ ...success, code: 0 }, 0)).toEqual([]);
});

test('never shows the value in a problem', () => {
  const secret = 'hunter2-hunter2';
  const body = Object.fromEntries(Object.keys(encrypted).map((field) => [field, `\u0007${secret}`]));
  expect(JSON.stringify(requestProblems(body))).not.toContain(secret);
  expect(JSON.stringify(responseProblems({ code: secret, msg: 1, data: secret }))).not.toContain(secret);
});
