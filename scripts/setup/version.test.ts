import { expect, test } from 'vitest';
import { isAtLeast } from './version.mjs';

test.each([
  ['24.18.0', '24.18.0', true],
  ['24.18.1', '24.18.0', true],
  ['26.0.0', '24.18.0', true],
  ['v26.10.0', '24.18.0', true],
  ['24.17.9', '24.18.0', false],
  ['24.9.0', '24.18.0', false],
  ['20.20.2', '24.18.0', false],
  ['100.0.0', '24.18.0', true],
  ['24.18.0-nightly20260101', '24.18.0', true],
])('%s against %s: %s', (version, minimum, wanted) => {
  expect(isAtLeast(version, minimum)).toBe(wanted);
});
