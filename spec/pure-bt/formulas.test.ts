import { expect, test } from 'vitest';
import { secretPlaintext, textToSign } from './formulas.ts';

test('the text to sign joins its fields without separators', () => {
  expect(textToSign({ pk: 'p1abcd', dk: 'ACD9', bindingCode: '00FF', pwd: 'pw' }, 'secret')).toBe(
    'p1abcdACD900FFpwsecret',
  );
});

test.each([undefined, null, ''])('a pwd of %j signs like none', (pwd) => {
  expect(textToSign({ pk: 'p', dk: 'd', bindingCode: 'c', pwd }, 's')).toBe('pdcs');
});

test('the secret plaintext has two English commas', () => {
  expect(secretPlaintext('p1abcd', 'ACD9', 'xyz')).toBe('p1abcd,ACD9,xyz');
});
