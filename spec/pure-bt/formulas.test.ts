import { expect, test } from 'vitest';
import { secretPlaintext, textToSign } from './formulas.ts';

test('joins the fields to sign without separators', () => {
  expect(textToSign({ pk: 'p1abcd', dk: 'ACD9', bindingCode: '00FF', pwd: 'pw' }, 'secret')).toBe(
    'p1abcdACD900FFpwsecret',
  );
});

test.each([undefined, null, ''])('signs a pwd of %j like an absent pwd', (pwd) => {
  expect(textToSign({ pk: 'p', dk: 'd', bindingCode: 'c', pwd }, 's')).toBe('pdcs');
});

test('joins a secret plaintext with two English commas', () => {
  expect(secretPlaintext('p1abcd', 'ACD9', 'xyz')).toBe('p1abcd,ACD9,xyz');
});
