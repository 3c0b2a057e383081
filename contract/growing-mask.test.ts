import { expect, test } from 'vitest';
import { operation } from '../spec/pure-bt/operation.ts';
import { growingMask } from './growing-mask.ts';
import { escapedForms, maskOfFixtures, secretNames } from './mask.ts';
import { goodFixture } from './testing/servers.ts';

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
