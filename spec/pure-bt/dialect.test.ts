import { expect, test } from 'vitest';
import { isSuccessCode, readSettings } from '../dialect.ts';
import { defaultDialect, dialectKeys } from './dialect.ts';
import { dialectSettings } from './settings.ts';

test('has a valid default for every setting', () => {
  for (const key of dialectKeys) {
    expect(dialectSettings[key].read(String(defaultDialect[key]))).toBe(defaultDialect[key]);
  }
});

test('reads settings from text and from configuration values', () => {
  expect(readSettings({ successCode: 0, pwdPattern: '\\d{6}', deviceNameLimit: '64' }, defaultDialect)).toEqual({
    dialect: {
      ...{ ...defaultDialect, successCode: 0, pwdPattern: '\\d{6}', deviceNameLimit: 64 },
      declared: ['successCode', 'pwdPattern', 'deviceNameLimit'],
    },
  });
});

test.each([
  [{ succesCode: '200' }, 'unknown dialect setting "succesCode"'],
  [{ successCode: '201' }, 'dialect successCode: "201" is not one of its values; choose 200 | 0 | any'],
  [{ pwdPattern: '(' }, 'dialect pwdPattern: "(" is not a regular expression'],
  [{ dkPattern: '[' }, 'dialect dkPattern: "[" is not a regular expression; an example is [0-9A-Za-z]{4,32}'],
  [{ deviceNameLimit: '0' }, 'dialect deviceNameLimit: "0" is not'],
  [{ siblingCodes: true }, 'dialect siblingCodes: true is not one of its values'],
])('refuses %j with the name and the choices', (values, problem) => {
  const read = readSettings(values, defaultDialect);
  expect('problem' in read ? read.problem : '').toContain(problem);
});

test.each([
  [200, [true, false, true]],
  [0, [false, true, true]],
  [5361, [false, false, false]],
] as const)('decides if %i is success under 200, 0 and any: %j', (code, want) => {
  const dialects = ([200, 0, 'any'] as const).map((successCode) => ({ ...defaultDialect, successCode }));
  expect(dialects.map((dialect) => isSuccessCode(code, dialect))).toEqual(want);
});
