import { describe, expect, test } from 'vitest';
import type { Fixture } from '../spec/family/states.ts';
import { operation } from '../spec/pure-bt/operation.ts';
import { inert } from './inert.ts';
import { createMask, escapedForms, growingMask, maskOfFixtures, secretNames } from './mask.ts';
import { goodFixture } from './testing/servers.ts';

const secret = 'a/b+c"d\\é:16chars';
const mask = createMask([['ps', secret]]);

test.each([
  ['plain', secret],
  ['JSON', JSON.stringify(secret).slice(1, -1)],
  ['JSON with escaped slashes', JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/')],
  ['URL', encodeURIComponent(secret)],
  ['URL in lower case', encodeURIComponent(secret).toLowerCase()],
  ['Base64', Buffer.from(secret).toString('base64')],
  ['Base64 without padding', Buffer.from(secret).toString('base64').replace(/=+$/, '')],
  ['Base64url', Buffer.from(secret).toString('base64url')],
  ['URL-escaped Base64', encodeURIComponent(Buffer.from(secret).toString('base64'))],
])('masks a secret in %s form', (_, form) => {
  expect(mask(`before ${form} after`)).toMatch(/^before «ps»=* after$/);
});

test('masks a secret in either letter case', () => {
  expect(createMask([['bindingCode', 'ABCDEF0123456789']])('code abcdef0123456789')).toBe('code «bindingCode»');
});

test('masks the payload and signature of a token', () => {
  const fixture = { token: 'header.payload.signature', ps: '0123456789abcdef' } as Fixture;
  expect(maskOfFixtures([fixture], operation)('header / payload / signature / 0123456789abcdef')).toBe(
    'header / «token» / «token» / «ps»',
  );
});

test.each([
  ['a terminal escape', '\u001b[31mred\u001b[0m', '\\x1b[31mred\\x1b[0m'],
  ['a title escape', '\u001b]0;x\u0007', '\\x1b]0;x\\x07'],
  ['a C1 escape', '\u009b31m', '\\x9b31m'],
  ['line breaks', 'a\r\n::error::x', 'a\\r\\n::error::x'],
  ['other line breaks', 'a\u2028b\u0085c', 'a\\u{2028}b\\x85c'],
  ['a direction override', 'abc\u202ecba', 'abc\\u{202e}cba'],
  ['a lone surrogate', 'a\ud800b', 'a\\u{d800}b'],
  ['ordinary Unicode', 'Größe 秤 ⚖', 'Größe 秤 ⚖'],
])('makes %s inert', (_, text, want) => expect(inert(text)).toBe(want));

test('cuts a long text', () => {
  expect(inert('x'.repeat(10_000_000), 50)).toHaveLength(50);
  expect(inert('\u001b'.repeat(1000), 50)).toHaveLength(50);
});

describe('a mask that grows', () => {
  const fixture = goodFixture(1);

  test('hides the same as the mask of one case', () => {
    const { learn, mask } = growingMask(operation);
    learn(fixture);
    const text = secretNames(operation)
      .flatMap((name) => escapedForms(fixture[name as keyof typeof fixture]))
      .join(' , ');
    expect(mask(text)).toBe(maskOfFixtures([fixture], operation)(text));
    expect(mask(text.toUpperCase())).toBe(maskOfFixtures([fixture], operation)(text.toUpperCase()));
  });

  test('hides only what it has learned', () => {
    const { learn, mask } = growingMask(operation);
    expect(mask(fixture.ps)).toBe(fixture.ps);
    learn(fixture);
    learn({ ...fixture, ps: 'anotherSecret-16' });
    expect(mask(`${fixture.ps}anotherSecret-16`)).toBe('«ps»«ps»');
  });

  test('keeps the text around a secret', () => {
    const { learn, mask } = growingMask(operation);
    learn(fixture);
    expect(mask(`İİ😀${fixture.bindingCode}\u0130 0123`)).toBe('İİ😀«bindingCode»\u0130 0123');
  });

  test('finds one of thousands of secrets at the end of a long text', () => {
    const { learn, mask } = growingMask(operation);
    for (let count = 0; count < 2_000; count += 1) {
      const digits = String(count).padStart(8, '0');
      learn({
        ...goodFixture(count),
        bindingCode: `ABCDEF01${digits}`,
        token: `head.payload-${digits}.signature-${digits}`,
      });
    }
    expect(mask(`${'eyJ0{"code":200,"msg":"head."} '.repeat(10_000)}ABCDEF0100001999`)).toMatch(/«bindingCode»$/);
  });
});
